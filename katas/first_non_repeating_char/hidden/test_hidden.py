"""Fixed cases first, then random ones, then laws, then cost."""

import string

import pytest
from graders.testing import check
from oracle import first_index, first_item, first_unit, uniques, words

states = pytest.mark.states
LETTERS = string.ascii_letters + string.digits
# Bases, marks of two classes, one letter in two and one in three forms.
PIECES = ["e", "\u00e9", "\u0301", "\u0323", "q", "\u0307", "A", "\u00c5", "\u212b", "\u030a"]


def batch(*args):
    return pytest.mark.criterion("batch", *args)


def assert_string(solution, s, index):
    check.equal(solution.first_non_repeating_index(s), index)
    check.equal(solution.first_non_repeating_char(s), None if index == -1 else s[index])


@batch("empty")
def test_an_empty_string(solution):
    assert_string(solution, "", -1)


@batch("none")
@pytest.mark.parametrize("s", ["noon", "aabb", "abcabc", "zz", "mississippim"], ids=ascii)
@states("The\nsecond gives its index, counted from 0, and `-1` where there is none.")
def test_everything_repeats(solution, s):
    assert_string(solution, s, first_index(s))


@batch("several")
@pytest.mark.parametrize(
    ("s", "index"),
    [("swiss", 1), ("level", 2), ("leetcode", 0), ("loveleetcode", 2), ("aabbc", 4), ("xyyzx", 3)],
)
def test_short_words(solution, s, index):
    assert_string(solution, s, index)


@batch("front")
@pytest.mark.parametrize("s", ["a", "abcb", "abcdef", "zebra", "abcbdcbd"])
@states("`0` is an index, though an `if` takes it for nothing")
def test_a_unique_character_in_front(solution, s):
    assert_string(solution, s, 0)


@batch("thrice")
@pytest.mark.parametrize(("s", "index"), [("aaab", 3), ("ababa", -1), ("abacab", 3), ("aaa", -1)])
def test_three_times_is_not_once(solution, s, index):
    assert_string(solution, s, index)


@batch("case")
@pytest.mark.parametrize(
    ("s", "index"), [("aA", 0), ("sTreSS", 0), ("aBbAa", 1), ("\u00df\u1e9e", 0)]
)
@states("Capital and small\nletters differ.")
def test_capital_and_small_letters(solution, s, index):
    assert_string(solution, s, index)


@batch("other")
@pytest.mark.parametrize(
    ("s", "index"),
    [("a bab", 1), ("aab\nb", 3), ("1a1", 1), ("aa\x00", 2), ("  x ", 2), ("a-a b b", 1)],
    ids=ascii,
)
@states("Spaces, line ends and digits count like any other character")
def test_spaces_line_ends_and_digits(solution, s, index):
    assert_string(solution, s, index)


@batch("unicode")
@pytest.mark.parametrize(
    ("s", "index"),
    [
        ("\u00e9e\u0301\u00e9", 1),
        ("\u65e5\u672c\u65e5", 1),
        ("\U0001f600\U0001f601\U0001f600", 1),
        ("\u212b\u00c5\u00c5", 0),
        ("\U0010ffff\u0101a\u0101", 0),
    ],
    ids=ascii,
)
@states("two are the same only when `==` says so")
def test_beyond_ascii(solution, s, index):
    assert_string(solution, s, index)


@batch("surrogates")
@pytest.mark.parametrize(
    ("s", "index"),
    [("\ud800", 0), ("a\ud800a", 1), ("\udc00\ud800\udc00", 1), ("\udfff\udfff", -1)],
    ids=ascii,
)
@states('A\nlone surrogate, such as `"\\ud800"`, is a character too and no reason to raise.')
def test_lone_surrogates(solution, s, index):
    assert_string(solution, s, index)


@batch("random")
def test_random_strings(solution, rng):
    sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20, 30]
    for alphabet in ("ab", "abcd", "aAbB ", "zyxwvuts", "\u00e9e\u0301 \n"):
        for s in words(rng, alphabet, sizes):
            assert_string(solution, s, first_index(s))


