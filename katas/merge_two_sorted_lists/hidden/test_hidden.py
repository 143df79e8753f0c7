"""Fixed cases first, then random ones; nodes and items are compared by identity."""

import itertools
import math

import pytest
from graders.testing import Chain, check, inout
from oracle import (
    Key,
    ListNode,
    Run,
    Source,
    assert_is,
    build,
    chain,
    head,
    links,
    merged,
    merged_nodes,
)


# Part 1 ---------------------------------------------------------------------


def two(*args):
    return pytest.mark.criterion("two", *args)


def assert_two(solution, one, other):
    """Merge lists of these values; the very nodes come out, in order, with their values."""
    lists = [build(one), build(other)]
    result = solution.merge_two_sorted_lists(inout(head(lists[0])), inout(head(lists[1])))
    assert_is(result, merged_nodes(lists))
    check.equal([[node.val for node in nodes] for nodes in lists], [list(one), list(other)])


@two("empty")
@pytest.mark.states("an empty list is `None`.")
def test_both_lists_empty(solution):
    assert solution.merge_two_sorted_lists(None, None) is None


@two("empty")
@pytest.mark.parametrize("values", [[4], [1, 2, 3]], ids=str)
def test_first_list_empty(solution, values):
    assert_two(solution, [], values)


@two("empty")
@pytest.mark.parametrize("values", [[4], [1, 2, 3]], ids=str)
def test_second_list_empty(solution, values):
    assert_two(solution, values, [])


@two("several")
@pytest.mark.parametrize(
    ("one", "other"),
    [([1, 3, 5], [2, 4]), ([2], [1]), ([2, 4, 6], [1, 3, 5, 7]), ([1, 6, 7], [2, 3, 4, 8])],
    ids=str,
)
def test_lists_that_interleave(solution, one, other):
    assert_two(solution, one, other)


@two("several")
def test_values_below_zero(solution):
    assert_two(solution, [-9, -1, 0], [-5, 0, 2])


@two("rest")
def test_rest_of_the_first_list(solution):
    assert_two(solution, [1, 5, 6, 7], [2, 3])


@two("rest")
@pytest.mark.states("The last node of the answer links to `None`.")
def test_rest_of_the_second_list(solution):
    assert_two(solution, [1, 2], [7, 8, 9])


@two("ties")
@pytest.mark.parametrize(
    ("one", "other"),
    [([2, 2], [2]), ([1, 2, 3], [1, 2, 3]), ([5], [5, 5, 5]), ([0, 1], [0, 0, 1, 1])],
    ids=str,
)
@pytest.mark.states(
    "of equal values, those of the earlier list come first, and those of one list stay in their order."
)
def test_ties_take_from_the_first_list(solution, one, other):
    assert_two(solution, one, other)


@two("identity")
@pytest.mark.states(
    "the answer is made of the very nodes that came in, and each of them keeps its value."
)
def test_nodes_are_those_that_came_in(solution):
    one, other = build([10, 30]), build([20, 40])
    result = solution.merge_two_sorted_lists(inout(one[0]), inout(other[0]))
    assert result is one[0]
    check.equal([node.val for node in (*one, *other)], [10, 30, 20, 40])
    assert_is(result, [one[0], other[0], one[1], other[1]])


@two("long")
def test_long_lists(solution):
    assert_two(solution, range(0, 10_000, 2), range(1, 10_001, 2))


@two("random")
def test_random_pairs(solution, rng):
    for _ in range(40):
        one, other = (sorted(rng.integers(-3, 4, int(rng.integers(0, 9))).tolist()) for _ in "ab")
        assert_two(solution, one, other)


# Part 2 ---------------------------------------------------------------------


def many(*args):
    return pytest.mark.criterion("many", *args)


def assert_many(solution, values):
    lists = [build(one) for one in values]
    result = solution.merge_k(inout([head(nodes) for nodes in lists]))
    assert_is(result, merged_nodes(lists))
    check.equal([[node.val for node in nodes] for nodes in lists], [list(one) for one in values])


@many("none")
@pytest.mark.states("Any of them may be `None`, and `lists` may be empty.")
def test_no_list_at_all(solution):
    assert solution.merge_k([]) is None


