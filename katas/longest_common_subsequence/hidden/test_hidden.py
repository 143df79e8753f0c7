"""Fixed cases first, then random ones, then laws, then cost."""

from itertools import product

import pytest
from graders.testing import check, inout
from oracle import carried_out, contains, fewest_changes, length_of_longer, longest, words

states = pytest.mark.states
KINDS = {"strings": str, "lists": list, "tuples": tuple}


def of_kind(make, text):
    """Give the characters as a string, a list or a tuple."""
    return text if make is str else make(text)


# Part 1 ---------------------------------------------------------------------


def length(*args):
    return pytest.mark.criterion("length", *args)


def assert_length(solution, a, b, expected):
    check.equal(solution.lcs_length(a, b), expected)


@length("empty")
@pytest.mark.parametrize(
    ("a", "b"), [("", ""), ("", "abc"), ("abc", ""), ([], [1]), ((1,), ())], ids=repr
)
@states("Any of them may be empty.")
def test_an_empty_sequence(solution, a, b):
    assert_length(solution, a, b, 0)


@length("same")
@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("a", "a", 1), ("abc", "abc", 3), ("abcde", "ace", 3), ("bd", "abcd", 2), ("aab", "aaab", 3)],
)
def test_one_contained_in_the_other(solution, a, b, expected):
    assert_length(solution, a, b, expected)


@length("gaps")
@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("axbxc", "aybyc", 3), ("axbyc", "abc", 3), ("xaybzc", "apbqc", 3), ("abcbdab", "bdcaba", 4)],
)
@states("Its elements need not be neighbours.")
def test_elements_with_gaps(solution, a, b, expected):
    assert_length(solution, a, b, expected)


@length("order")
@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("ab", "ba", 1),
        ("abc", "cba", 1),
        ("abcd", "cdab", 2),
        ("cabd", "abcd", 3),
        ("xyz", "abc", 0),
    ],
)
@states("and keep the rest in order")
def test_the_same_elements_in_another_order(solution, a, b, expected):
    assert_length(solution, a, b, expected)


@length("order")
@pytest.mark.parametrize(
    ("a", "b", "expected"), [("dabc", "abcd", 3), ("abc", "cab", 2), ("zabcz", "abczz", 4)]
)
def test_a_match_better_left_out(solution, a, b, expected):
    assert_length(solution, a, b, expected)


@length("repeats")
@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("aa", "a", 1), ("a", "aa", 1), ("aaa", "aaaa", 3), ("ab", "aab", 2), ("abab", "baba", 3),
     ("aba", "aa", 2), ("abba", "aba", 3)],
)  # fmt: skip
def test_elements_that_repeat(solution, a, b, expected):
    assert_length(solution, a, b, expected)


@length("ends")
@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("xxa", "yya", 1), ("axx", "ayy", 1), ("axb", "ayb", 2), ("a", "xa", 1), ("xa", "a", 1),
     ("a", "ax", 1), ("ax", "a", 1)],
)  # fmt: skip
def test_only_the_ends_in_common(solution, a, b, expected):
    assert_length(solution, a, b, expected)


@length("apart")
@pytest.mark.parametrize("gap", [9, 40])
def test_what_is_shared_stands_far_apart(solution, gap):
    assert_length(solution, "x" * gap + "abc", "abc" + "y" * gap, 3)
    assert_length(solution, "ab" + "x" * gap + "c", "y" * gap + "abc", 3)


@length("elements")
@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ([[1], [2], [3]], [[1], [3]], 2),
        ([{}, {"k": [1]}], [{"k": [1]}, {}], 1),
        (([], "a", {1}), ({1}, [], "a"), 2),
    ],
    ids=repr,
)
@states("they may have no hash (lists)")
def test_elements_without_a_hash(solution, a, b, expected):
    assert_length(solution, a, b, expected)