def stream(*args):
    return pytest.mark.criterion("stream", *args)


def assert_stream(solution, items):
    made = solution.StreamUnique()
    for i, item in enumerate(items):
        made.push(item)
        check.equal(made.first(), first_item(items[: i + 1]))


@stream("empty")
@states("A new stream is empty.")
def test_a_stream_without_items(solution):
    made = solution.StreamUnique()
    check.equal(made.first(), None)
    made.push("a")
    check.equal(made.first(), "a")


@stream("table")
@pytest.mark.parametrize("items", ["ababa", "abcabc", "aabbc", "swiss"])
def test_a_short_stream(solution, items):
    assert_stream(solution, list(items))


@stream("again")
@pytest.mark.parametrize("items", ["aaa", "aaaaa", "abaab", "abbab", "aabaaac"])
@states("An item pushed twice never comes back,\nhowever often it is pushed again.")
def test_an_item_pushed_again_and_again(solution, items):
    assert_stream(solution, list(items))


@stream("gone")
@pytest.mark.parametrize("items", ["abcdbca", "abcdcba", "abcdedcbaf", "abcba"])
def test_items_that_repeat_behind_the_first(solution, items):
    assert_stream(solution, list(items))


@stream("asking")
@states("`first()` changes nothing: asked again, it gives the same.")
def test_asking_changes_nothing(solution):
    made = solution.StreamUnique()
    for item in "abb":
        made.push(item)
    for _ in range(3):
        check.equal(made.first(), "a")
    made.push("a")
    for _ in range(2):
        check.equal(made.first(), None)


@stream("asking")
@pytest.mark.parametrize("items", ["abcabcd", "abcdbac", "aabbccd", "abcddcba"])
def test_asking_late(solution, items):
    made = solution.StreamUnique()
    for item in items:
        made.push(item)
    check.equal(made.first(), first_item(items))


@stream("apart")
@states("Streams know nothing of\neach other.")
def test_two_streams(solution):
    one, other = solution.StreamUnique(), solution.StreamUnique()
    one.push("a")
    check.equal(other.first(), None)
    other.push("b")
    other.push("a")
    check.equal(one.first(), "a")
    check.equal(other.first(), "b")


@stream("falsy")
@pytest.mark.parametrize("item", [0, "", False, (), 0.0, b""], ids=repr)
@states('`0`, `""`, `False` and `()` are items like any other.')
def test_items_that_count_as_false(solution, item):
    assert_stream(solution, ["x", item, "x", "y", item, "y"])
    check.equal(solution.first_after_each([item, "x"]), [item, item])


@stream("equal")
@pytest.mark.parametrize(
    "items",
    [[1, True, 2], [True, "1", 1], [2.0, "a", 2, "a"], ["1", 1, "1"], [1.0], [(1, 2), (1.0, 2)]],
    ids=repr,
)
@states('`1`, `1.0` and `True` are one item, `1` and `"1"` are two.')
def test_items_that_are_equal(solution, items):
    assert_stream(solution, items)


@stream("each")
@pytest.mark.parametrize(
    "items", ["abab", [7, 7, 0], [], "", "abcabc", [1, 2, 3, 2, 1, 3]], ids=repr
)
def test_first_after_each(solution, items):
    expected = [first_item(items[: i + 1]) for i in range(len(items))]
    check.equal(solution.first_after_each(items), expected)


@stream("each")
@states("pushes the items of a list or a string into a new stream")
def test_first_after_each_begins_anew(solution):
    for _ in range(2):
        check.equal(solution.first_after_each("ab"), ["a", "a"])


@stream("random")
def test_random_streams(solution, rng):
    for most, size in [(2, 6), (3, 9), (4, 12), (6, 18), (9, 24), (14, 30)]:
        assert_stream(solution, rng.integers(0, most, size).tolist())


