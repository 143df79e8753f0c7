"""
Mistake: difflib compares both sides of each middle.
Fails: rules
Say: Both sides of a middle are compared by difflib, which this kata forbids. How many pairs do you have to compare
  by hand before you know?
Ask: What is a sequence matcher for, and what does it cost in the worst case?
"""

from __future__ import annotations

import difflib


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
    found = [_around(folded, k, k + gap) for k in range(len(folded)) for gap in (0, 1)]
    most = max((size for _, size in found), default=0)
    first = min((first for first, size in found if size == most), default=0)
    return s[places[first] : places[first + most - 1] + 1] if most else ""


def _around(folded, k, after):
    """Let the matcher say how far both sides of a middle agree."""
    left, right = folded[:k][::-1], folded[after:]
    size = next(
        (
            b.size
            for b in difflib.SequenceMatcher(None, left, right, False).get_matching_blocks()
            if b.a == b.b == 0
        ),
        0,
    )
    return k - size, 2 * size + after - k


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
