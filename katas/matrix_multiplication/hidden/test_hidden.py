"""Fixed cases first, then random ones, then laws, then cost."""

import math

import pytest
from oracle import (
    fetches,
    is_few,
    least_cost,
    product,
    replayed,
    steps,
    touches,
    tree_cost,
)

from graders.testing import check, inout

states = pytest.mark.states
INF, NAN = math.inf, math.nan


def whole(rng, m, n, *, most=9):
    """Give a matrix of whole numbers."""
    return rng.integers(-most, most + 1, (m, n)).tolist()


def quarters(rng, m, n):
    """Give a matrix of floats whose sums of products are exact in any order."""
    return (rng.integers(-40, 41, (m, n)) / 4).tolist()


def transposed(A):
    return [list(column) for column in zip(*A, strict=True)]


def added(A, B):
    return [[a + b for a, b in zip(x, y, strict=True)] for x, y in zip(A, B, strict=True)]


# Part 1 ---------------------------------------------------------------------


def multiplies(situation):
    return pytest.mark.criterion("product", situation)


@multiplies("square")
@pytest.mark.parametrize(
    ("A", "B", "expected"),
    [
        ([[1, 2], [3, 4]], [[5, 6], [7, 8]], [[19, 22], [43, 50]]),
        ([[0, 1], [0, 0]], [[0, 0], [1, 0]], [[1, 0], [0, 0]]),
        (
            [[1, 2, 3], [4, 5, 6], [7, 8, 10]],
            [[2, 0, 1], [0, 3, 0], [5, 0, -1]],
            [[17, 6, -2], [38, 15, -2], [64, 24, -3]],
        ),
    ],
    ids=str,
)
def test_square_matrices(solution, A, B, expected):
    check.equal(solution.matmul(A, B), expected)


@multiplies("rectangle")
@pytest.mark.parametrize(
    ("A", "B", "expected"),
    [
        ([[1, 2, 3], [4, 5, 6]], [[7, 8], [9, 10], [11, 12]], [[58, 64], [139, 154]]),
        ([[1, 2], [3, 4], [5, 6]], [[1, 0, 2, 1], [0, 1, 1, 1]], [[1, 2, 4, 3], [3, 4, 10, 7], [5, 6, 16, 11]]),
        ([[1, 0, 2, 1], [0, 1, 1, 1]], [[1], [2], [3], [4]], [[11], [9]]),
    ],
    ids=str,
)  # fmt: skip
@states("Give the product, m rows and p columns")
def test_matrices_that_are_not_square(solution, A, B, expected):
    check.equal(solution.matmul(A, B), expected)


@multiplies("one")
@pytest.mark.parametrize(
    ("A", "B", "expected"),
    [
        ([[3]], [[-4]], [[-12]]),
        ([[1, 2, 3]], [[4], [5], [6]], [[32]]),
        ([[4], [5]], [[1, 2, 3]], [[4, 8, 12], [5, 10, 15]]),
        ([[2]], [[1, 5, 7]], [[2, 10, 14]]),
    ],
    ids=str,
)
def test_a_number_a_row_a_column(solution, A, B, expected):
    check.equal(solution.matmul(A, B), expected)


@multiplies("empty")
@pytest.mark.parametrize(
    ("A", "B"), [([], []), ([], [[1, 2]]), ([], [[1], [2], [3]]), ([], [[], []])], ids=str
)
@states("`[]` in the place of `A` has as many columns as are needed: the result is `[]`.")
def test_no_rows_at_all(solution, A, B):
    check.equal(solution.matmul(A, B), [])


@multiplies("empty")
@pytest.mark.parametrize("m", [1, 2, 4])
@states("`[]` in the place of `B` has 0 rows and 0 columns.")
def test_nothing_in_between(solution, m):
    check.equal(solution.matmul([[] for _ in range(m)], []), [[] for _ in range(m)])


