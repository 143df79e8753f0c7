"""Fixed cases first, then random ones: small lists full of ties against a slow and obvious truth."""

import math

import pytest
from oracle import counted, largest, most_frequent, saved

from graders.testing import check, inout

# Part 1 ---------------------------------------------------------------------


def frequent(situation):
    return pytest.mark.criterion("frequent", situation)


def values(rng, names, sizes):
    """Give one random list of the names for each size; the smaller names are the more frequent."""
    for size in sizes:
        places = rng.integers(0, rng.integers(1, len(names) + 1, size))
        yield [names[i] for i in places.tolist()]


@frequent("several")
@pytest.mark.parametrize(
    ("nums", "k", "expected"),
    [
        ([1, 1, 1, 2, 2, 3], 2, [1, 2]),
        ([5, 8, 8, 9, 9, 9], 2, [9, 8]),
        ([2, 1, 3, 1, 3, 1], 3, [1, 3, 2]),
        ([6, 6, 6, 6], 1, [6]),
        ([9], 1, [9]),
    ],
    ids=str,
)
def test_counts_that_all_differ(solution, nums, k, expected):
    check.equal(solution.top_k_frequent(nums, k), expected)


@frequent("several")
def test_values_that_come_and_go(solution):
    nums = [3, 1, 2, 1, 3, 1, 2, 1, 3, 4, 1]
    check.equal(solution.top_k_frequent(nums, 4), [1, 3, 2, 4])


@frequent("ties")
@pytest.mark.parametrize(
    ("nums", "k", "expected"),
    [
        ([3, 1], 1, [3]),
        ([1, 3], 1, [1]),
        ([3, 1, 2], 3, [3, 1, 2]),
        ([1, 2, 3, 4, 5], 2, [1, 2]),
        ([5, 9, 4, 9, 5, 4, 7], 2, [5, 9]),
    ],
    ids=str,
)
def test_equal_counts_stand_in_the_order_of_first_appearance(solution, nums, k, expected):
    check.equal(solution.top_k_frequent(nums, k), expected)


@frequent("ties")
@pytest.mark.states("This decides who is in, and in which order.")
def test_ties_at_the_edge_and_above_it(solution):
    nums = [7, 2, 9, 2, 9, 7, 4, 6, 5, 6, 4, 8, 8, 8]
    for k, expected in enumerate([[8], [8, 7], [8, 7, 2], [8, 7, 2, 9], [8, 7, 2, 9, 4]], start=1):
        check.equal(solution.top_k_frequent(nums, k), expected)


@frequent("ties")
def test_the_first_appearance_counts_and_not_the_last(solution):
    check.equal(solution.top_k_frequent([1, 2, 2, 1, 3], 1), [1])
    check.equal(solution.top_k_frequent([1, 2, 2, 1, 3], 3), [1, 2, 3])


@frequent("limits")
def test_a_k_of_zero_gives_nothing(solution):
    check.equal(solution.top_k_frequent([4, 4, 1], 0), [])
    check.equal(solution.top_k_frequent([], 0), [])


@frequent("limits")
@pytest.mark.parametrize("k", [3, 4, 100_000, 10**18])
@pytest.mark.states("Where `nums` has fewer than `k` different values, it holds all of them.")
def test_fewer_values_than_k(solution, k):
    check.equal(solution.top_k_frequent([2, 4, 4, 1, 2, 4], k), [4, 2, 1])


@frequent("limits")
def test_an_empty_list(solution):
    check.equal(solution.top_k_frequent([], 3), [])


@frequent("negative")
def test_negative_numbers_and_numbers_far_apart(solution):
    check.equal(solution.top_k_frequent([2, -1, -1, 2, -1], 2), [-1, 2])
    check.equal(solution.top_k_frequent([10**15, -(10**15), 10**15], 2), [10**15, -(10**15)])


@frequent("kinds")
@pytest.mark.parametrize(
    ("nums", "expected"),
    [
        (["to", "be", "or", "not", "to", "be", "not"], ["to", "be", "not"]),
        ([(1, 2), (2, 1), (2, 1), (1,)], [(2, 1), (1, 2), (1,)]),
        ([None, "a", 2, "a", (), ()], ["a", (), None]),
        ([2, "x", None, (3,)], [2, "x", None]),
    ],
    ids=["strings", "tuples", "mixed", "mixed ties"],
)
def test_values_of_other_kinds(solution, nums, expected):
    check.equal(solution.top_k_frequent(nums, 3), expected)