@stream("random")
def test_random_streams_after_each(solution, rng):
    for size in (4, 6, 8, 10, 12, 16, 20, 30):
        items = rng.integers(0, size // 2, size).tolist()
        expected = [first_item(items[: i + 1]) for i in range(size)]
        check.equal(solution.first_after_each(items), expected)


def graphemes(*args):
    return pytest.mark.criterion("graphemes", *args)


def assert_units(solution, s, expected):
    check.equal(solution.first_non_repeating_grapheme(s), expected)


@graphemes("empty")
@pytest.mark.parametrize("s", ["", "aa", "e\u0301e\u0301", "noon"], ids=ascii)
def test_no_unique_unit(solution, s):
    assert_units(solution, s, None)


@graphemes("accent")
@pytest.mark.parametrize(
    ("s", "expected"),
    [
        ("e\u0301\u00e9", None),
        ("\u00e9e\u0301x", "x"),
        ("e\u0301ee", "e\u0301"),
        ("\u212bA\u030a\u00c5x", "x"),
        ("\u304b\u3099\u304c", None),
        ("\u00b22\u00b2", "2"),
        ("\ufb01\ufb01fi", "f"),
    ],
    ids=ascii,
)
def test_one_code_point_or_two(solution, s, expected):
    assert_units(solution, s, expected)


@graphemes("accent")
@pytest.mark.parametrize(
    ("s", "expected"), [("\u00b22", "\u00b2"), ("e\u0301E\u0301", "e\u0301")], ids=ascii
)
@states(
    'Two units are the same when `unicodedata.normalize("NFC", unit)` gives the same text for both.'
)
def test_alike_is_not_the_same(solution, s, expected):
    assert_units(solution, s, expected)


@graphemes("as_written")
@pytest.mark.parametrize(
    "s", ["e\u0301e", "\u00e9e", "\u212bA", "q\u0307\u0323q", "\u0344a"], ids=ascii
)
@states("with the code points it has in `s`")
def test_given_back_as_it_stands(solution, s):
    assert_units(solution, s, first_unit(s))


@graphemes("order")
@pytest.mark.parametrize(
    ("s", "expected"),
    [
        ("q\u0307\u0323q\u0323\u0307", None),
        ("e\u0323\u0301\u00e9\u0323", None),
        ("e\u0301\u0300e\u0300\u0301", "e\u0301\u0300"),
        ("e\u0301\u0301e\u0301", "e\u0301\u0301"),
        ("a\u0301\u0323b\u0323a\u0323\u0301", "b\u0323"),
        ("q\u0307\u0323\u0327q\u0327\u0323\u0307", None),
        ("a\u0334\u0327\u0323\u0301\u1ea1\u0301\u0327\u0334", None),
    ],
    ids=ascii,
)
def test_several_marks(solution, s, expected):
    assert_units(solution, s, expected)


@graphemes("marks")
@pytest.mark.parametrize(
    ("s", "expected"),
    [
        ("\u0915\u093e\u0915", "\u093e"),
        ("\u0915\u093c\u0915", "\u0915\u093c"),
        ("\u05e9\u05c1\u05e9\u05c2\u05e9\u05c1", "\u05e9\u05c2"),
        ("aa\ufe0f", "\ufe0f"),
        ("1\u20e31", "\u20e3"),
        ("\U0001f468\u200d\U0001f468", "\u200d"),
        ("a \u0301a ", " \u0301"),
        ("\n\u0301\n\u0301", None),
        ("\nab", "\n"),
    ],
    ids=ascii,
)
@states("nothing else is one, not even other characters of\n  category M")
def test_what_is_a_mark(solution, s, expected):
    assert_units(solution, s, expected)


@graphemes("start")
@pytest.mark.parametrize(
    ("s", "expected"),
    [
        ("\u0301", "\u0301"),
        ("\u0301a", "\u0301"),
        ("\u0301\u0301aa", "\u0301\u0301"),
        ("\u0301\u0323aab", "\u0301\u0323"),
        ("\u0301ee\u0301", "\u0301"),
    ],
    ids=ascii,
)
@states("Marks at the very\n  start of `s`, with nothing before them, form one unit together.")
def test_marks_at_the_start(solution, s, expected):
    assert_units(solution, s, expected)


@graphemes("surrogates")
@pytest.mark.parametrize(
    ("s", "expected"),
    [("a\ud800a", "\ud800"), ("\ud800\u0301\ud800", "\ud800\u0301"), ("\udc00\udc00", None)],
    ids=ascii,
)
def test_units_with_lone_surrogates(solution, s, expected):
    assert_units(solution, s, expected)


@graphemes("random")
def test_random_texts_with_marks(solution, rng):
    for size in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12) * 4:
        pieces = rng.choice(PIECES, int(rng.integers(3, 7)), replace=False).tolist()
        (s,) = words(rng, pieces, [size])
        assert_units(solution, s, first_unit(s))