@length("elements")
@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ([0, "", ()], ["", 0, ()], 2),
        ([None, None], [None], 1),
        ([0, 0, 0], [0, 0], 2),
        ([None], [], 0),
        ([None, 1, "a"], [1, "a", None], 2),
    ],
    ids=repr,
)
@states('no order (`None` beside `1`), and count as false (`0`, `""`)')
def test_elements_that_count_as_false(solution, a, b, expected):
    assert_length(solution, a, b, expected)


@length("elements")
@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ([1, 11], [11, 1], 1),
        (["ab"], ["a", "b"], 0),
        ([1, 2], ["1", "2"], 0),
        ([1, 2, 3], [1.0, True, 3.0], 2),
        ((12, 345), (1, 2, 345), 1),
    ],
    ids=repr,
)
@states("Two elements are the same when `==` says so")
def test_elements_are_compared_by_equality(solution, a, b, expected):
    assert_length(solution, a, b, expected)


@length("sizes")
@states("Either sequence may have up to 400 000 elements as long as that holds.")
def test_one_far_longer_than_the_other(solution):
    assert_length(solution, "ab" * 600, "bcb", 2)
    assert_length(solution, "bcb", "ab" * 600, 2)
    assert_length(solution, ["a"] * 1200, ["b", "a", "a"], 2)


@length("random")
def test_short_random_sequences(solution, rng):
    for alphabet, kind in product(["ab", "abc", "abcdef"], KINDS.values()):
        for m, n in rng.integers(0, 9, (7, 2)).tolist():
            a, b = words(rng, alphabet, [m, n])
            assert_length(solution, of_kind(kind, a), of_kind(kind, b), longest(a, b))


@length("random")
def test_longer_random_sequences(solution, rng):
    for alphabet, m, n in [("ab", 20, 30), ("abcd", 30, 20), ("abcdefgh", 25, 25)]:
        a, b = words(rng, alphabet, [m, n])
        assert_length(solution, a, b, length_of_longer(a, b))


# Part 2 ---------------------------------------------------------------------


def subsequence(*args):
    return pytest.mark.criterion("subsequence", *args)


def assert_longest(solution, a, b, expected):
    """A common subsequence of the expected length, whichever it is."""
    found = solution.lcs(a, b)
    check.equal(type(found), str)
    check.equal(len(found), expected)
    assert contains(a, found), "not a subsequence of a"
    assert contains(b, found), "not a subsequence of b"


@subsequence("none")
@pytest.mark.parametrize(("a", "b"), [("", ""), ("", "ab"), ("ab", ""), ("abc", "xyz")])
def test_nothing_in_common(solution, a, b):
    check.equal(solution.lcs(a, b), "")


@subsequence("only")
@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("abcde", "ace", "ace"),
        ("ace", "abcde", "ace"),
        ("dabc", "abcd", "abc"),
        ("xaxbxc", "ayybcy", "abc"),
        ("aab", "azab", "aab"),
    ],
)
def test_only_one_answer(solution, a, b, expected):
    check.equal(solution.lcs(a, b), expected)


@subsequence("several")
@pytest.mark.parametrize(
    ("a", "b"),
    [("abcbdab", "bdcaba"), ("abcd", "cdab"), ("ab", "ba"), ("cab", "abc"), ("abac", "bcab"),
     ("abc", "cba"), ("acbd", "abcd"), ("bab", "abc"), ("cac", "acb"), ("aba", "bacc")],
)  # fmt: skip
@states("Where there are several, any of them will do.")
def test_several_answers(solution, a, b):
    assert_longest(solution, a, b, longest(a, b))


@subsequence("ends")
@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("axx", "ayy", "a"), ("xxa", "yya", "a"), ("a", "a", "a"), ("xa", "ya", "a"), ("ax", "a", "a"),
     ("ab", "axb", "ab"), ("a", "xxax", "a")],
)  # fmt: skip
def test_the_ends_of_strings(solution, a, b, expected):
    check.equal(solution.lcs(a, b), expected)


@subsequence("again")
@states("no call knows of an earlier one")
def test_one_call_after_another(solution):
    for a, b, expected in [("abc", "abc", "abc"), ("xyz", "abc", ""), ("bca", "bxa", "ba")]:
        check.equal(solution.lcs(a, b), expected)