@frequent("falsy")
@pytest.mark.parametrize("value", [0, "", None, False, ()], ids=repr)
@pytest.mark.states('`0`, `""`, `False` and `None` are values like any other.')
def test_values_that_count_as_false(solution, value):
    check.equal(solution.top_k_frequent([value], 1), [value])
    check.equal(solution.top_k_frequent(["a", value, value, "b"], 2), [value, "a"])


@frequent("equal")
def test_equal_numbers_are_one_value_in_its_first_form(solution):
    check.equal(solution.top_k_frequent([2, 1, True, 1.0, 2], 2), [1, 2])
    check.equal(solution.top_k_frequent([True, 5, 1], 2), [True, 5])
    check.equal(solution.top_k_frequent([0.0, 0, 3, False, 3], 1), [0.0])


@frequent("equal")
def test_a_number_and_its_text_are_two_values(solution):
    check.equal(solution.top_k_frequent(["1", 2, 1, 2, "1", 2], 3), [2, "1", 1])


@frequent("mutation")
def test_the_list_of_values_stays_as_it_was(solution):
    nums = [3, 1, 2, 1, 3, 1]
    solution.top_k_frequent(inout(nums), 2)
    check.equal(nums, [3, 1, 2, 1, 3, 1])


@frequent("random")
def test_random_lists(solution, rng):
    for nums in values(rng, [4, -2, 0, 9, 1, -7, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 20, 30]):
        for k in (1, 2, 4):
            check.equal(solution.top_k_frequent(nums, k), most_frequent(nums, k))


# Part 2 ---------------------------------------------------------------------


def chooses(situation):
    return pytest.mark.criterion("largest", situation)


@chooses("several")
@pytest.mark.parametrize(
    ("items", "k", "expected"),
    [
        ([3, 1, 4, 5], 2, [5, 4]),
        ([9, 2], 1, [9]),
        ([6, -3, 8, 0, 7, -9], 3, [8, 7, 6]),
        ([-4, -2, -9, -7], 2, [-2, -4]),
        ([5], 1, [5]),
    ],
    ids=str,
)
def test_items_that_all_differ(solution, items, k, expected):
    check.equal(solution.k_largest(items, k), expected)


@chooses("orders")
@pytest.mark.parametrize("k", [1, 3, 4, 7])
def test_items_in_any_order(solution, k):
    ups = [0, 10, 20, 30, 40, 50, 60, 70]
    best = ups[::-1][:k]
    for items in (ups, ups[::-1], ups[4:] + ups[:4], ups[::2] + ups[::-2], ups[::-2] + ups[::2]):
        check.equal(solution.k_largest(items, k), best)


@chooses("ties")
@pytest.mark.states(
    "Equal items stand in the order in which they appear in `items`, and where not all of them fit, those that appear first are in."
)
def test_equal_items_keep_their_order(solution):
    check.equal(solution.k_largest([1, 0, True, 1.0], 2), [1, True])
    check.equal(solution.k_largest([True, 1, 0, 1.0], 3), [True, 1, 1.0])
    check.equal(solution.k_largest([0, 2.0, False, 2, 0.0], 4), [2.0, 2, 0, False])


@chooses("ties")
def test_equal_items_above_the_edge(solution):
    check.equal(solution.k_largest([2, 2.0, 1, 5], 3), [5, 2, 2.0])
    check.equal(solution.k_largest([2.0, 1, 2, 5], 3), [5, 2.0, 2])


@chooses("ties")
@pytest.mark.states("Each item counts for itself: equal items are not merged.")
def test_equal_items_are_not_merged(solution):
    check.equal(solution.k_largest([7, 3, 7, 7, 5], 3), [7, 7, 7])
    check.equal(solution.k_largest([4, 4], 2), [4, 4])


@chooses("limits")
def test_no_item_wanted(solution):
    check.equal(solution.k_largest([3, 1], 0), [])
    check.equal(solution.k_largest([], 0), [])


