"""Fixed cases first, then random ones, then laws, then cost."""

import pytest
from graders.testing import check
from oracle import almost, longest, mirrored, palindrome, sprinkled, words

states = pytest.mark.states
# Characters that are skipped, none of which joins the one before in NFC.
SKIPPED = [" ", ",", "_", "-", "\t", "\n", "\u00a0", "\u2014", "\U0001f600", "\u20dd", "\u24b6"]


def exact(*args):
    return pytest.mark.criterion("exact", *args)


def assert_exact(solution, s, expected):
    check.equal(solution.is_palindrome(s), expected)


@exact("plain")
@pytest.mark.parametrize("s", ["aba", "abba", "level", "noon", "abcdcba", "abccba", "aa"])
def test_the_same_from_both_ends(solution, s):
    assert_exact(solution, s, True)


@exact("plain")
@pytest.mark.parametrize("s", ["ab", "aab", "abb", "baa", "abc", "abcab", "abab"])
def test_ends_that_differ(solution, s):
    assert_exact(solution, s, False)


@exact("plain")
@pytest.mark.parametrize("s", ["abca", "abcdba", "abcdeba", "abcdecba", "aabcaa", "abcdefdcba"])
def test_a_middle_that_differs(solution, s):
    assert_exact(solution, s, False)


@exact("case")
@pytest.mark.parametrize(
    ("s", "expected"), [("Aba", True), ("abBA", True), ("Noon", True), ("Ab", False)]
)
def test_capital_and_small_letters(solution, s, expected):
    assert_exact(solution, s, expected)


@exact("skipped")
@pytest.mark.parametrize("s", ["a ba", "nurses run", " aba", "aba  ", "  a  b  b a"])
def test_spaces_are_skipped(solution, s):
    assert_exact(solution, s, True)


@exact("skipped")
@pytest.mark.parametrize(
    "s", ["ab,a", "a.b.b..a", "'aba", "aba!", "?!ab-ba", "(a)ba", "a: b, a;", "a$ba", "ab|a"]
)
def test_punctuation_is_skipped(solution, s):
    assert_exact(solution, s, True)


@exact("skipped")
@pytest.mark.parametrize("s", ["ab_a", "_aba", "__init__tini"])
def test_the_underscore_is_skipped(solution, s):
    assert_exact(solution, s, True)


@exact("skipped")
@pytest.mark.parametrize(
    "s",
    ["a\tba", "ab\n\na", "a\u00a0ba", "ab\u2014a", "\u00ababa", "ab\U0001f600a", "ab\u24b6a"],
    ids=ascii,
)
@states("All others are skipped, as if they were not there")
def test_other_characters_are_skipped(solution, s):
    assert_exact(solution, s, True)


@exact("skipped")
@pytest.mark.parametrize("s", ["race a car", "a, b", ".a-b_", "ab ,a ,c"])
def test_what_is_kept_must_agree(solution, s):
    assert_exact(solution, s, False)


@exact("digits")
@pytest.mark.parametrize(
    ("s", "expected"), [("12321", True), ("0P", False), ("1a2", False), ("1aba", False)]
)
def test_digits_are_kept(solution, s, expected):
    assert_exact(solution, s, expected)


@exact("digits")
@pytest.mark.parametrize("s", ["a\u0663", "a\u00bda\u00b2", "a\u2167ba", "\u2460aa"], ids=ascii)
@states("A character `c` is *kept* when `c.isalnum()` is true.")
def test_other_numbers_are_kept(solution, s):
    assert_exact(solution, s, False)


@exact("digits")
@pytest.mark.parametrize("s", ["\u00b2a2", "\u06631\u0033", "\u2460a1"], ids=ascii)
@states('`"²"` is not `"2"`')
def test_numbers_of_another_look_differ(solution, s):
    assert_exact(solution, s, False)


@exact("folding")
@pytest.mark.parametrize(
    "s",
    ["\u03c3\u03b1\u03c2", "\u017fas", "\u00b5a\u03bc", "\u03d0x\u03b2", "\u13a0\uab70"],
    ids=ascii,
)
@states("Two kept characters are *the same* when their `casefold()` is the same text.")
def test_folding_goes_further_than_small_letters(solution, s):
    assert_exact(solution, s, True)


@exact("folding")
@pytest.mark.parametrize("s", ["\u0131ai", "\u0131I", "\u0251x\u03b1"], ids=ascii)
def test_folding_goes_no_further(solution, s):
    assert_exact(solution, s, False)


