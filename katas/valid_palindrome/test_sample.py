"""What the statement shows; run it with `kata test`."""

import pytest
from solution import is_almost_palindrome, is_palindrome, longest_palindrome


@pytest.mark.parametrize(
    ("s", "expected"),
    [
        ("A man, a plan, a canal: Panama!", True),
        ("race a car", False),
        ("ab_a", True),
        ("0P", False),
        ("σας", True),
        ("İ", True),
        ("ßs", False),
        (" ... ", True),
    ],
    ids=ascii,
)
def test_the_whole_string(s, expected):
    assert is_palindrome(s) is expected


@pytest.mark.parametrize(
    ("s", "expected"),
    [("abca", True), ("abc", False), ("Madam!", True), ("a-bX-Cd, a", False)],
)
def test_all_but_one(s, expected):
    assert is_almost_palindrome(s) is expected


@pytest.mark.parametrize(
    ("s", "expected"),
    [
        ("He said: Madam, I'm Adam!", "Madam, I'm Adam"),
        ("babad", "bab"),
        ("cbbd", "bb"),
        ("a......a, bcb", "bcb"),
        ("?!", ""),
    ],
)
def test_the_longest_stretch(s, expected):
    assert longest_palindrome(s) == expected


def test_a_lone_surrogate_is_skipped():
    assert is_palindrome("a\ud800ba") is True


@pytest.mark.parametrize("function", [is_palindrome, is_almost_palindrome, longest_palindrome])
@pytest.mark.parametrize("value", [None, 121, ["a", "b", "a"], []], ids=repr)
def test_what_is_not_a_str_is_refused(function, value):
    with pytest.raises(TypeError):
        function(value)
