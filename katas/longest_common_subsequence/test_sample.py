"""What the statement shows; run it with `kata test`."""

import pytest
from solution import diff, lcs, lcs_length, patch


@pytest.mark.parametrize(
    ("a", "b", "length"),
    [
        ("abcde", "ace", 3),
        ("abcbdab", "bdcaba", 4),
        ("abc", "xyz", 0),
        ("", "abc", 0),
        ([1, 2, 3, 4], [3, 4, 1, 2], 2),
    ],
)
@pytest.mark.states("Give the length of a longest common subsequence of `a` and `b`.")
def test_how_long(a, b, length):
    assert lcs_length(a, b) == length


@pytest.mark.parametrize(
    ("a", "b", "answers"),
    [
        ("abcde", "ace", ["ace"]),
        ("abcbdab", "bdcaba", ["bcba", "bdab", "bcab"]),
        ("abc", "xyz", [""]),
    ],
)
@pytest.mark.states("Where there are several, any of them will do.")
def test_which_one(a, b, answers):
    assert lcs(a, b) in answers


@pytest.mark.parametrize(
    ("a", "b", "script"),
    [
        ("abc", "adc", [("=", "a"), ("-", "b"), ("+", "d"), ("=", "c")]),
        (["x"], [], [("-", "x")]),
        ([], ["y", "z"], [("+", "y"), ("+", "z")]),
        ([1, 2], [1.0, 3], [("=", 1), ("-", 2), ("+", 3)]),
    ],
)
@pytest.mark.states("gives a script that leads from `a` to `b` with the fewest changes")
def test_from_one_to_the_other(a, b, script):
    assert diff(a, b) == script


@pytest.mark.parametrize(
    ("a", "script", "result"),
    [
        ("abc", [("=", "a"), ("-", "b"), ("+", "d"), ("=", "c")], ["a", "d", "c"]),
        ([7], [("+", 7), ("-", 7)], [7]),
        ([], [], []),
    ],
)
@pytest.mark.states("carries a script out and gives the result as a new list")
def test_carry_it_out(a, script, result):
    assert patch(a, script) == result


@pytest.mark.states("the script ends before `a` does")
def test_a_script_that_does_not_fit_is_refused():
    with pytest.raises(ValueError):
        patch("ab", [("=", "a")])