@exact("wide")
@pytest.mark.parametrize(
    "s", ["\u0130a\u0130", "\u1e9ea\u00df", "a\ufb01a", "\u00df\u1e9e", "\u01f0"], ids=ascii
)
@states("it stays one character, even where folding makes two letters of it")
def test_a_folded_character_stays_one(solution, s):
    assert_exact(solution, s, True)


@exact("wide")
@pytest.mark.parametrize("s", ["\u00dfs", "\u0130i", "\ufb01f", "ss\u00df", "a\u00dfsa"], ids=ascii)
@states("Fold each character by itself")
def test_a_folded_character_is_not_its_letters(solution, s):
    assert_exact(solution, s, False)


@exact("marks")
@pytest.mark.parametrize(
    "s", ["q\u0307aq", "ab\u20dda", "\u0915\u093f\u0915", "a\u0345ba"], ids=ascii
)
@states("accents that stand as characters of their own.")
def test_marks_are_skipped(solution, s):
    assert_exact(solution, s, True)


@exact("marks")
@pytest.mark.parametrize(
    ("s", "expected"), [("\u00e9ae", False), ("\u00e9a\u00c9", True), ("\u00e0b\u00e1", False)]
)
@states('`"é"` is not `"e"`')
def test_a_composed_accent_belongs_to_its_letter(solution, s, expected):
    assert_exact(solution, s, expected)


@exact("marks")
@pytest.mark.parametrize(
    ("s", "expected"),
    [("\u65e5\u672c\u65e5", True), ("\u65e5\u672c", False), ("\U00020000a\U00020001", False)],
    ids=ascii,
)
def test_letters_beyond_latin(solution, s, expected):
    assert_exact(solution, s, expected)


@exact("long")
def test_a_long_text(solution):
    assert_exact(solution, "ab, " * 800 + "a", True)
    assert_exact(solution, "ab, " * 400 + "b" + "ab, " * 400 + "a", False)


@exact("random")
def test_random_texts(solution, rng):
    for alphabet in ("ab", "aAb ,_1", "s\u017f\u00df\u1e9e-", "\u0130i\u0131I \u03c3\u03c2"):
        for s in words(rng, alphabet, [2, 2, 3, 3, 4, 4, 5, 6, 7, 9]):
            assert_exact(solution, s, palindrome(s))


@exact("random")
def test_random_palindromes(solution, rng):
    for size in (2, 3, 4, 5, 8, 13, 30, 61):
        s = sprinkled(rng, mirrored(rng, "abcAB12\u00e9\u00df", size), SKIPPED, 6)
        assert_exact(solution, s, True)


def nearly(*args):
    return pytest.mark.criterion("almost", *args)


def assert_almost(solution, s, expected):
    check.equal(solution.is_almost_palindrome(s), expected)


@nearly("none")
@pytest.mark.parametrize("s", ["aba", "abba", "Madam!", "A man, a plan, a canal: Panama!"])
@states("You may take out none.")
def test_nothing_has_to_go(solution, s):
    assert_almost(solution, s, True)


@nearly("left")
@pytest.mark.parametrize("s", ["xaba", "axbba", "abxcdcba", "abcxddcba", "ab"])
def test_one_too_many_in_front(solution, s):
    assert_almost(solution, s, True)


@nearly("right")
@pytest.mark.parametrize("s", ["abax", "abbxa", "abcdcxba", "abcddxcba"])
def test_one_too_many_behind(solution, s):
    assert_almost(solution, s, True)


@nearly("either")
@pytest.mark.parametrize("s", ["abbab", "abcbab", "baaba"])
def test_the_left_one_looks_right_at_first(solution, s):
    assert_almost(solution, s, True)


@nearly("either")
@pytest.mark.parametrize("s", ["abaab", "abacab", "babba"])
def test_the_right_one_looks_right_at_first(solution, s):
    assert_almost(solution, s, True)


@nearly("two")
@pytest.mark.parametrize("s", ["abc", "abcda", "axbya", "xabay", "axybccba"])
def test_two_would_have_to_go(solution, s):
    assert_almost(solution, s, False)


@nearly("two")
@pytest.mark.parametrize("s", ["abcxdba", "axbcya", "axcycba"])
@states("none is replaced.")
def test_one_is_taken_out_and_not_replaced(solution, s):
    assert_almost(solution, s, almost(s))