@multiplies("empty")
@pytest.mark.parametrize(("m", "n"), [(1, 1), (2, 2), (3, 2), (1, 4)])
@states("without columns `[[], [], []]`")
def test_no_columns_at_all(solution, m, n):
    A, B = [[1] * n for _ in range(m)], [[] for _ in range(n)]
    check.equal(solution.matmul(A, B), [[] for _ in range(m)])


@multiplies("exact")
@pytest.mark.parametrize(
    ("A", "B", "expected"),
    [
        ([[10**30, 1]], [[1, 10**30], [1, -1]], [[10**30 + 1, 10**60 - 1]]),
        ([[2**53, 1]], [[1], [1]], [[2**53 + 1]]),
        ([[10**400]], [[10**400]], [[10**800]]),
    ],
    ids=["30 digits", "53 bits", "400 digits"],
)
@states("then it is exact, however many digits it has.")
def test_whole_numbers_of_many_digits(solution, A, B, expected):
    check.equal(solution.matmul(A, B), expected)


@multiplies("floats")
@pytest.mark.parametrize(
    ("A", "B", "expected"),
    [
        ([[0.5, 1.5]], [[2.0], [4.0]], [[7.0]]),
        ([[0.5, 0.25], [1.0, 2.0]], [[4.0, -2.0], [8.0, 0.0]], [[4.0, -1.0], [20.0, -2.0]]),
        ([[-0.75]], [[-0.75]], [[0.5625]]),
    ],
    ids=str,
)
def test_floats(solution, A, B, expected):
    check.equal(solution.matmul(A, B), expected)


@multiplies("floats")
@pytest.mark.parametrize(
    ("A", "B", "expected"),
    [
        ([[1, 2], [0.5, 1]], [[4, 6], [3, 5]], [[10, 16], [5.0, 8.0]]),
        ([[1, 2]], [[3, 0.5], [4, 1]], [[11, 2.5]]),
        ([[2, 0]], [[1, 1], [0.0, 1]], [[2.0, 2]]),
    ],
    ids=str,
)
@states("Where one of the numbers is a `float`, the entry is a `float`.")
def test_a_float_makes_its_own_entry_a_float(solution, A, B, expected):
    check.equal(solution.matmul(A, B), expected)


@multiplies("zeros")
@pytest.mark.parametrize(
    ("A", "B", "expected"),
    [
        ([[0, 1]], [[INF], [2]], [[NAN]]),
        ([[0.0, 1.0]], [[NAN, 3.0], [2.0, 4.0]], [[NAN, 4.0]]),
        ([[INF, 1]], [[0, 1], [1, 0]], [[NAN, INF]]),
        ([[1.0, 1.0]], [[INF], [-INF]], [[NAN]]),
    ],
    ids=str,
)
@states("Every product is part of its sum, those with a zero too")
def test_zeros_beside_infinity(solution, A, B, expected):
    check.equal(solution.matmul(A, B), expected)


@multiplies("random")
@pytest.mark.parametrize("make", [whole, quarters])
def test_random_matrices(solution, rng, make):
    for most in (2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 9):
        m, n, p = rng.integers(1, most + 1, 3).tolist()
        A, B = make(rng, m, n), make(rng, n, p)
        check.equal(solution.matmul(A, B), product(A, B))


# New rows -------------------------------------------------------------------


def fresh(situation):
    return pytest.mark.criterion("fresh", situation)


@fresh("rows")
@pytest.mark.parametrize(
    ("A", "B"),
    [
        ([[1, 2], [1, 2], [1, 2]], [[3], [4]]),
        ([[0, 0], [0, 0]], [[1, 2], [3, 4]]),
        ([[1], [1]], [[]]),
        ([[], []], []),
    ],
    ids=str,
)
@states("The result is new, and so is each of its rows")
def test_equal_rows_are_not_the_same(solution, A, B):
    result = solution.matmul(A, B)
    assert len({id(row) for row in result}) == len(A)


