"""Fixed cases first, then random ones; the nodes are compared by identity."""

import pytest
from graders.testing import Chain, inout
from oracle import ListNode, assert_is, build, links, reversed_between, reversed_groups


def reverses(*args):
    return pytest.mark.criterion("reverses", *args)


@reverses("empty")
def test_no_list(solution):
    assert solution.reverse_linked_list(None) is None


@reverses("single")
def test_a_single_node(solution):
    (node,) = build([7])
    assert_is(solution.reverse_linked_list(inout(node)), [node])


@reverses("several")
@pytest.mark.parametrize("values", [[1, 2], [1, 2, 3], [5, 5, 5, 5], [0, -1, 0, 3, 2]])
def test_several_nodes(solution, values):
    nodes = build(values)
    assert_is(solution.reverse_linked_list(inout(nodes[0])), nodes[::-1])


@reverses("several")
def test_random_lists(solution, rng):
    for size in (2, 3, 5, 8, 30):
        nodes = build(rng.integers(-5, 5, size).tolist())
        assert_is(solution.reverse_linked_list(inout(nodes[0])), nodes[::-1])


@reverses("several")
def test_twice_is_as_before(solution, rng):
    nodes = build(rng.integers(0, 9, 12).tolist())
    head = solution.reverse_linked_list(inout(nodes[0]))
    assert_is(solution.reverse_linked_list(inout(head)), nodes)


@reverses("identity")
def test_no_node_is_made_and_no_value_moves(solution):
    nodes = build([10, 20, 30, 40])
    head = solution.reverse_linked_list(inout(nodes[0]))
    assert head is nodes[3]
    assert [node.val for node in nodes] == [10, 20, 30, 40]
    assert_is(head, nodes[::-1])


@reverses("ends")
def test_the_old_head_ends_the_list(solution):
    nodes = build([1, 2, 3])
    solution.reverse_linked_list(inout(nodes[0]))
    assert nodes[0].next is None


@reverses("long")
def test_a_long_list(solution):
    nodes = build(range(20_000))
    assert_is(solution.reverse_linked_list(inout(nodes[0])), nodes[::-1])


def between(*args):
    return pytest.mark.criterion("between", *args)


def assert_between(solution, values, left, right):
    nodes = build(values)
    head = solution.reverse_between(inout(nodes[0]), left, right)
    assert_is(head, reversed_between(nodes, left, right))
    assert [node.val for node in nodes] == list(values)


@between("middle")
@pytest.mark.parametrize(("left", "right"), [(2, 4), (2, 3), (3, 5)])
def test_a_stretch_in_the_middle(solution, left, right):
    assert_between(solution, range(1, 7), left, right)


@between("front")
@pytest.mark.parametrize("right", [2, 3, 5])
def test_a_stretch_from_the_head(solution, right):
    assert_between(solution, range(1, 7), 1, right)


@between("back")
@pytest.mark.parametrize("left", [1, 2, 5])
def test_a_stretch_to_the_end(solution, left):
    assert_between(solution, range(1, 7), left, 6)


@between("back")
def test_a_long_stretch(solution):
    assert_between(solution, range(20_000), 2, 20_000)


@between("one")
@pytest.mark.parametrize(("size", "at"), [(1, 1), (3, 1), (3, 2), (3, 3)])
def test_a_stretch_of_one_node(solution, size, at):
    assert_between(solution, range(size), at, at)


@between("random")
def test_random_stretches(solution, rng):
    for _ in range(12):
        size = int(rng.integers(2, 15))
        left, right = sorted(rng.integers(1, size + 1, 2).tolist())
        assert_between(solution, rng.integers(0, 4, size).tolist(), left, right)


def groups(*args):
    return pytest.mark.criterion("groups", *args)


def assert_groups(solution, values, k):
    nodes = build(values)
    head = solution.reverse_k_group(inout(nodes[0]), k)
    assert_is(head, reversed_groups(nodes, k))
    assert [node.val for node in nodes] == list(values)


@groups("full")
@pytest.mark.parametrize(("size", "k"), [(4, 2), (6, 3), (9, 3)])
def test_groups_that_fill_the_list(solution, size, k):
    assert_groups(solution, range(size), k)


@groups("full")
@pytest.mark.parametrize("k", [1, 2])
def test_a_long_list_of_small_groups(solution, k):
    assert_groups(solution, range(20_000), k)


@groups("remainder")
@pytest.mark.parametrize(("size", "k"), [(5, 2), (7, 3), (8, 3)])
def test_a_last_group_that_is_not_full(solution, size, k):
    assert_groups(solution, range(size), k)


@groups("extremes")
@pytest.mark.parametrize(("size", "k"), [(1, 1), (5, 1), (5, 5), (5, 6), (2, 200_000)])
def test_extreme_groups(solution, size, k):
    assert_groups(solution, range(size), k)


@groups("extremes")
@pytest.mark.spec
@pytest.mark.states("An empty list is `None`.")
def test_groups_of_no_list(solution):
    assert solution.reverse_k_group(None, 3) is None


@groups("random")
def test_random_groups(solution, rng):
    for _ in range(12):
        size = int(rng.integers(1, 16))
        assert_groups(solution, rng.integers(0, 4, size).tolist(), int(rng.integers(1, 6)))


def errors(*args):
    return pytest.mark.criterion("errors", *args)


def assert_refused(call, nodes):
    before = links(nodes)
    with pytest.raises(ValueError):
        call(inout(nodes[0]))
    assert links(nodes) == before


@errors("cycle")
@pytest.mark.parametrize(("size", "back_to"), [(1, 0), (2, 0), (5, 0), (5, 2), (6, 5)])
@pytest.mark.parametrize("name", ["reverse_linked_list", "reverse_between", "reverse_k_group"])
def test_a_circle_is_refused(solution, name, size, back_to):
    nodes = build(range(size))
    nodes[-1].next = nodes[back_to]
    more = {"reverse_linked_list": (), "reverse_between": (1, 1), "reverse_k_group": (2,)}[name]
    assert_refused(lambda head: getattr(solution, name)(head, *more), nodes)


@errors("cycle")
@pytest.mark.parametrize("k", [1, 3, 9])
def test_a_circle_is_refused_for_every_k(solution, k):
    nodes = build(range(3))
    nodes[-1].next = nodes[1]
    assert_refused(lambda head: solution.reverse_k_group(head, k), nodes)


@errors("positions")
@pytest.mark.parametrize(("left", "right"), [(0, 2), (-1, 1), (3, 2), (1, 5), (5, 5), (4, 9)])
def test_positions_outside_the_list_are_refused(solution, left, right):
    nodes = build(range(4))
    assert_refused(lambda head: solution.reverse_between(head, left, right), nodes)


@errors("group")
@pytest.mark.parametrize("k", [0, -1, -7])
def test_a_group_size_below_one_is_refused(solution, k):
    nodes = build(range(3))
    assert_refused(lambda head: solution.reverse_k_group(head, k), nodes)


@errors("group")
@pytest.mark.parametrize("k", [0, -3])
def test_a_group_size_below_one_is_refused_for_no_list(solution, k):
    with pytest.raises(ValueError):
        solution.reverse_k_group(None, k)


@pytest.mark.criterion("memory", "long")
def test_a_fixed_amount_of_room(measure):
    values = {}

    def arguments(n, rng):
        values["in"] = rng.integers(-(1 << 62), 1 << 62, n).tolist()
        return (Chain(ListNode, values["in"]),)

    def verify(result, n):
        assert result.walk(most=n) == values["in"][::-1]

    measure.peak_memory("reverse_linked_list", arguments, verify)