@chooses("limits")
@pytest.mark.parametrize("k", [3, 4, 100_000, 10**18])
@pytest.mark.states("Where there are fewer than `k` items, the result holds all of them.")
def test_fewer_items_than_k(solution, k):
    check.equal(solution.k_largest([3, 1, 2], k), [3, 2, 1])
    check.equal(solution.k_largest([], k), [])


@chooses("kinds")
@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (["fig", "apple", "pear", "banana"], ["pear", "fig"]),
        ([(1, 9), (2, 0), (1, 10)], [(2, 0), (1, 10)]),
        ([[2], [1, 5], [3], []], [[3], [2]]),
        ([10**30, 1e300, 10**30 + 1], [1e300, 10**30 + 1]),
    ],
    ids=["strings", "tuples", "lists", "large"],
)
@pytest.mark.states("they need not be numbers, and need not be hashable.")
def test_items_of_other_kinds(solution, items, expected):
    check.equal(solution.k_largest(items, 2), expected)


@chooses("mutation")
def test_the_list_of_items_stays_as_it_was(solution):
    for items in ([3, 1, 4, 5, 9], [5, 4, 3, 2, 1], [2, 1]):
        given = items.copy()
        solution.k_largest(inout(given), 2)
        check.equal(given, items)


@chooses("random")
def test_random_items(solution, rng):
    forms = [0, False, 1, 1.0, True, -3, 2.0, 2, 7]
    for size in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 16, 20, 30):
        items = [forms[i] for i in rng.integers(0, len(forms), size).tolist()]
        for k in rng.integers(1, size + 2, 3).tolist():
            check.equal(solution.k_largest(items, k), [items[i] for i in largest(items, k)])


# Part 3 ---------------------------------------------------------------------


def streams(situation):
    return pytest.mark.criterion("stream", situation)


@streams("room")
@pytest.mark.parametrize("k", [3, 4, 100_000, 10**18])
def test_enough_counters_count_exactly(solution, k):
    expected = [("a", 3, 0), ("b", 2, 0), ("c", 1, 0)]
    check.equal(solution.space_saving(["c", "a", "b", "a", "b", "a"], k), expected)
    check.equal(solution.space_saving([], k), [])


@streams("newcomer")
def test_a_newcomer_takes_the_place_of_the_smallest(solution):
    check.equal(solution.space_saving(list("abac"), 2), [("a", 2, 0), ("c", 2, 1)])
    check.equal(solution.space_saving(list("baac"), 2), [("a", 2, 0), ("c", 2, 1)])
    check.equal(solution.space_saving(list("aaabbc"), 2), [("a", 3, 0), ("c", 3, 2)])


@streams("newcomer")
@pytest.mark.parametrize(
    ("stream", "inside"), [("abac", "ac"), ("aabbbc", "bc"), ("aabc", "ac")], ids=str
)
@pytest.mark.states("`x` takes the place of the value with the smallest count `m`")
def test_the_newcomer_is_in_and_the_smallest_is_out(solution, stream, inside):
    counters = solution.space_saving(list(stream), 2)
    check.equal(sorted(x for x, _, _ in counters), list(inside))


@streams("newcomer")
@pytest.mark.states("`x` gets a new one with count `m + 1` and error `m`.")
def test_a_newcomer_starts_beyond_the_smallest_count(solution):
    check.equal(solution.space_saving([5, 5, 5, 8], 1), [(8, 4, 3)])
    check.equal(solution.space_saving([1, 2, 3], 1), [(3, 3, 2)])


@streams("newcomer")
@pytest.mark.states("If `x` has a counter, that count goes up by 1.")
def test_a_newcomer_that_stays_keeps_its_error(solution):
    check.equal(solution.space_saving([4, 4, 6, 6, 6], 1), [(6, 5, 2)])


@streams("ties")
@pytest.mark.states(
    "Where several counters have the smallest count in step 3, the one that was made first goes."
)
def test_of_the_smallest_the_one_made_first_goes(solution):
    check.equal(solution.space_saving(list("abc"), 2), [("c", 2, 1), ("b", 1, 0)])
    check.equal(solution.space_saving(list("abcd"), 3), [("d", 2, 1), ("b", 1, 0), ("c", 1, 0)])