@subsequence("long")
def test_a_long_string_and_a_short_one(solution):
    check.equal(solution.lcs("ab" * 600, "bcb"), "bb")
    check.equal(solution.lcs("cbc", "ab" * 600), "b")


@subsequence("random")
def test_random_strings(solution, rng):
    for alphabet in ("ab", "abc", "abcdef"):
        for m, n in rng.integers(1, 9, (10, 2)).tolist():
            a, b = words(rng, alphabet, [m, n])
            assert_longest(solution, a, b, longest(a, b))


@subsequence("random")
def test_longer_random_strings(solution, rng):
    for alphabet, m, n in [("ab", 20, 30), ("abcd", 30, 20), ("abcdefgh", 25, 25)]:
        a, b = words(rng, alphabet, [m, n])
        assert_longest(solution, a, b, length_of_longer(a, b))


# Part 3: diff ---------------------------------------------------------------


def script(*args):
    return pytest.mark.criterion("script", *args)


def changes(found):
    return sum(mark != "=" for mark, _ in found)


def assert_leads(found, a, b):
    """Pairs with one of the marks, that speak of a and lead to b."""
    check.equal(type(found), list)
    assert all(type(pair) is tuple and len(pair) == 2 for pair in found), "not a list of pairs"
    assert all(mark in ("=", "-", "+") for mark, _ in found), "another mark"
    before, after = carried_out(found)
    check.equal(before, list(a))
    assert after == list(b), "leads to another sequence"


def assert_fewest(solution, a, b):
    found = solution.diff(a, b)
    assert_leads(found, a, b)
    check.equal(changes(found), fewest_changes(a, b))


def assert_removals_first(found):
    marks = "".join(mark for mark, _ in found)
    assert "+-" not in marks, "an insertion before a removal"


# Kept, removed, inserted, at the front, in the middle and at the end.
PAIRS = [("abc", "adc"), ("abc", "bc"), ("abc", "ac"), ("abc", "ab"), ("bc", "abc"), ("ac", "abc"),
         ("ab", "abc"), ("ab", "cd"), ("ab", "ba"), ("kitten", "sitting"), ("aab", "ab")]  # fmt: skip


@script("empty")
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_script_of_an_empty_sequence(solution, kind):
    none, some = of_kind(kind, ""), of_kind(kind, "ab")
    check.equal(solution.diff(none, none), [])
    check.equal(solution.diff(none, some), [("+", "a"), ("+", "b")])
    check.equal(solution.diff(some, none), [("-", "a"), ("-", "b")])


@script("empty")
@pytest.mark.parametrize("a", ["a", "abc", [1, 1], (0, None)], ids=repr)
def test_the_script_of_two_equal_sequences(solution, a):
    check.equal(solution.diff(a, a), [("=", x) for x in a])


@script("leads")
@pytest.mark.parametrize(("a", "b"), PAIRS)
@states("gives a script that leads from `a` to `b`")
def test_a_script_leads_from_one_to_the_other(solution, a, b):
    assert_leads(solution.diff(a, b), a, b)
    assert_leads(solution.diff(list(b), list(a)), b, a)


@script("fewest")
@pytest.mark.parametrize(
    ("a", "b"),
    [*PAIRS, ("ab", "bc"), ("abcd", "bcda"), ("dabc", "abcd"), ("axbcbxa", "axcbbxa")],
)
@states("the number of `-` and `+` together is as\nsmall as can be")
def test_as_few_changes_as_can_be(solution, a, b):
    assert_fewest(solution, a, b)


@script("fewest")
def test_short_matches_that_beat_a_long_one(solution):
    assert_fewest(solution, "abcXYpqr", "XYabcpqr")
    assert_fewest(solution, "aXbXcXWWWWd", "WWWWaXbXcXd")
    assert_fewest(solution, "1a2b3c4-def", "def-1x2y3z4")