@fresh("own")
@pytest.mark.parametrize(
    ("A", "B"),
    [
        ([[1, 0], [0, 1]], [[5, 6], [7, 8]]),
        ([[5, 6], [7, 8]], [[1, 0], [0, 1]]),
        ([[1]], [[1]]),
        ([[], []], []),
        ([], []),
    ],
    ids=str,
)
@states("changing one row of it changes no other row, nor `A`, nor `B`.")
def test_a_result_that_looks_like_an_argument(solution, A, B):
    result = solution.matmul(inout(A), inout(B))
    came_in = {id(A), id(B), *map(id, A), *map(id, B)}
    assert not came_in & {id(result), *map(id, result)}


@fresh("arguments")
@pytest.mark.parametrize(
    ("A", "B"),
    [
        ([[1, 2], [3, 4]], [[5, 6], [7, 8]]),
        ([[1, 2, 3], [4, 5, 6]], [[7], [8], [9]]),
        ([[1], [2]], [[3, 4, 5]]),
    ],
    ids=str,
)
@states("No function changes its arguments.")
def test_the_matrices_are_left_alone(solution, A, B):
    before = [list(row) for row in A], [list(row) for row in B]
    expected = product(A, B)
    check.equal(solution.matmul(inout(A), inout(B)), expected)
    check.equal((A, B), before)


@fresh("others")
@pytest.mark.parametrize("dims", [[7, 9], [100, 5, 200, 20], [3, 1, 4, 1, 5, 9]], ids=str)
def test_the_dims_are_left_alone(solution, dims):
    before = list(dims)
    solution.matrix_chain_order(inout(dims))
    check.equal(dims, before)


@fresh("others")
def test_the_order_is_left_alone(solution):
    order = [(0, 0, 0), (0, 1, 0), (1, 0, 0), (0, 0, 0)]
    before = list(order)
    solution.count_fetches(inout(order), 4)
    check.equal(order, before)


# Errors ---------------------------------------------------------------------


def shapes(situation):
    return pytest.mark.criterion("shapes", situation)


def assert_no_product(solution, A, B):
    with pytest.raises(ValueError):
        solution.matmul(A, B)


@shapes("inner")
@pytest.mark.parametrize(
    ("A", "B"),
    [
        ([[1, 2, 3], [4, 5, 6]], [[1, 2], [3, 4]]),
        ([[1], [2]], [[1, 2], [3, 4]]),
        ([[1, 2], [3, 4]], [[1, 2], [3, 4], [5, 6]]),
        ([[1, 2]], [[1, 2]]),
    ],
    ids=str,
)
@states("when `A` has another number of columns than `B` has rows.")
def test_sizes_that_do_not_fit(solution, A, B):
    assert_no_product(solution, A, B)


@shapes("inner")
@pytest.mark.parametrize(
    ("A", "B"), [([[1]], []), ([[1, 2], [3, 4]], []), ([[]], [[1]]), ([[], []], [[1, 2]])], ids=str
)
def test_empty_matrices_that_do_not_fit(solution, A, B):
    assert_no_product(solution, A, B)


@shapes("ragged_a")
@pytest.mark.parametrize(
    ("A", "B"),
    [
        ([[1, 2], [3]], [[1], [2]]),
        ([[1, 2], [3, 4, 5]], [[1], [2]]),
        ([[1, 2], [3, 4], []], [[1, 2], [3, 4]]),
        ([[1], [2, 3]], [[1], [2]]),
        ([[], [1]], []),
    ],
    ids=str,
)
@states("raises `ValueError` when the rows of `A` or the rows of `B` differ in length")
def test_rows_of_a_that_differ(solution, A, B):
    assert_no_product(solution, A, B)


@shapes("ragged_b")
@pytest.mark.parametrize(
    ("A", "B"),
    [
        ([[1, 2]], [[1, 2], [3]]),
        ([[1, 2]], [[1], [2, 3]]),
        ([[1, 2, 3], [4, 5, 6]], [[1, 2], [3, 4], []]),
        ([[1, 2]], [[], [1]]),
    ],
    ids=str,
)
def test_rows_of_b_that_differ(solution, A, B):
    assert_no_product(solution, A, B)