@many("none")
@pytest.mark.parametrize("values", [[7], [1, 1, 2]], ids=str)
def test_one_list_alone(solution, values):
    assert_many(solution, [values])


@many("several")
@pytest.mark.parametrize(
    "values",
    [
        [[1, 4, 5], [1, 3, 4], [2, 6]],
        [[3], [2], [1]],
        [[4, 9], [1, 8], [3, 5], [2, 6], [0, 7]],
        [[1, 2], [3, 4], [5, 6], [7, 8]],
    ],
    ids=str,
)
def test_several_lists(solution, values):
    assert_many(solution, values)


@many("empties")
@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.states("Two empty lists are no error.")
def test_only_empty_lists(solution, count):
    assert solution.merge_k([None] * count) is None


@many("empties")
@pytest.mark.parametrize("values", [[[], [3], [], [1, 2]], [[1], []], [[], [], [5], [2]]], ids=str)
def test_empty_lists_among_others(solution, values):
    assert_many(solution, values)


@many("ties")
@pytest.mark.parametrize(
    "values",
    [
        [[1], [1]],
        [[1], [1], [1]],
        [[1], [1], [1], [1]],
        [[2], [1, 2], [2]],
        [[1, 1], [1, 1], [1, 1], [1, 1], [1, 1]],
        [[3], [0, 3], [1, 3], [2, 3], [3, 3], [3]],
    ],
    ids=str,
)
@pytest.mark.states(
    "The earlier of two lists is the one that stands further to the front in `lists`."
)
def test_ties_take_from_the_earlier_list(solution, values):
    assert_many(solution, values)


@many("argument")
@pytest.mark.states(
    "The Python list `lists` itself is left as it was: the same heads in the same places."
)
@pytest.mark.parametrize("values", [[[2, 3], [1], [0, 5]], [[], [2], [], [1]], [[], [1]]], ids=str)
def test_argument_is_left_as_it_was(solution, values):
    heads = [head(build(one)) for one in values]
    before = list(heads)
    solution.merge_k(inout(heads))
    assert [id(node) for node in heads] == [id(node) for node in before]


@many("values")
def test_values_that_can_only_be_compared(solution, oracle):
    keys = [[2, 4, 4], [1, 4], [3, 4]]
    lists = [build(oracle.items(one)) for one in keys]
    result = solution.merge_k(inout([head(nodes) for nodes in lists]))
    assert_is(result, merged(lists, key=lambda node: node.val.key))


@many("values")
def test_texts(solution):
    assert_many(solution, [["", "b", "c"], ["a", "b"], ["B"]])


@many("random")
def test_random_lists(solution, rng):
    for _ in range(40):
        k = int(rng.integers(0, 8))
        assert_many(
            solution,
            [sorted(rng.integers(-2, 4, int(rng.integers(0, 5))).tolist()) for _ in range(k)],
        )


# Part 3 ---------------------------------------------------------------------


def runs(*args):
    return pytest.mark.criterion("runs", *args)


def opened(solution, values):
    """Give the answer for runs of these values, and the sources that note what is read."""
    sources = [Source(one) for one in values]
    return solution.merge_runs([Run(source) for source in sources]), sources


def taken(items, most):
    """Take items by next, at most one more than `most`, so that an endless answer ends too."""
    found = []
    for _ in range(most + 1):
        try:
            found.append(next(items))
        except StopIteration:
            break
    return found


def assert_runs(solution, values):
    items, _ = opened(solution, values)
    expected = merged(values)
    check.equal(taken(items, len(expected)), expected)


@runs("none")
def test_no_run_at_all(solution):
    assert_runs(solution, [])


@runs("none")
@pytest.mark.parametrize("values", [[[]], [[], []], [[], [3], []], [[1, 2], []]], ids=str)
def test_runs_without_an_item(solution, values):
    assert_runs(solution, values)


@runs("several")
@pytest.mark.parametrize(
    "values",
    [[[7, 8]], [[1, 4], [2, 3, 9]], [[3], [2], [1]], [[1, 6], [2, 5], [3, 4, 7], [0]]],
    ids=str,
)
@pytest.mark.states("`next` works on the answer directly.")
def test_several_runs(solution, values):
    assert_runs(solution, values)


