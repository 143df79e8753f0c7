"""
Mistake: Skipped characters and capitals count in part 3.
Fails: longest
Say: In part 3 a comma spoils your stretch. What does a palindrome in the sense of part 1 mean here?
Ask: How would you build part 3 so that it cannot disagree with part 1?
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
    first, most = 0, 0
    for centre in range(2 * len(s) - 1):
        left, right = centre // 2, (centre + 1) // 2
        while left >= 0 and right < len(s) and s[left] == s[right]:
            left, right = left - 1, right + 1
        kept = sum(map(str.isalnum, s[left + 1 : right]))
        if kept > most and s[left + 1].isalnum():
            first, most = left + 1, right - left - 1
    return s[first : first + most]


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