@script("order")
@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("ab", "xy"),
        ("abc", "axyc"),
        ("k12m34", "k56m78"),
        ("aa", "b"),
        ("abk", "xyzk"),
        ("kab", "kxyz"),
    ],
)
@states(
    "Between two kept elements, and before the first and after the last, all `-` come before all `+`."
)
def test_removals_come_before_insertions(solution, a, b):
    found = solution.diff(a, b)
    assert_removals_first(found)
    assert_leads(found, a, b)


@script("order")
@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("a", "b", "-+"),
        ("ab", "cd", "--++"),
        ("akb", "ckd", "-+=-+"),
        ("abk", "k", "--="),
        ("k", "kab", "=++"),
    ],
)
def test_the_marks_of_short_scripts(solution, a, b, expected):
    check.equal("".join(mark for mark, _ in solution.diff(a, b)), expected)


@script("elements")
@states("The elements of `=` and `-` are those of `a`, the elements of `+`\nthose of `b`.")
def test_equal_elements_are_those_of_a(solution):
    check.equal(solution.diff([1, 2], [1.0, 3]), [("=", 1), ("-", 2), ("+", 3)])
    check.equal(solution.diff((0.0, 5), (0, True)), [("=", 0.0), ("-", 5), ("+", True)])


@script("elements")
@pytest.mark.parametrize(
    ("a", "b"),
    [([[1], [2]], [[1], [3]]), ([{}, None], [None, {}]), ([0, "", None], ["", 0])],
    ids=repr,
)
def test_scripts_of_any_elements(solution, a, b):
    assert_fewest(solution, a, b)


@script("elements")
@pytest.mark.parametrize("turned", [False, True])
@states("or only one of them has")
def test_equal_elements_of_which_one_has_a_hash(solution, turned):
    a, b = [{1}, frozenset({2}), 3], [frozenset({1}), {2}, 3]
    found = solution.diff(b, a) if turned else solution.diff(a, b)
    check.equal([mark for mark, _ in found], ["="] * 3)


@script("long")
def test_a_long_sequence_and_a_short_one(solution):
    a, b = ["a", "b"] * 600, ["b", "c", "b"]
    for one, other in [(a, b), (b, a)]:
        found = solution.diff(one, other)
        assert_leads(found, one, other)
        check.equal(changes(found), len(a) + len(b) - 4)


@script("random")
def test_random_scripts(solution, rng):
    for alphabet in ("ab", "abc", "abcdef"):
        for m, n in rng.integers(0, 9, (10, 2)).tolist():
            a, b = words(rng, alphabet, [m, n])
            found = solution.diff(a, b)
            assert_leads(found, a, b)
            check.equal(changes(found), fewest_changes(a, b))
            assert_removals_first(found)


# Part 3: patch --------------------------------------------------------------


def patch(*args):
    return pytest.mark.criterion("patch", *args)


@patch("fits")
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@states("carries a script out and gives the result as a new list, whatever kind of sequence `a` is")
def test_a_script_that_fits(solution, kind):
    steps = [("=", "a"), ("-", "b"), ("+", "d"), ("=", "c")]
    check.equal(solution.patch(of_kind(kind, "abc"), steps), ["a", "d", "c"])
    check.equal(solution.patch(of_kind(kind, ""), [("+", "a")]), ["a"])
    check.equal(solution.patch(of_kind(kind, ""), []), [])


@patch("fits")
@pytest.mark.parametrize(
    ("a", "steps", "expected"),
    [
        ([7], [("+", 7), ("-", 7)], [7]),
        ([7], [("-", 7), ("+", 7)], [7]),
        ("ab", [("+", "x"), ("-", "a"), ("+", "y"), ("-", "b")], ["x", "y"]),
        ([[1], 0], [("=", [1]), ("+", None), ("=", 0)], [[1], None, 0]),
        ([1, 1], [("-", 1), ("=", 1)], [1]),
    ],
)
@states("even one with more changes than it takes or with `+` before `-`")
def test_any_script_that_fits(solution, a, steps, expected):
    check.equal(solution.patch(a, steps), expected)