@runs("ties")
@pytest.mark.states("The items themselves come out, not copies.")
def test_ties_take_from_the_earlier_run(solution, oracle):
    keys = [[2, 2], [1, 2, 3], [2], [1, 3], [2, 2]]
    values = [oracle.items(one) for one in keys]
    items, _ = opened(solution, values)
    expected = merged(values, key=lambda item: item.key)
    assert [id(x) for x in taken(items, len(expected))] == [id(x) for x in expected]


@runs("falsy")
@pytest.mark.parametrize("values", [[[0, 5], [], [0]], [[-1, 0, 1], [0, 2]], [["", "b"], ["a"]]])
def test_items_that_count_as_false(solution, values):
    assert_runs(solution, values)


@runs("endless")
@pytest.mark.states("Reading is dear, and a run may never end.")
def test_runs_that_never_end(solution):
    items, _ = opened(solution, [itertools.count(0, 2), [3, 3], itertools.count(1, 2)])
    check.equal([next(items) for _ in range(8)], [0, 1, 2, 3, 3, 3, 4, 5])


@runs("other")
def test_runs_of_texts(solution):
    assert_runs(solution, [["B", "b"], ["a", "c"], ["b"]])


@runs("other")
def test_two_merges_at_a_time(solution):
    one, _ = opened(solution, [[1, 4], [2]])
    other, _ = opened(solution, [[10], [20, 30]])
    check.equal([next(one), next(other), next(one), next(other), next(one)], [1, 10, 2, 20, 4])


@runs("random")
def test_random_runs(solution, rng):
    for _ in range(12):
        k = int(rng.integers(0, 7))
        assert_runs(
            solution,
            [sorted(rng.integers(-2, 4, int(rng.integers(0, 5))).tolist()) for _ in range(k)],
        )


def lazy(*args):
    return pytest.mark.criterion("lazy", *args)


def reads(sources):
    return [source.read for source in sources]


@lazy("start")
@pytest.mark.states("Nothing is read before the first item is asked for.")
def test_nothing_is_read_at_first(solution):
    _, sources = opened(solution, [[1, 2], [], [3]])
    check.equal(reads(sources), [0, 0, 0])
    check.equal([source.ends for source in sources], [0, 0, 0])


@lazy("first")
@pytest.mark.states("At any time, a run has at most one item that was read and not yet given.")
def test_one_item_of_each_run_at_most(solution):
    items, sources = opened(solution, [[5, 6, 7], [1, 8, 9], [3, 4]])
    check.equal(next(items), 1)
    assert all(source.read <= 1 for source in sources)


def assert_late(solution, values):
    items, sources = opened(solution, values)
    given = [0] * len(values)
    for place, *_ in merged(
        [[(i, x) for x in one] for i, one in enumerate(values)], key=lambda p: p[1]
    ):
        next(items)
        given[place] += 1
        assert all(s.read <= g + 1 for s, g in zip(sources, given, strict=True))
        assert sources[place].read == given[place]


@lazy("on")
@pytest.mark.states(
    "The run whose item was given last has none: its next item is read only when you are asked for another one."
)
def test_items_are_read_when_they_are_needed(solution):
    assert_late(solution, [[1, 2, 3, 10], [4, 5, 9], [6, 7, 8, 11]])


@lazy("on")
def test_a_single_run_is_read_item_by_item(solution):
    assert_late(solution, [[1, 2, 3]])


@lazy("on")
def test_the_last_run_left_is_read_item_by_item(solution):
    assert_late(solution, [[1], [2, 3, 4, 5, 6]])


@lazy("on")
def test_random_runs_are_read_late(solution, rng):
    for _ in range(6):
        k = int(rng.integers(1, 6))
        assert_late(
            solution,
            [sorted(rng.integers(0, 9, int(rng.integers(0, 6))).tolist()) for _ in range(k)],
        )


@lazy("ended")
@pytest.mark.parametrize("values", [[[1], [2, 3], []], [[], [4]], [[1, 2], [1, 2], [1]]], ids=str)
@pytest.mark.states("A run that has ended is not read again.")
def test_a_run_that_has_ended_is_left_alone(solution, values):
    items, sources = opened(solution, values)
    taken(items, 10)
    assert all(source.ends <= 1 for source in sources)


