"""
Mistake: Part 3 compares every stretch with its mirror image, long ones first.
Fails: growth
Say: A slice and its mirror image look like one step each. How many characters do they copy, and how often?
Ask: How can a line be slow that has no loop in it?
"""

from __future__ import annotations


def is_palindrome(s):
    _refuse_others(s)
    i, j = _meet(s, 0, len(s) - 1)
    return i >= j


def is_almost_palindrome(s):
    _refuse_others(s)
    i, j = _meet(s, 0, len(s) - 1)
    return i >= j or _closed(s, i + 1, j) or _closed(s, i, j - 1)


def _closed(s, i, j):
    i, j = _meet(s, i, j)
    return i >= j


def longest_palindrome(s):
    _refuse_others(s)
    places = [at for at, c in enumerate(s) if c.isalnum()]
    folded = [s[at].casefold() for at in places]
    for size in range(len(folded), 0, -1):
        for first in range(len(folded) - size + 1):
            stretch = folded[first : first + size]
            if stretch == stretch[::-1]:
                return s[places[first] : places[first + size - 1] + 1]
    return ""


def _meet(s, i, j):
    """Walk inwards as long as the kept characters agree; give where it stopped."""
    while i < j:
        if not s[i].isalnum():
            i += 1
        elif not s[j].isalnum():
            j -= 1
        elif s[i].casefold() == s[j].casefold():
            i, j = i + 1, j - 1
        else:
            break
    return i, j


def _refuse_others(s):
    if not isinstance(s, str):
        raise TypeError(f"a str is needed, not {type(s).__name__}")