@nearly("two")
@pytest.mark.parametrize("s", ["aabb", "abab cc", "aabbc"])
def test_the_order_counts(solution, s):
    assert_almost(solution, s, False)


@nearly("skipped")
@pytest.mark.parametrize("s", ["a, b - c; a", "ab-x-a", "a _b!b x a", ",xa.b--a", "a-x, b!a"])
def test_skipped_characters_cost_nothing(solution, s):
    assert_almost(solution, s, True)


@nearly("skipped")
@pytest.mark.parametrize("s", ["aXbBa", "abcdCxBA", "x\u03c3b\u03c2", "0xbB0"], ids=ascii)
def test_letters_in_two_cases(solution, s):
    assert_almost(solution, s, True)


@nearly("skipped")
@pytest.mark.parametrize("s", ["1ab2", "12ab", "a-bX-Cd, a"])
def test_digits_count_here_too(solution, s):
    assert_almost(solution, s, False)


@nearly("wide")
@pytest.mark.parametrize(
    ("s", "expected"),
    [("\u00dfaba", True), ("ab\ufb01a", True), ("\u00dfabas", False), ("\u0130xaai", False)],
    ids=ascii,
)
def test_a_character_that_folding_makes_longer(solution, s, expected):
    assert_almost(solution, s, expected)


@nearly("random")
def test_all_but_one_of_random_texts(solution, rng):
    for alphabet in ("ab", "abc", "abA ,"):
        for s in words(rng, alphabet, [3, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 12]):
            assert_almost(solution, s, almost(s))


def stretch(*args):
    return pytest.mark.criterion("longest", *args)


def assert_longest(solution, s, expected):
    check.equal(solution.longest_palindrome(s), expected)


@stretch("odd")
@pytest.mark.parametrize(
    ("s", "expected"), [("xaby1ybz", "by1yb"), ("cabac", "cabac"), ("xabay", "aba")]
)
def test_a_stretch_around_a_character(solution, s, expected):
    assert_longest(solution, s, expected)


@stretch("even")
@pytest.mark.parametrize(
    ("s", "expected"), [("cbbd", "bb"), ("xabbay", "abba"), ("xaaaay", "aaaa")]
)
def test_a_stretch_around_a_gap(solution, s, expected):
    assert_longest(solution, s, expected)


@stretch("whole")
@pytest.mark.parametrize("s", ["noon", "level", "aa", "aaa", "Never odd or even"])
def test_the_whole_text(solution, s):
    assert_longest(solution, s, s)


@stretch("whole")
@pytest.mark.parametrize(("s", "expected"), [("abbax", "abba"), ("abax", "aba"), ("aab", "aa")])
def test_a_stretch_in_front(solution, s, expected):
    assert_longest(solution, s, expected)


@stretch("whole")
@pytest.mark.parametrize(("s", "expected"), [("xabba", "abba"), ("xaba", "aba"), ("baa", "aa")])
def test_a_stretch_at_the_back(solution, s, expected):
    assert_longest(solution, s, expected)


@stretch("first")
@pytest.mark.parametrize(
    ("s", "expected"),
    [("babad", "bab"), ("aabb", "aa"), ("abc", "a"), ("abaxcdc", "aba"), ("xaaybbzcc", "aa")],
)
@states("Of several longest ones give the one that begins first.")
def test_the_first_of_several(solution, s, expected):
    assert_longest(solution, s, expected)


@stretch("first")
@pytest.mark.parametrize(
    ("s", "expected"), [("aaxbbb", "bbb"), ("abaxcddc", "cddc"), ("bxaa", "aa")]
)
def test_a_longer_one_comes_later(solution, s, expected):
    assert_longest(solution, s, expected)


@stretch("gap")
@pytest.mark.parametrize(
    ("s", "expected"), [("abacdfgdcaba", "aba"), ("abcxcbya", "bcxcb"), ("abcda", "a")]
)
@states("A *stretch* is a part of `s` without gaps")
def test_a_stretch_has_no_gaps(solution, s, expected):
    assert_longest(solution, s, expected)


@stretch("skipped")
@pytest.mark.parametrize(
    ("s", "expected"),
    [("-a, b a!", "a, b a"), ("x: a..a", "a..a"), ("He said: Madam, I'm Adam!", "Madam, I'm Adam")],
)
@states("just as it stands in `s`, with all that is skipped inside.")
def test_what_is_skipped_inside_stays(solution, s, expected):
    assert_longest(solution, s, expected)


