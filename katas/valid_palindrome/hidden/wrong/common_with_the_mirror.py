"""
Mistake: The longest stretch that also stands in the mirror image is given.
Fails: longest
Say: Your stretch stands in the text and in its mirror image. Must it stand at the same place in both?
Ask: What would you have to check in addition to make that way right?
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
    mirror = folded[::-1]
    first, most = 0, 0
    before = [0] * (len(mirror) + 1)
    for i, letter in enumerate(folded):
        row = [0] * (len(mirror) + 1)
        for j, other in enumerate(mirror):
            row[j + 1] = before[j] + 1 if letter == other else 0
            if row[j + 1] > most or (row[j + 1] == most and i + 1 - most < first):
                first, most = i + 1 - row[j + 1], row[j + 1]
        before = row
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