@shapes("ragged_b")
@pytest.mark.parametrize("B", [[[1, 2], [3]], [[1], [2, 3]], [[], [1]]], ids=str)
@states("whatever the other matrix is")
def test_rows_of_b_that_differ_beside_nothing(solution, B):
    assert_no_product(solution, [], B)


@shapes("room")
@pytest.mark.parametrize("room", [2, 1, 0, -4])
@pytest.mark.parametrize("order", [[(0, 0, 0)], []], ids=str)
@states("`count_fetches` raises `ValueError` when `room < 3`")
def test_too_little_room(solution, order, room):
    with pytest.raises(ValueError):
        solution.count_fetches(order, room)


@shapes("chain")
@pytest.mark.parametrize("dims", [[], [5]], ids=str)
@pytest.mark.spec
@states("`matrix_chain_order` raises `ValueError` when `dims` has fewer than two sizes")
def test_fewer_than_two_sizes(solution, dims):
    with pytest.raises(ValueError):
        solution.matrix_chain_order(dims)


@shapes("chain")
@pytest.mark.parametrize("dims", [[2, 0, 3], [0, 2], [3, -1], [2, 3, 4, 0], [-2, -3, -4]], ids=str)
@states("or one that is below 1.")
def test_sizes_below_one(solution, dims):
    with pytest.raises(ValueError):
        solution.matrix_chain_order(dims)


# Laws -----------------------------------------------------------------------


def laws(situation):
    return pytest.mark.criterion("laws", situation)


def sizes(rng, count):
    return rng.integers(1, 7, count).tolist()


@laws("identity")
def test_the_identity_changes_nothing(solution, rng):
    for _ in range(6):
        m, n = sizes(rng, 2)
        A = whole(rng, m, n)
        left, right = ([[int(i == j) for j in range(s)] for i in range(s)] for s in (m, n))
        check.equal(solution.matmul(left, A), A)
        check.equal(solution.matmul(A, right), A)


@laws("transpose")
def test_the_transpose_of_a_product(solution, rng):
    for _ in range(6):
        m, n, p = sizes(rng, 3)
        A, B = whole(rng, m, n), whole(rng, n, p)
        mirrored = solution.matmul(transposed(B), transposed(A))
        check.equal(transposed(solution.matmul(A, B)), mirrored)
        check.equal(len(mirrored), p)


@laws("distributive")
def test_a_product_with_a_sum(solution, rng):
    for _ in range(6):
        m, n, p = sizes(rng, 3)
        A, B, C = whole(rng, m, n), whole(rng, n, p), whole(rng, n, p)
        together = solution.matmul(A, added(B, C))
        check.equal(together, added(solution.matmul(A, B), solution.matmul(A, C)))
        check.equal([len(row) for row in together], [p] * m)


@laws("associative")
def test_a_product_of_three(solution, rng):
    for _ in range(6):
        m, n, p, q = sizes(rng, 4)
        A, B, C = whole(rng, m, n), whole(rng, n, p), whole(rng, p, q)
        left = solution.matmul(solution.matmul(A, B), C)
        check.equal(left, solution.matmul(A, solution.matmul(B, C)))


@laws("trace")
def test_the_trace_of_a_product_both_ways(solution, rng):
    for _ in range(6):
        m, n = sizes(rng, 2)
        A, B = whole(rng, m, n), whole(rng, n, m)
        one, other = solution.matmul(A, B), solution.matmul(B, A)
        check.equal(sum(one[i][i] for i in range(m)), sum(other[i][i] for i in range(n)))
        check.equal((len(one), len(other)), (m, n))


# Part 2 ---------------------------------------------------------------------


def counts(situation):
    return pytest.mark.criterion("fetches", situation)


