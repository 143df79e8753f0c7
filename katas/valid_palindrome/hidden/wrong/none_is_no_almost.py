"""
Mistake: Part 2 says no to a text that is a palindrome as it stands.
Fails: almost
Say: At most one: which numbers does that include?
Ask: How do at most, at least and exactly read in a specification, and which one is tested least?
"""

from __future__ import annotations


def is_palindrome(s):
    _refuse_others(s)
    i, j = _meet(s, 0, len(s) - 1)
    return i >= j


def is_almost_palindrome(s):
    _refuse_others(s)
    i, j = _meet(s, 0, len(s) - 1)
    return i < j and (_closed(s, i + 1, j) or _closed(s, i, j - 1))


def _closed(s, i, j):
    i, j = _meet(s, i, j)
    return i >= j


def longest_palindrome(s):
    _refuse_others(s)
    places = [at for at, c in enumerate(s) if c.isalnum()]
    folded = [s[at].casefold() for at in places]
    first, most = 0, 0
    for centre in range(2 * len(folded) - 1):
        left, right = centre // 2, (centre + 1) // 2
        while left >= 0 and right < len(folded) and folded[left] == folded[right]:
            left, right = left - 1, right + 1
        if right - left - 1 > most:
            first, most = left + 1, right - left - 1
    return s[places[first] : places[first + most - 1] + 1] if most else ""


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
