"""A third way: a search that spends one deletion, and all stretches that end at each character."""

from __future__ import annotations


def is_palindrome(s):
    return within(s, 0)


def is_almost_palindrome(s):
    return within(s, 1)


def within(s, most):
    """Whether s is a palindrome when at most so many of its characters are taken out."""
    if not isinstance(s, str):
        raise TypeError(f"not a str: {s!r}")
    waiting = [(0, len(s) - 1, most)]
    while waiting:
        i, j, spare = waiting.pop()
        while True:
            i, j = kept_at(s, i, 1), kept_at(s, j, -1)
            if i >= j:
                return True
            if s[i].casefold() != s[j].casefold():
                break
            i, j = i + 1, j - 1
        if spare:
            waiting += [(i + 1, j, spare - 1), (i, j - 1, spare - 1)]
    return False


def kept_at(s, at, step):
    """Give the first place from `at` on, by that step, where a character is kept."""
    while 0 <= at < len(s) and not s[at].isalnum():
        at += step
    return at


def longest_palindrome(s):
    if not isinstance(s, str):
        raise TypeError(f"not a str: {s!r}")
    places = [at for at in range(len(s)) if s[at].isalnum()]
    folded = [s[at].casefold() for at in places]
    first, last = 0, -1
    starts = []
    for end, letter in enumerate(folded):
        # A palindrome that ends here is one that ended a character earlier, with this one around it.
        starts = [k - 1 for k in (*starts, end) if k > 0 and folded[k - 1] == letter]
        starts.append(end)
        if end - starts[0] > last - first:
            first, last = starts[0], end
    return s[places[first] : places[last] + 1] if places else ""