@streams("ties")
def test_a_counter_that_went_up_late_was_not_made_late(solution):
    check.equal(solution.space_saving(list("abbac"), 2), [("c", 3, 2), ("b", 2, 0)])


@streams("order")
@pytest.mark.states("Equal counts stand in the order in which the counters were made.")
def test_equal_counts_in_the_order_of_the_counters(solution):
    check.equal(solution.space_saving([9, 4, 6], 3), [(9, 1, 0), (4, 1, 0), (6, 1, 0)])
    check.equal(solution.space_saving([1, 2, 2, 1], 2), [(1, 2, 0), (2, 2, 0)])


@streams("order")
def test_a_newcomers_counter_was_made_last(solution):
    check.equal(solution.space_saving(list("abbc"), 2), [("b", 2, 0), ("c", 2, 1)])
    check.equal(solution.space_saving([7, 3, 3, 5], 2), [(3, 2, 0), (5, 2, 1)])


@streams("back")
@pytest.mark.states(
    "A value that lost its counter and comes back is new: nothing is remembered of it."
)
def test_a_value_comes_back(solution):
    check.equal(solution.space_saving(list("abca"), 2), [("c", 2, 1), ("a", 2, 1)])
    check.equal(solution.space_saving([1, 1, 2, 1], 1), [(1, 4, 3)])


@streams("kinds")
def test_values_of_every_kind_in_a_stream(solution):
    check.equal(solution.space_saving([None, (), None, 0], 2), [(None, 2, 0), (0, 2, 1)])
    check.equal(solution.space_saving(["1", 1, 1, ()], 3), [(1, 2, 0), ("1", 1, 0), ((), 1, 0)])


@streams("kinds")
@pytest.mark.states("given in the form for which the counter was made.")
def test_equal_values_share_a_counter(solution):
    check.equal(solution.space_saving([1, 7, True, 1.0], 2), [(1, 3, 0), (7, 1, 0)])
    check.equal(solution.space_saving([3, True, 1], 1), [(True, 3, 1)])


@streams("mutation")
@pytest.mark.spec
@pytest.mark.states(
    "`nums`, `items` and `stream` are lists of 0 to 200 000 elements, and stay as they were."
)
def test_the_stream_stays_as_it_was(solution):
    stream = [4, 2, 4, 9, 9]
    solution.space_saving(inout(stream), 2)
    check.equal(stream, [4, 2, 4, 9, 9])


@streams("random")
def test_random_streams(solution, rng):
    for stream in values(rng, list("abcdefg"), [3, 4, 5, 6, 8, 10, 12, 15, 20, 30]):
        for k in (1, 2, 3, 5):
            check.equal(solution.space_saving(stream, k), saved(stream, k))


# Errors ---------------------------------------------------------------------


def errors(situation):
    return pytest.mark.criterion("errors", situation)


def assert_refused(kind, call, *arguments):
    with pytest.raises(kind):
        call(*arguments)


@errors("negative")
@pytest.mark.parametrize("k", [-1, -2, -100])
@pytest.mark.parametrize("name", ["top_k_frequent", "k_largest"])
def test_a_negative_k(solution, name, k):
    assert_refused(ValueError, getattr(solution, name), [3, 1, 3], k)


@errors("negative")
@pytest.mark.parametrize("name", ["top_k_frequent", "k_largest"])
def test_a_negative_k_and_an_empty_list(solution, name):
    assert_refused(ValueError, getattr(solution, name), [], -1)


@errors("counters")
@pytest.mark.parametrize("k", [0, -1, -100])
def test_no_counter_for_a_stream(solution, k):
    assert_refused(ValueError, solution.space_saving, [3, 1, 3], k)


@errors("counters")
@pytest.mark.parametrize("k", [0, -1])
def test_no_counter_for_an_empty_stream(solution, k):
    assert_refused(ValueError, solution.space_saving, [], k)