@counts("few")
@pytest.mark.parametrize(
    ("order", "room", "expected"),
    [
        ([], 3, 0),
        ([(0, 0, 0)], 3, 3),
        ([(5, 0, 9)], 100, 3),
        ([(0, 0, 0), (1, 1, 1)], 3, 6),
        ([(0, 0, 0), (1, 1, 1)], 100, 6),
    ],
    ids=str,
)
def test_few_steps(solution, order, room, expected):
    check.equal(solution.count_fetches(order, room), expected)


@counts("matrices")
@pytest.mark.parametrize(
    ("step", "other", "expected"),
    [
        ((1, 1, 1), (1, 1, 1), 3),
        ((0, 1, 2), (0, 1, 3), 5),
        ((0, 1, 2), (0, 3, 2), 5),
        ((0, 1, 2), (4, 1, 2), 5),
        ((0, 1, 2), (1, 0, 2), 6),
        ((0, 1, 2), (2, 1, 0), 6),
        ((0, 1, 2), (0, 2, 1), 6),
    ],
    ids=str,
)
@states("A step touches `A[i][k]`, then `B[k][j]`, then `C[i][j]`.")
def test_which_tiles_two_steps_share(solution, step, other, expected):
    check.equal(solution.count_fetches([step, other], 10), expected)


@counts("stays")
@pytest.mark.parametrize("n", [3, 4, 9])
def test_a_sum_that_is_touched_again_and_again_stays(solution, n):
    check.equal(solution.count_fetches([(0, 0, k) for k in range(n)], 3), 2 * n + 1)


@counts("stays")
@pytest.mark.parametrize("p", [3, 4, 9])
def test_a_tile_of_a_that_is_touched_again_and_again_stays(solution, p):
    check.equal(solution.count_fetches([(0, j, 0) for j in range(p)], 3), 2 * p + 1)


@counts("goes")
@pytest.mark.parametrize(
    ("order", "room", "expected"),
    [
        ([(0, 0, 0), (0, 0, 1), (0, 0, 2)], 3, 7),
        ([(0, 0, 0), (0, 1, 0), (0, 0, 0)], 4, 7),
        ([(0, 0, 0), (0, 0, 0), (0, 0, 0), (1, 1, 1), (2, 2, 2), (1, 1, 1)], 6, 9),
    ],
    ids=str,
)
@states("when there is no room left, the tile that was touched longest ago goes first")
def test_the_tile_touched_longest_ago_goes(solution, order, room, expected):
    assert fetches(order, room) == expected
    check.equal(solution.count_fetches(order, room), expected)


@counts("fits")
@pytest.mark.parametrize("tiles", [2, 3, 5])
def test_just_enough_room_and_one_less(solution, tiles):
    order = [(t, t, t) for t in range(tiles)] * 2
    check.equal(solution.count_fetches(order, 3 * tiles), 3 * tiles)
    check.equal(solution.count_fetches(order, 3 * tiles - 1), 6 * tiles)


@counts("repeated")
@pytest.mark.parametrize(
    ("order", "room", "expected"),
    [([(1, 2, 3)] * 5, 3, 3), ([(0, 0, 0), (1, 1, 1)] * 3, 3, 18), ([(0, 1, 0), (1, 0, 0)] * 3, 6, 6)],
    ids=str,
)  # fmt: skip
@states("they need not be a whole product, and a step may come more than once.")
def test_steps_that_come_again(solution, order, room, expected):
    assert fetches(order, room) == expected
    check.equal(solution.count_fetches(order, room), expected)


@counts("random")
def test_random_orders(solution, rng):
    for size in (3, 5, 8, 12, 20, 30) * 5:
        order = [
            tuple(step) for step in rng.integers(0, int(rng.integers(2, 4)), (size, 3)).tolist()
        ]
        room = int(rng.integers(3, 16))
        check.equal(solution.count_fetches(order, room), fetches(order, room))


@counts("random")
def test_more_room_never_costs_more(solution, rng):
    order = [tuple(step) for step in rng.integers(0, 3, (40, 3)).tolist()]
    found = [solution.count_fetches(order, room) for room in range(3, 31)]
    check.equal(found, sorted(found, reverse=True))
    check.equal(found[-1], len(set(touches(order))))