@stretch("skipped")
@pytest.mark.parametrize(
    ("s", "expected"), [("  aba", "aba"), ("aba...", "aba"), ("(x) [a_a] (y)", "a_a"), ("!a?", "a")]
)
@states("begins and ends with a kept character.")
def test_what_is_skipped_around_goes(solution, s, expected):
    assert_longest(solution, s, expected)


@stretch("skipped")
@pytest.mark.parametrize(
    ("s", "expected"), [("a......a, bcb", "bcb"), ("a---a b_b", "a---a"), ("a a-b--b", "a a")]
)
@states("Its length is the number of its kept characters.")
def test_length_is_what_is_kept(solution, s, expected):
    assert_longest(solution, s, expected)


@stretch("folding")
@pytest.mark.parametrize(
    ("s", "expected"),
    [
        ("xAbBay", "AbBa"),
        ("x\u03c3\u03b1\u03c2y", "\u03c3\u03b1\u03c2"),
        ("b\u00dfa\u1e9ec", "\u00dfa\u1e9e"),
        ("\u00dfsx\u0130i", "\u00df"),
        ("12a3a4", "a3a"),
    ],
    ids=ascii,
)
def test_letters_that_are_the_same(solution, s, expected):
    assert_longest(solution, s, expected)


@stretch("random")
def test_the_longest_of_random_texts(solution, rng):
    for alphabet in ("ab", "abc", "abA ,_"):
        for s in words(rng, alphabet, [2, 3, 4, 5, 6, 7, 8, 10, 12, 15]):
            assert_longest(solution, s, longest(s))


def edges(*args):
    return pytest.mark.criterion("edges", *args)


@edges("nothing")
@pytest.mark.parametrize("s", ["", " ", "_", " ... ", "?!", "-\u20dd", "\U0001f600\n"], ids=ascii)
@states("A string without kept characters is a palindrome.")
def test_a_text_in_which_nothing_is_kept(solution, s):
    assert_exact(solution, s, True)


@edges("nothing")
@pytest.mark.parametrize("s", ["", "_", "?!"])
def test_nothing_kept_is_almost_one_too(solution, s):
    assert_almost(solution, s, True)


@edges("nothing")
@pytest.mark.parametrize("s", ["", "_", "?!", " \t "])
@states('Where nothing is kept, give `""`.')
def test_no_stretch(solution, s):
    assert_longest(solution, s, "")


@edges("single")
@pytest.mark.parametrize("c", ["a", "Z", "7", "\u0130", "\ufb03", "\u65e5"], ids=ascii)
def test_a_single_character(solution, c):
    for s in (c, f"-{c}", f"{c} ", f"..{c},"):
        assert_exact(solution, s, True)
        assert_almost(solution, s, True)
        assert_longest(solution, s, c)


@edges("surrogates")
@pytest.mark.parametrize(
    ("s", "expected"),
    [("\ud800", True), ("a\ud800ba", True), ("\udc00ab", False), ("\ud83d\ude00", True)],
    ids=ascii,
)
@states("They are not kept, and no reason to raise.")
def test_lone_surrogates(solution, s, expected):
    assert_exact(solution, s, expected)
    assert_almost(solution, s, True)
    assert_longest(solution, s, longest(s))


@edges("types")
@pytest.mark.parametrize("name", ["is_palindrome", "is_almost_palindrome", "longest_palindrome"])
@pytest.mark.parametrize("value", [None, 121, b"aba", ["a", "b", "a"], ("a",)], ids=repr)
@states("All three functions raise `TypeError` when `s` is not a `str`")
def test_what_is_not_a_str(solution, name, value):
    with pytest.raises(TypeError):
        getattr(solution, name)(value)


@edges("types")
@pytest.mark.parametrize("name", ["is_palindrome", "is_almost_palindrome", "longest_palindrome"])
@pytest.mark.parametrize("value", [[], b"", (), 0, False], ids=repr)
@states("be it empty or not.")
def test_what_is_not_a_str_and_empty(solution, name, value):
    with pytest.raises(TypeError):
        getattr(solution, name)(value)


def laws(*args):
    return pytest.mark.criterion("laws", *args)


@laws("mirror")
def test_a_text_and_its_mirror_image(solution, rng):
    for s in words(rng, "abC12 _-\u00df\u0130", [1, 2, 3, 5, 9, 20]):
        assert_exact(solution, s + s[::-1], True)
        assert_exact(solution, "x" + s + s[::-1] + "y", False)