@errors("unhashable")
@pytest.mark.parametrize("value", [[1], {}, set(), (1, [2])], ids=repr)
def test_a_value_that_is_not_hashable(solution, value):
    assert_refused(TypeError, solution.top_k_frequent, [value], 1)
    assert_refused(TypeError, solution.top_k_frequent, [1, 1, value], 1)
    assert_refused(TypeError, solution.top_k_frequent, [value, 1, value], 3)


@errors("unhashable")
def test_a_value_of_a_stream_that_is_not_hashable(solution):
    assert_refused(TypeError, solution.space_saving, [[1], 2], 2)
    assert_refused(TypeError, solution.space_saving, [1, 1, 2, [2]], 2)
    assert_refused(TypeError, solution.space_saving, [[1], [1]], 1)


@errors("unhashable")
@pytest.mark.states(
    "even where it equals a value before it, as the set `{1}` equals `frozenset({1})`."
)
def test_a_value_that_is_not_hashable_but_equals_one_that_is(solution):
    assert_refused(TypeError, solution.top_k_frequent, [frozenset({1}), {1}], 1)
    assert_refused(TypeError, solution.space_saving, [frozenset({1}), {1}], 2)


# Laws -----------------------------------------------------------------------


def laws(situation):
    return pytest.mark.criterion("laws", situation)


@laws("renamed")
def test_other_values_change_only_the_names(solution, rng):
    old = [5, 3, 8, 1, 9, 2]
    for nums in values(rng, old, [4, 6, 8, 10, 12, 16]):
        new = dict(zip(old, rng.permutation([-4, 0, 7, 11, 20, 31]).tolist(), strict=True))
        before = solution.top_k_frequent(nums, 4)
        check.equal(solution.top_k_frequent([new[x] for x in nums], 4), [new[x] for x in before])
        counters = [(new[x], count, error) for x, count, error in solution.space_saving(nums, 3)]
        check.equal(solution.space_saving([new[x] for x in nums], 3), counters)


@laws("winner")
def test_more_of_a_winner_keep_it_in_front(solution, rng):
    for nums in values(rng, ["d", "b", "a", "c"], [3, 5, 7, 9, 14]):
        answer = solution.top_k_frequent(nums, 4)
        again = solution.top_k_frequent(nums + [answer[0]] * 2, 4)
        check.equal(again, answer)
        last = answer[-1]
        check.equal(solution.top_k_frequent(nums + [last] * len(nums), 1), [last])


@laws("winner")
def test_another_order_changes_only_ties(solution, rng):
    for nums in values(rng, ["d", "b", "a", "c", "e"], [4, 6, 8, 11, 15, 20]):
        mixed = [nums[i] for i in rng.permutation(len(nums)).tolist()]
        count = dict(counted(nums))
        for k in (1, 3, 5):
            one = [count[x] for x in solution.top_k_frequent(nums, k)]
            other = [count[x] for x in solution.top_k_frequent(mixed + nums, k)]
            check.equal(other, one)
            check.equal(one, sorted(count.values(), reverse=True)[:k])


@laws("prefix")
def test_a_smaller_k_gives_the_front(solution, rng):
    for nums in values(rng, [3, 1, 2, 9, 5, 4], [5, 8, 11, 14]):
        frequent, large = solution.top_k_frequent(nums, 9), solution.k_largest(nums, len(nums))
        check.equal(sorted(frequent), sorted(set(nums)))
        check.equal(sorted(large), sorted(nums))
        for k in (0, 1, 2, 3, 5):
            check.equal(solution.top_k_frequent(nums, k), frequent[:k])
            check.equal(solution.k_largest(nums, k), large[:k])


@laws("merged")
def test_the_largest_of_two_halves_are_the_largest_of_the_whole(solution, rng):
    forms = [0, False, 0.0, 1, True, 1.0, 4, 4.0]
    for size in (2, 4, 6, 9, 12, 16):
        items = [forms[i] for i in rng.integers(0, len(forms), size).tolist()]
        cut, k = int(rng.integers(1, size)), int(rng.integers(1, 6))
        one, other = solution.k_largest(items[:cut], k), solution.k_largest(items[cut:], k)
        check.equal(solution.k_largest(one + other, k), solution.k_largest(items, k))
        check.equal(len(one), min(k, cut))