@lazy("ended")
@pytest.mark.parametrize("values", [[[1, 2]], [[2], [1, 3]]], ids=str)
@pytest.mark.states("This holds for a `next` after the end of the answer, too.")
def test_an_answer_that_has_ended_reads_nothing(solution, values):
    items, sources = opened(solution, values)
    for _ in range(3):
        taken(items, 10)
    assert all(source.ends <= 1 for source in sources)


# Errors and laws --------------------------------------------------------------


def errors(*args):
    return pytest.mark.criterion("errors", *args)


@errors("two")
@pytest.mark.parametrize("values", [[1], [1, 2, 2]], ids=str)
@pytest.mark.states("A call that raises leaves every link as it was.")
def test_a_list_with_itself_is_refused(solution, values):
    nodes = build(values)
    before = links([nodes])
    with pytest.raises(ValueError):
        solution.merge_two_sorted_lists(inout(nodes[0]), inout(nodes[0]))
    assert links([nodes]) == before


@errors("many")
@pytest.mark.parametrize("places", [(0, 0), (0, 1, 0), (2, 0, 1, 1), (0, 1, 2, 3, 2)], ids=str)
@pytest.mark.states(
    "when the same list is handed over twice, that is, when two of the heads are the same node."
)
def test_one_list_twice_among_many_is_refused(solution, places):
    lists = [build(values) for values in ([1, 5], [2, 6], [1, 3], [4])]
    before = links(lists)
    with pytest.raises(ValueError):
        solution.merge_k(inout([lists[place][0] for place in places]))
    assert links(lists) == before


def fails_at_the_fifth(solution):
    """Give a merge of four items that come and a fifth that would need a read that fails."""
    broken = Source([1, 4], failure=OSError("cannot read"))
    return solution.merge_runs([Run(Source([2, 3, 9])), Run(broken)])


@errors("runs")
def test_a_run_that_cannot_be_read_has_not_ended(solution):
    items = fails_at_the_fifth(solution)
    check.equal([next(items) for _ in range(4)], [1, 2, 3, 4])
    with pytest.raises((OSError, RuntimeError)):  # which of them, the next test decides
        next(items)


@errors("runs")
@pytest.mark.states("comes out of `next` as it is, after all items that were due before.")
def test_what_a_run_raises_comes_out(solution):
    items = fails_at_the_fifth(solution)
    check.equal([next(items) for _ in range(4)], [1, 2, 3, 4])
    with pytest.raises(OSError, match="cannot read"):
        next(items)


def laws(*args):
    return pytest.mark.criterion("laws", *args)


def some(rng, count):
    return [sorted(rng.integers(-9, 10, int(rng.integers(1, 8))).tolist()) for _ in range(count)]


def vals(node):
    return [x.val for x in chain(node, 1000)]


def joined(solution, one, other):
    return vals(solution.merge_two_sorted_lists(head(build(one)), head(build(other))))


@laws("empty")
def test_an_empty_list_changes_nothing(solution, rng):
    for (one,) in (some(rng, 1) for _ in range(6)):
        check.equal(joined(solution, one, []), one)
        check.equal(joined(solution, [], one), one)
        check.equal(vals(solution.merge_k([None, head(build(one)), None])), one)


@laws("order")
def test_values_do_not_depend_on_who_merges_first(solution, rng):
    for a, b, c in (some(rng, 3) for _ in range(8)):
        left = joined(solution, joined(solution, a, b), c)
        right = joined(solution, a, joined(solution, b, c))
        check.equal(left, right)
        check.equal(joined(solution, b, a), joined(solution, a, b))


@laws("agree")
def test_three_functions_agree(solution, rng):
    for a, b in (some(rng, 2) for _ in range(6)):
        expected = joined(solution, a, b)
        check.equal(vals(solution.merge_k([head(build(a)), head(build(b))])), expected)
        items, _ = opened(solution, [a, b])
        check.equal(taken(items, len(expected)), expected)