def errors(*args):
    return pytest.mark.criterion("errors", *args)


UNHASHABLE = [[], {}, {1}, ([],), bytearray(b"a")]


@errors("unhashable")
@pytest.mark.parametrize("item", UNHASHABLE, ids=repr)
@states("an item that is not hashable makes `push` raise `TypeError`.")
def test_an_item_that_cannot_be_hashed(solution, item):
    made = solution.StreamUnique()
    with pytest.raises(TypeError):
        made.push(item)


@errors("none")
@states("`None` makes it raise `ValueError`")
def test_none_is_no_item(solution):
    made = solution.StreamUnique()
    with pytest.raises(ValueError):
        made.push(None)


@errors("unchanged")
@pytest.mark.parametrize(
    ("item", "error"), [*((x, TypeError) for x in UNHASHABLE), (None, ValueError)], ids=repr
)
@pytest.mark.parametrize("before", ["", "a", "abab"])
@states("After a push that raised, the stream is as it was before and goes on working.")
def test_a_refused_push_changes_nothing(solution, before, item, error):
    made = solution.StreamUnique()
    for c in before:
        made.push(c)
    with pytest.raises(error):
        made.push(item)
    for i, c in enumerate(["", "a", "x", "b", "y", "x"]):
        if i:
            made.push(c)
        check.equal(made.first(), first_item([*before, *["a", "x", "b", "y", "x"][:i]]))


@errors("each")
@pytest.mark.parametrize(
    ("items", "error"),
    [(["a", []], TypeError), ([None], ValueError), (["a", None, "b"], ValueError)],
)
@states("`first_after_each` raises what `push` raises.")
def test_first_after_each_refuses_too(solution, items, error):
    with pytest.raises(error):
        solution.first_after_each(items)


def laws(*args):
    return pytest.mark.criterion("laws", *args)


@laws("twice")
def test_a_text_written_twice_has_nothing_unique(solution, rng):
    for s in words(rng, LETTERS, [1, 2, 5, 9, 20, 40]):
        assert_string(solution, s + s, -1)
        assert_units(solution, s + s, None)
        check.equal(solution.first_after_each(s + s)[-1], None)


@laws("fresh")
def test_a_new_character_in_front_is_the_answer(solution, rng):
    for s in words(rng, LETTERS, [0, 1, 2, 5, 9, 20]):
        assert_string(solution, "~" + s, 0)
        assert_units(solution, "~\u0301" + s, "~\u0301")
        check.equal(solution.first_after_each("~" + s), ["~"] * (len(s) + 1))


@laws("renamed")
def test_other_names_change_only_the_names(solution, rng):
    for s in words(rng, "abcdefgh", [3, 5, 7, 9, 11, 13]):
        names = str.maketrans("abcdefgh", "".join(rng.permutation(list("abcdABCD")).tolist()))
        before = solution.first_non_repeating_char(s)
        after = solution.first_non_repeating_char(s.translate(names))
        check.equal(after, None if before is None else before.translate(names))
        index = first_index(s)
        check.equal(solution.first_non_repeating_index(s.translate(names)), index)