@laws("bounds")
@pytest.mark.states(
    "A count is never too small and at most its error too large, and every value that occurs more than `n / k` times among the `n` of the stream has a counter at the end."
)
def test_what_the_counters_promise(solution, rng):
    for stream in values(rng, list("abcdefgh"), [4, 7, 10, 15, 20, 30, 40]):
        true = dict(counted(stream))
        for k in (1, 2, 3, 5):
            counters = solution.space_saving(stream, k)
            check.equal(sum(count for _, count, _ in counters), len(stream))
            check.equal(len({x for x, _, _ in counters}), min(k, len(true)))
            assert all(count - error <= true[x] <= count for x, count, error in counters)
            heavy = {x for x in true if true[x] * k > len(stream)}
            check.equal(heavy - {x for x, _, _ in counters}, set())


@laws("agree")
def test_a_counter_for_every_value_counts_like_part_1(solution, rng):
    for nums in values(rng, [6, 2, "b", None, "a", (1,)], [3, 6, 9, 12, 16]):
        counters = solution.space_saving(nums, len(nums))
        check.equal([x for x, _, _ in counters], solution.top_k_frequent(nums, len(nums)))
        check.equal({error for _, _, error in counters}, {0})


# Cost -----------------------------------------------------------------------


def time(situation):
    return pytest.mark.criterion("time", situation)


def half_of_them_twice(n, rng):
    """Give n values: n/2 different ones in random order, and then again, the other way round."""
    once = (rng.permutation(n // 2) * 7919).tolist()
    return once, once + once[::-1]


@time("distinct")
def test_time_of_many_different_values(measure):
    def run(solution, n, rng):
        once, nums = half_of_them_twice(n, rng)
        check.equal(solution.top_k_frequent(nums, 10), once[:10])

    measure.cpu_slope(run)


@time("large_k")
def test_time_of_a_large_k(measure):
    def run(solution, n, rng):
        once, nums = half_of_them_twice(n, rng)
        check.equal(
            solution.top_k_frequent([*nums, once[-1]], n // 3), [once[-1], *once[: n // 3 - 1]]
        )

    measure.cpu_slope(run)


def compares(situation):
    return pytest.mark.criterion("comparisons", situation)


def assert_little_is_compared(solution, oracle, measure, keys, k):
    items = oracle.items(keys)
    found = solution.k_largest(items, k)
    measure.comparisons(oracle, at_most=len(keys) * (3 + 4 * math.log2(k)))
    at = {id(item): i for i, item in enumerate(items)}
    check.equal([at.get(id(item)) for item in found], largest(keys, k))


@compares("shuffled")
@pytest.mark.states("at most n · (3 + 4 · log2 k) comparisons for n items and 1 ≤ k ≤ n")
def test_comparisons_of_shuffled_items(solution, oracle, measure, rng):
    assert_little_is_compared(solution, oracle, measure, rng.permutation(600).tolist(), 2)


@compares("ordered")
@pytest.mark.parametrize("order", ["rising", "falling", "equal", "up and down", "down and up"])
@pytest.mark.states("in whatever order the items come")
def test_comparisons_of_items_in_order(solution, oracle, measure, order):
    keys = {
        "rising": list(range(160)),
        "falling": list(range(160, 0, -1)),
        "equal": [5] * 160,
        "up and down": [*range(0, 160, 2), *range(159, 0, -2)],
        "down and up": [*range(158, -1, -2), *range(1, 160, 2)],
    }
    assert_little_is_compared(solution, oracle, measure, keys[order], 64)


@pytest.mark.criterion("memory", "long")
@pytest.mark.states("O(k) room beyond the list, however long it is.")
def test_room_for_a_long_stream(measure):
    kept = {}

    def arguments(n, rng):
        # First the same few values all the time, then values that come once: what must not grow is hits, or losers.
        few, others = (
            rng.integers(0, 6, n // 2).tolist(),
            (rng.permutation(n // 2) + 10**6).tolist(),
        )
        kept["stream"] = few + others
        return kept["stream"], 8

    def verify(result, n):
        check.equal(result.fetch(), saved(kept["stream"], 8))

    measure.peak_memory("space_saving", arguments, verify)