# Cost -------------------------------------------------------------------------


def work(*args):
    return pytest.mark.criterion("work", *args)


def noted_items(oracle, values):
    """Give an element a value, and the list that fills with the pairs of lists compared."""
    noted = []
    items = [oracle.items([Key(x, place, noted) for x in one]) for place, one in enumerate(values)]
    return items, noted


def assert_strangers(noted):
    """No comparison was asked between two values of one list."""
    assert all(a != b for a, b in noted)


def assert_work(solution, oracle, measure, values):
    n, k = sum(map(len, values)), len(values)
    items, noted = noted_items(oracle, values)
    lists = [build(one) for one in items]
    expected = merged(lists, key=lambda node: node.val.key.value)
    assert_is(solution.merge_k(inout([head(nodes) for nodes in lists])), expected)
    measure.comparisons(oracle, at_most=4 * n * math.ceil(math.log2(k)) + 8 * k)
    assert_strangers(noted)


def spread(rng, count, length):
    """Give `count` lists of `length` values, all different and dealt at random."""
    values = rng.permutation(count * length).tolist()
    return [sorted(values[i::count]) for i in range(count)]


@work("two")
@pytest.mark.states(
    "Part 1 takes at most 2·n comparisons of values, part 2 and part 3 at most 4·n·⌈log₂ k⌉ + 8·k, for k ≥ 2."
)
def test_comparisons_for_two_lists(solution, oracle, measure, rng):
    items, noted = noted_items(oracle, spread(rng, 2, 60))
    one, other = (build(x) for x in items)
    result = solution.merge_two_sorted_lists(inout(one[0]), inout(other[0]))
    assert_is(result, merged([one, other], key=lambda node: node.val.key.value))
    measure.comparisons(oracle, at_most=240)
    assert_strangers(noted)


@work("many")
@pytest.mark.states(
    "Two values of the same list or run are never compared with each other: their order is known."
)
def test_comparisons_for_many_lists(solution, oracle, measure, rng):
    assert_work(solution, oracle, measure, spread(rng, 128, 2))


@work("uneven")
def test_comparisons_for_one_long_list_among_many(solution, oracle, measure):
    shorts = [[3 * i + 2] for i in range(63)]
    assert_work(solution, oracle, measure, [list(range(190)), *shorts])


@work("runs")
def test_comparisons_for_many_runs(solution, oracle, measure, rng):
    values = spread(rng, 128, 2)
    items, noted = noted_items(oracle, values)
    merging, _ = opened(solution, items)
    expected = merged(items, key=lambda item: item.key.value)
    assert [id(x) for x in taken(merging, len(expected))] == [id(x) for x in expected]
    measure.comparisons(oracle, at_most=4 * 256 * 7 + 8 * 128)
    assert_strangers(noted)


def time(*args):
    return pytest.mark.criterion("time", *args)


@time("two")
def test_time_of_two_long_lists(measure):
    def run(solution, n, rng):
        lists = [build(range(i, n, 2)) for i in (0, 1)]
        result = solution.merge_two_sorted_lists(lists[0][0], lists[1][0])
        check.equal([node.val for node in chain(result, n)], list(range(n)))

    measure.cpu_slope(run)


@time("many")
@pytest.mark.states(
    "Time grows in step with n in part 1 and with n·log k in part 2, whatever you do besides comparing."
)
def test_time_of_very_many_lists(measure):
    def run(solution, n, rng):
        lists = [build(range(i, i + 4)) for i in range(n - 4, -1, -4)]
        result = solution.merge_k([nodes[0] for nodes in lists])
        check.equal([node.val for node in chain(result, n)], list(range(n)))

    measure.cpu_slope(run)


@pytest.mark.criterion("memory", "long")
@pytest.mark.states("part 1 needs a fixed amount of room: O(1) extra space, and no recursion.")
def test_a_fixed_amount_of_room(measure):
    def arguments(n, rng):
        cut = n * 9 // 10
        return Chain(ListNode, range(cut)), Chain(ListNode, range(cut, n))

    def verify(result, n):
        check.equal(result.walk(most=n), list(range(n)))

    measure.peak_memory("merge_two_sorted_lists", arguments, verify)