@laws("skipped")
def test_skipped_characters_change_no_verdict(solution, rng):
    for s in words(rng, "abB", [2, 3, 3, 4, 5, 6]):
        mixed = sprinkled(rng, s, SKIPPED, 5)
        check.equal(solution.is_palindrome(mixed), palindrome(s))
        check.equal(solution.is_almost_palindrome(mixed), almost(s))


@laws("changed")
def test_one_of_a_pair_changed(solution, rng):
    for size in (2, 3, 4, 7, 8, 15, 30):
        s = mirrored(rng, "abcd12", size)
        at = int(rng.integers(0, size // 2))
        for i in (at, size - 1 - at):
            assert_exact(solution, s[:i] + "z" + s[i + 1 :], False)


@laws("more")
def test_one_character_more_is_forgiven(solution, rng):
    for size in (1, 2, 3, 4, 5, 8, 9, 14, 21):
        s = mirrored(rng, "abc", size)
        at = int(rng.integers(0, size + 1))
        assert_almost(solution, s[:at] + "abz"[size % 3] + s[at:], True)
        assert_almost(solution, "xx" + s + "yy", False)


@laws("stretch")
def test_the_longest_stretch_is_a_palindrome(solution, rng):
    for s in words(rng, "abcB ,", [4, 6, 8, 10, 12, 16]):
        found = solution.longest_palindrome(s)
        assert found in s
        assert_exact(solution, found, True)
        check.equal(solution.is_palindrome(s), found == s.strip(" ,"))


def memory(*args):
    return pytest.mark.criterion("memory", *args)


# One of these makes each character of a string take four bytes, in the copies too.
WIDE = "\U00020000"


def half_of(n, rng):
    """Give about n // 2 letters, wide ones at both ends and in between."""
    piece = WIDE + "".join(rng.choice(list("abcdefgh,"), 998).tolist()) + WIDE
    return piece * (n // 2000)


@memory("exact")
@states(
    "O(1) extra space: no cleaned copy of the text, no reversed copy, no copy of a half, no list of places."
)
def test_part_one_makes_no_copy(measure):
    def arguments(n, rng):
        half = half_of(n, rng)
        return (half + half[::-1],)

    measure.peak_memory(
        "is_palindrome", arguments, lambda result, n: check.equal(result.fetch(), True)
    )


@memory("exact")
@states("`s` has 0 to 1 000 000 characters in parts 1 and 2")
def test_part_one_makes_no_copy_of_plain_ascii(measure):
    def arguments(n, rng):
        half = "".join(rng.choice(list("abcdefgh,"), 1000).tolist()) * (n * 5 // 6000)
        return (half + half[::-1],)

    measure.peak_memory(
        "is_palindrome", arguments, lambda result, n: check.equal(result.fetch(), True)
    )


@memory("almost")
@pytest.mark.parametrize("side", ["front", "back"])
def test_part_two_makes_no_copy(measure, side):
    def arguments(n, rng):
        half = half_of(n, rng)
        whole = half + half[::-1]
        at = {"front": 1, "back": len(whole) - 1}[side]
        return (whole[:at] + "x" + whole[at:],)

    measure.peak_memory(
        "is_almost_palindrome", arguments, lambda result, n: check.equal(result.fetch(), True)
    )


def time(*args):
    return pytest.mark.criterion("time", *args)


@time("exact")
def test_time_of_part_one(measure):
    def run(solution, n, rng):
        half = "".join(rng.choice(list("abcd,"), n // 4).tolist())
        assert_exact(solution, half + "-" * (n // 2) + "z" + half[::-1], True)

    measure.cpu_slope(run)


@time("almost")
def test_time_of_part_two(measure):
    def run(solution, n, rng):
        part = "".join(rng.choice(list("abcd,"), n // 4).tolist())
        half = part + "a" * (n // 4)
        assert_almost(solution, half + half[::-1], True)
        assert_almost(solution, half + "xa" + half[::-1], True)
        assert_almost(solution, half + "xaay" + half[::-1], False)

    measure.cpu_slope(run)


@pytest.mark.criterion("growth", "blocks")
@states("Part 3 takes at most n² steps.")
def test_growth_of_part_three(measure):
    def run(solution, n, rng):
        block = "a" * (n // 2)
        assert_longest(solution, block + "bc" + block, block)
        assert_longest(solution, block + "," + block, block + "," + block)

    measure.cpu_slope(run)
