"""What the statement shows; run it with `kata test`."""

import pytest
from solution import count_fetches, matmul, matrix_chain_order, tile_order


@pytest.mark.parametrize(
    ("A", "B", "result"),
    [
        ([[1, 2], [3, 4]], [[5, 6], [7, 8]], [[19, 22], [43, 50]]),
        ([[1, 2, 3]], [[4], [5], [6]], [[32]]),
        ([[4], [5]], [[1, 2, 3]], [[4, 8, 12], [5, 10, 15]]),
        ([[3]], [[-4]], [[-12]]),
        ([], [[1, 2]], []),
        ([[], []], [], [[], []]),
        ([[1, 2], [3, 4]], [[], []], [[], []]),
    ],
    ids=str,
)
@pytest.mark.states(
    "Give the product, m rows and p columns: entry (i, j) is the sum of `A[i][k] * B[k][j]` over all k."
)
def test_the_product(A, B, result):
    assert matmul(A, B) == result


@pytest.mark.states(
    "when `A` has another number of columns than `B` has rows. The exception is `A == []`, which fits every `B`."
)
def test_sizes_that_do_not_fit_are_refused():
    with pytest.raises(ValueError):
        matmul([[1, 2, 3], [4, 5, 6]], [[1, 2], [3, 4]])


@pytest.mark.parametrize(
    ("order", "room", "result"),
    [
        ([], 3, 0),
        ([(0, 0, 0)], 3, 3),
        ([(0, 0, 0), (0, 0, 1), (0, 0, 2)], 3, 7),
        ([(0, 0, 0), (1, 1, 1), (0, 0, 0)], 5, 9),
        ([(0, 0, 0), (1, 1, 1), (0, 0, 0)], 6, 6),
    ],
    ids=str,
)
@pytest.mark.states(
    "Give the number of fetches when the steps of `order` are done one after the other."
)
def test_the_fetches(order, room, result):
    assert count_fetches(order, room) == result


@pytest.mark.states("`count_fetches` raises `ValueError` when `room < 3`")
def test_too_little_room_is_refused():
    with pytest.raises(ValueError):
        count_fetches([(0, 0, 0)], 2)


@pytest.mark.parametrize(("size", "room", "most"), [(16, 64, 3328), (24, 100, 8640)])
@pytest.mark.states("`count_fetches` tells you how good it is.")
def test_an_order_that_fetches_little(size, room, most):
    order = tile_order(size, size, size, room)
    assert len(order) == len(set(order)) == size**3
    assert count_fetches(order, room) <= most


@pytest.mark.parametrize(
    ("dims", "result"),
    [([100, 5, 200, 20], (30000, (0, (1, 2)))), ([2, 3, 4], (24, (0, 1))), ([7, 9], (0, 0))],
    ids=str,
)
def test_the_chain(dims, result):
    assert matrix_chain_order(dims) == result
