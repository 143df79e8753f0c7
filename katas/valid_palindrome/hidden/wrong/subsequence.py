"""
Mistake: The longest palindromic subsequence is given, with gaps.
Fails: longest
Say: Your letters are a palindrome and do not stand side by side in s. Which word of the statement forbids gaps?
Ask: How does the table of the longest palindromic subsequence look, and what does it cost?
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
    kept = [(c, c.casefold()) for c in s if c.isalnum()]
    best = [[""] * (len(kept) + 1) for _ in range(len(kept) + 1)]
    for i in range(len(kept) - 1, -1, -1):
        best[i][i] = kept[i][0]
        for j in range(i + 1, len(kept)):
            if kept[i][1] == kept[j][1]:
                inner = best[i + 1][j - 1] if i + 1 <= j - 1 else ""
                best[i][j] = kept[i][0] + inner + kept[j][0]
            else:
                best[i][j] = max(best[i][j - 1], best[i + 1][j], key=len)
    return best[0][len(kept) - 1] if kept else ""


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
