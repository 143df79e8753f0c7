"""
Mistake: Part 3 reads every stretch from its ends, long ones first.
Fails: growth
Say: You read each of the n²/2 stretches from end to end. Which stretches share their middle, and what do you know
  of one when you know another?
Ask: How does the time grow, and what is the worst text for it?
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
    for size in range(len(places), 0, -1):
        for first in range(len(places) - size + 1):
            start, stop = places[first], places[first + size - 1]
            if _closed(s, start, stop):
                return s[start : stop + 1]
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