@patch("fits")
@pytest.mark.parametrize("a", [[1, 2], [[1], None], []], ids=repr)
@states("gives the result as a new list, whatever kind of sequence `a` is")
def test_the_result_is_a_new_list(solution, a):
    found = solution.patch(inout(a), [("=", x) for x in a])
    check.equal(found, a)
    assert found is not a, "the list that came in"


@patch("another")
@pytest.mark.parametrize(
    ("a", "steps"),
    [
        ("ab", [("-", "b"), ("=", "b")]),
        ("ab", [("-", "b"), ("-", "a")]),
        ([1, 2, 3], [("=", 1), ("-", 3), ("=", 3)]),
    ],
)
@states("a `=` or `-` names another element than the next one of `a`")
def test_another_element_removed(solution, a, steps):
    with pytest.raises(ValueError):
        solution.patch(a, steps)


@patch("another")
@pytest.mark.parametrize(
    ("a", "steps"), [("ab", [("=", "b"), ("=", "a")]), ([0], [("=", "")]), ("a", [("=", "A")])]
)
def test_another_element_kept(solution, a, steps):
    with pytest.raises(ValueError):
        solution.patch(a, steps)


@patch("beyond")
@pytest.mark.parametrize(
    ("a", "steps"),
    [
        ("a", [("=", "a"), ("=", "a")]),
        ("a", [("-", "a"), ("-", "a")]),
        ([], [("=", 1)]),
        ([], [("-", None)]),
        ([1], [("=", 1), ("=", None)]),
    ],
)
@states("or `a` has none left")
def test_more_elements_than_there_are(solution, a, steps):
    with pytest.raises(ValueError):
        solution.patch(a, steps)


@patch("early")
@pytest.mark.parametrize(
    ("a", "steps"), [("ab", [("=", "a")]), ([0], []), ([1, None], [("-", 1)]), ("a", [("+", "a")])]
)
@states("the script ends before `a` does")
def test_a_script_that_ends_too_early(solution, a, steps):
    with pytest.raises(ValueError):
        solution.patch(a, steps)


@patch("marks")
@pytest.mark.parametrize("mark", ["?", "", "==", "=-", "-+", "=-+", "replace", " "])
@states('a mark is none of `"="`, `"-"` and `"+"`')
def test_an_unknown_mark(solution, mark):
    for steps in ([("=", "a"), (mark, "b")], [("=", "a"), ("=", "b"), (mark, "c")]):
        with pytest.raises(ValueError):
            solution.patch("ab", steps)


# Laws -----------------------------------------------------------------------


def laws(*args):
    return pytest.mark.criterion("laws", *args)


LETTERS = "abcdef"


@laws("itself")
def test_a_sequence_shares_all_of_itself(solution, rng):
    for s in words(rng, LETTERS, [1, 2, 5, 12, 30]):
        assert_length(solution, s, s, len(s))
        check.equal(solution.lcs(s, s), s)
        check.equal(changes(solution.diff(s, s)), 0)


@laws("sides")
def test_the_length_does_not_know_sides(solution, rng):
    for m, n in [(2, 5), (4, 4), (7, 3), (20, 9), (25, 25)]:
        a, b = words(rng, "abc", [m, n])
        expected = solution.lcs_length(a, b)
        assert_length(solution, b, a, expected)
        assert_length(solution, a[::-1], b[::-1], expected)
        check.equal(len(solution.lcs(b, a)), expected)


@laws("longer")
def test_the_same_element_at_the_end_of_both_adds_one(solution, rng):
    for m, n in [(0, 3), (3, 3), (6, 4), (9, 14), (20, 20)]:
        a, b = words(rng, "abc", [m, n])
        before = solution.lcs_length(a, b)
        for x in "az":
            assert_length(solution, a + x, b + x, before + 1)
            assert_length(solution, x + a, x + b, before + 1)
            check.equal(len(solution.lcs(a + x, b + x)), before + 1)


@laws("longer")
def test_one_element_more_adds_one_at_most(solution, rng):
    for m, n in [(0, 3), (3, 5), (8, 4), (15, 15)]:
        a, b = words(rng, "abc", [m, n])
        before = solution.lcs_length(a, b)
        for longer in ("a" + a, a + "b"):
            assert before <= solution.lcs_length(longer, b) <= before + 1
        assert_length(solution, a + "z", b, before)


