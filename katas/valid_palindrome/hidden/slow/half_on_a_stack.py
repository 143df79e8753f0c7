"""
Mistake: The kept characters of the first half wait on a stack.
Fails: memory
Say: Half the text waits on your stack, though all of it is still there in s. What could stand for the top of the
  stack?
Ask: When is a stack the right way, because the text can be read only once?
"""

from __future__ import annotations


def is_palindrome(s):
    _refuse_others(s)
    kept = sum(map(str.isalnum, s))
    stack, seen = [], 0
    for c in s:
        if c.isalnum():
            if seen < kept // 2:
                stack.append(c.casefold())
            elif seen >= (kept + 1) // 2 and c.casefold() != stack.pop():
                return False
            seen += 1
    return True


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