def tiles(situation):
    return pytest.mark.criterion("tiles", situation)


def assert_complete(order, m, n, p):
    """Each step once, as tuples of plain whole numbers."""
    assert type(order) is list
    assert all(type(step) is tuple and [type(x) for x in step] == [int] * 3 for step in order)
    check.equal(len(order), m * n * p)
    assert set(order) == steps(m, n, p)


def assert_few(solution, m, n, p, room):
    order = solution.tile_order(m, n, p, room)
    assert_complete(order, m, n, p)
    assert is_few(replayed(order, room), m, n, p, room)


@tiles("complete")
@pytest.mark.parametrize(
    ("m", "n", "p"),
    [(1, 1, 1), (2, 3, 4), (4, 2, 3), (5, 5, 5), (1, 7, 1), (7, 1, 2), (1, 2, 11), (13, 2, 5)],
)
@pytest.mark.parametrize("room", [12, 30, 10_000])
@states("Give the steps of the whole product, each exactly once")
def test_every_step_once(solution, m, n, p, room):
    assert_complete(solution.tile_order(m, n, p, room), m, n, p)


@tiles("large")
@pytest.mark.parametrize(("size", "room"), [(16, 64), (20, 100), (13, 19)])
def test_many_tiles_and_little_room(solution, size, room):
    assert_few(solution, size, size, size, room)


@tiles("flat")
@pytest.mark.parametrize(
    ("m", "n", "p", "room"), [(30, 2, 30, 30), (30, 30, 2, 30), (2, 30, 30, 30), (1, 25, 25, 20)]
)
def test_long_in_one_direction(solution, m, n, p, room):
    assert_few(solution, m, n, p, room)


@tiles("rooms")
@pytest.mark.parametrize("room", [12, 26, 47, 81, 10_000])
@states("`room` from 12 to 10 000 for `tile_order`")
def test_rooms_of_different_sizes(solution, room):
    assert_few(solution, 10, 11, 12, room)


@tiles("random")
def test_random_sizes_and_rooms(solution, rng):
    for _ in range(6):
        m, n, p = rng.integers(6, 15, 3).tolist()
        assert_few(solution, m, n, p, int(rng.integers(12, 90)))


# Part 3 ---------------------------------------------------------------------


def chain(situation):
    return pytest.mark.criterion("chain", situation)


def assert_best(solution, dims, expected):
    """The least cost, and a tree that has exactly this cost."""
    answer = solution.matrix_chain_order(dims)
    assert type(answer) is tuple
    assert len(answer) == 2
    check.equal(answer[0], expected)
    check.equal(tree_cost(answer[1], dims), expected)


@chain("short")
@pytest.mark.parametrize("dims", [[7, 9], [1, 1]], ids=str)
@states("the number t for a single matrix")
def test_a_single_matrix(solution, dims):
    check.equal(solution.matrix_chain_order(dims), (0, 0))


@chain("short")
@pytest.mark.parametrize(
    ("dims", "cost"), [([2, 3, 4], 24), ([1, 1, 1], 1), ([5, 1, 7], 35)], ids=str
)
@pytest.mark.spec
@states("a product of a×b and b×c takes a·b·c.")
def test_two_matrices(solution, dims, cost):
    check.equal(solution.matrix_chain_order(dims), (cost, (0, 1)))


@chain("several")
@pytest.mark.parametrize(
    ("dims", "expected"),
    [
        ([100, 5, 200, 20], (30000, (0, (1, 2)))),
        ([20, 200, 5, 100], (30000, ((0, 1), 2))),
        ([10, 30, 5, 60], (4500, ((0, 1), 2))),
        ([1, 2, 3, 4], (18, ((0, 1), 2))),
        ([4, 3, 2, 1], (18, (0, (1, 2)))),
        ([40, 20, 30, 10, 30], (26000, ((0, (1, 2)), 3))),
    ],
    ids=str,
)
def test_the_only_best_tree(solution, dims, expected):
    check.equal(solution.matrix_chain_order(dims), expected)