@laws("changes")
def test_changes_are_what_is_not_shared(solution, rng):
    for m, n in [(3, 5), (8, 4), (12, 12), (20, 30)]:
        a, b = words(rng, "abcd", [m, n])
        shared = solution.lcs_length(a, b)
        check.equal(len(solution.lcs(a, b)), shared)
        check.equal(changes(solution.diff(a, b)), m + n - 2 * shared)


@laws("distance")
def test_the_way_by_a_third_sequence_is_no_shorter(solution, rng):
    def far(a, b):
        return len(a) + len(b) - 2 * solution.lcs_length(a, b)

    for size in (2, 3, 5, 8, 12, 20):
        a, b, c = words(rng, "abc", [size, size, size])
        assert far(a, c) <= far(a, b) + far(b, c)
        assert far(a, c) <= far(a, a[::2] + c) + far(a[::2] + c, c)


@laws("there")
def test_diff_then_patch_leads_there(solution, rng):
    for kind, m, n in product(KINDS.values(), [0, 3, 9], [0, 2, 12]):
        a, b = (of_kind(kind, s) for s in words(rng, "abc", [m, n]))
        check.equal(solution.patch(a, solution.diff(a, b)), list(b))


@laws("unchanged")
@states("No function changes its arguments")
def test_arguments_stay_as_they_were(solution):
    a, b = [1, 2, 2, 3], [2, 1, 3, 3]
    steps = [("=", 1), ("-", 2), ("+", 9), ("=", 2), ("=", 3)]
    first, second, third = list(a), list(b), list(steps)
    solution.lcs_length(inout(first), inout(second))
    solution.diff(inout(first), inout(second))
    check.equal([first, second], [a, b])
    solution.patch(inout(first), inout(third))
    check.equal([first, third], [a, steps])


# Cost -----------------------------------------------------------------------


def memory(*args):
    return pytest.mark.criterion("memory", *args)


def long_and_short(n, rng):
    """Give a long text and a short one, of which all but the "d" can be found in the long one."""
    half = n // 2
    front, back = words(rng, "ab", [half]) + words(rng, "bc", [n - half])
    return front + back, "badcb"


@memory("first")
@states("whichever of the two that is")
def test_room_when_the_first_is_long(measure):
    def verify(result, n):
        check.equal(result.fetch(), 4)

    measure.peak_memory("lcs_length", long_and_short, verify)


@memory("second")
@states("That leaves no room for a copy of the longer one.")
def test_room_when_the_second_is_long(measure):
    def arguments(n, rng):
        return long_and_short(n, rng)[::-1]

    def verify(result, n):
        check.equal(result.fetch(), 4)

    measure.peak_memory("lcs_length", arguments, verify)


def time(*args):
    return pytest.mark.criterion("time", *args)


def turned(n, rng):
    """
    Give two texts of n letters whose longest common subsequence is known.

    Each is made of two halves of letters of their own, in the other order in the
    second text. So it is one of the halves, and the first is the longer one.
    """
    one, other = words(rng, "ab", [n // 2 + 2]) + words(rng, "cd", [n - n // 2 - 2])
    return one + other, other + one, one


@time("length")
def test_time_of_the_length(measure):
    def run(solution, n, rng):
        a, b, shared = turned(n, rng)
        assert_length(solution, a, b, len(shared))

    measure.cpu_slope(run)


@time("subsequence")
def test_time_of_a_longest_one(measure):
    def run(solution, n, rng):
        a, b, shared = turned(n, rng)
        check.equal(solution.lcs(a, b), shared)

    measure.cpu_slope(run)


@time("script")
def test_time_of_a_script(measure):
    def run(solution, n, rng):
        a, b, shared = turned(n, rng)
        found = solution.diff(list(a), list(b))
        assert_leads(found, a, b)
        check.equal(changes(found), 2 * (n - len(shared)))

    measure.cpu_slope(run)