@laws("order")
def test_another_order_has_the_same_unique_characters(solution, rng):
    for s in words(rng, LETTERS[:9], [6, 8, 10, 12]):
        for mixed in (s, "".join(rng.permutation(list(s)).tolist())):
            found = []
            while (c := solution.first_non_repeating_char(mixed)) is not None and len(found) < 9:
                found.append(c)
                mixed = mixed.replace(c, "")
            check.equal(sorted(found), sorted(s[i] for i in uniques(s)))


@laws("prefixes")
def test_a_stream_agrees_with_a_string_at_every_moment(solution, rng):
    for s in words(rng, "abcdefgh", [3, 6, 9, 12, 16, 20]):
        made = solution.StreamUnique()
        each = solution.first_after_each(s)
        check.equal(len(each), len(s))
        for i, c in enumerate(s):
            made.push(c)
            whole = solution.first_non_repeating_char(s[: i + 1])
            check.equal(made.first(), whole)
            check.equal(each[i], whole)


@laws("plain")
def test_without_marks_a_unit_is_a_character(solution, rng):
    for s in words(rng, "abAB \u00e9\u65e5\U0001f600\ud800", [2, 3, 4, 6, 8, 10, 12, 14]):
        check.equal(solution.first_non_repeating_grapheme(s), solution.first_non_repeating_char(s))


def time(*args):
    return pytest.mark.criterion("time", *args)


def many_characters(n):
    """Give n different characters, none of them a mark: Chinese ones and those of planes 2 and 3."""
    return [chr(0x4E00 + i) if i < 20_000 else chr(0x20000 + i - 20_000) for i in range(n)]


def many_times_and_once(n, rng):
    """Give about n characters: n/6 different ones six times, in changing orders, and a last one once."""
    chars = many_characters(n // 6)
    return "".join("".join(rng.permutation(chars).tolist()) for _ in range(6)) + "!"


@time("batch")
def test_time_of_a_long_string(measure):
    def run(solution, n, rng):
        s = many_times_and_once(n, rng)
        check.equal(solution.first_non_repeating_char(s), "!")
        check.equal(solution.first_non_repeating_index(s), len(s) - 1)
        pairs = "".join(c + c for c in many_characters(n // 2))
        check.equal(solution.first_non_repeating_char(pairs), None)

    measure.cpu_slope(run)


@time("stream")
def test_time_of_a_long_stream(measure):
    def run(solution, n, rng):
        chars = many_characters(n // 2)
        firsts = solution.first_after_each("".join(chars + chars))
        check.equal(firsts, [chars[0]] * (n // 2) + chars[1:] + [None])

    measure.cpu_slope(run)


@time("graphemes")
def test_time_of_a_long_text_with_marks(measure):
    def run(solution, n, rng):
        chars = many_characters(n // 4)
        one, other = "\u0301\u0323".join(chars[:-1]), "\u0323\u0301".join(chars)
        s = one + "\u0301\u0323" + other
        check.equal(solution.first_non_repeating_grapheme(s), chars[-1])

    measure.cpu_slope(run)


def work(*args):
    return pytest.mark.criterion("work", *args)


def assert_little_is_asked(solution, oracle, measure, keys):
    items = oracle.items([*keys, "last"])
    made = solution.StreamUnique()
    for item in items:
        made.push(item)
        made.first()
    assert made.first() is items[-1]
    measure.comparisons(oracle, at_most=8 * len(items))
    measure.hashes(oracle, at_most=8 * len(items))


@work("front")
def test_items_that_repeat_in_the_same_order(solution, oracle, measure):
    assert_little_is_asked(solution, oracle, measure, [*range(80), *range(80)])


@work("back")
def test_items_that_repeat_in_the_opposite_order(solution, oracle, measure):
    assert_little_is_asked(solution, oracle, measure, [*range(80), *reversed(range(80))])