@chain("several")
@pytest.mark.parametrize(
    "dims", [[5, 5, 5, 5, 5], [30, 35, 15, 5, 10, 20, 25], [2, 9, 2, 9, 2, 9, 2]], ids=str
)
@states("Where several ways are equally good, give any of them.")
def test_chains_of_several(solution, dims):
    assert_best(solution, dims, least_cost(dims))


@chain("traps")
@pytest.mark.parametrize(
    "dims",
    [[2, 1, 2, 3], [3, 2, 3, 4, 9], [10, 11, 12, 9, 30], [6, 3, 4, 2, 7, 3], [9, 4, 5, 8, 1, 7]],
    ids=str,
)
def test_chains_that_punish_the_hasty(solution, dims):
    assert_best(solution, dims, least_cost(dims))


@chain("large")
@pytest.mark.parametrize(
    "dims",
    [[10**9] * 4, [10**9, 1, 10**9, 1, 10**9], [999_999_937, 7, 999_999_929, 11, 999_999_893]],
    ids=str,
)
@states("sizes up to 10⁹.")
def test_huge_sizes(solution, dims):
    assert_best(solution, dims, least_cost(dims))


@chain("random")
def test_random_chains(solution, rng):
    for length in (3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 8):
        dims = rng.integers(1, 13, length + 1).tolist()
        assert_best(solution, dims, least_cost(dims))


@chain("laws")
def test_the_other_way_round_costs_the_same(solution, rng):
    for length in (3, 4, 6, 8, 9):
        dims = rng.integers(1, 60, length + 1).tolist()
        cost, tree = solution.matrix_chain_order(dims)
        assert tree_cost(tree, dims) == cost
        check.equal(solution.matrix_chain_order(dims[::-1])[0], cost)


@chain("laws")
def test_sizes_in_other_units(solution, rng):
    for length in (3, 4, 6, 8, 9):
        dims = rng.integers(1, 60, length + 1).tolist()
        cost, _ = solution.matrix_chain_order(dims)
        larger = solution.matrix_chain_order([1000 * size for size in dims])
        check.equal(larger[0], 1000**3 * cost)
        assert tree_cost(larger[1], dims) == cost


# Cost -----------------------------------------------------------------------


def time(situation):
    return pytest.mark.criterion("time", situation)


@time("product")
@states("`matmul` takes time in step with m·n·p.")
def test_time_of_a_growing_product(measure):
    def run(solution, n, rng):
        A, B = whole(rng, 4, 8), whole(rng, 8, n)
        result = solution.matmul(A, B)
        check.equal([row[-3:] for row in result], product(A, [row[-3:] for row in B]))

    measure.cpu_slope(run)


@time("fetches")
@states("`count_fetches` takes time in step with the number of steps, however large `room` is.")
def test_time_of_long_orders(measure):
    def run(solution, n, rng):
        part = n // 5
        known = [(t, t, t) for t in range(part)]
        mixed = [known[t] for t in rng.permutation(part).tolist()]
        new = [(t, t, t) for t in range(part, 2 * part)]
        check.equal(solution.count_fetches(known + mixed + new, 3 * part), 6 * part)

    measure.cpu_slope(run)


@time("fetches")
def test_time_of_orders_that_empty_a_large_room(measure):
    def run(solution, n, rng):
        order = [(t, t, t) for t in range(4 * n)]
        check.equal(solution.count_fetches(order, 4 * n), 12 * n)

    measure.cpu_slope(run)


@time("chain")
@states("`matrix_chain_order` takes time in step with the cube of the number of matrices, at most.")
def test_time_of_long_chains(measure):
    def run(solution, n, rng):
        length = round((50 * n) ** (1 / 3))
        cost, tree = solution.matrix_chain_order([6] * (length + 1))
        check.equal(cost, (length - 1) * 6**3)
        assert tree_cost(tree, [6] * (length + 1)) == cost

    measure.cpu_slope(run)
