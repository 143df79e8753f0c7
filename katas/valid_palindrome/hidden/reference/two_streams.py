"""Another way: a stream from each end, and Manacher's radii for the longest stretch."""

from __future__ import annotations


def checked(s):
    if not isinstance(s, str):
        raise TypeError("s is not a str")
    return s


def stream(s, places):
    """Give place and folded text of each kept character."""
    for at in places:
        c = s[at]
        if c.isalnum():
            yield at, c.casefold()


def outermost(s, start, stop):
    """Give the outermost places in start..stop that hold different characters, or None."""
    forward = stream(s, range(start, stop))
    backward = stream(s, range(stop - 1, start - 1, -1))
    for (i, left), (j, right) in zip(forward, backward):
        if i >= j:
            return None
        if left != right:
            return i, j
    return None


def is_palindrome(s):
    return outermost(checked(s), 0, len(s)) is None


def is_almost_palindrome(s):
    found = outermost(checked(s), 0, len(s))
    if found is None:
        return True
    i, j = found
    return outermost(s, i + 1, j + 1) is None or outermost(s, i, j) is None


def longest_palindrome(s):
    kept = list(stream(checked(s), range(len(s))))
    if not kept:
        return ""
    gapped = [None]
    for _, folded in kept:
        gapped += [folded, None]
    spans = radii(gapped)
    most = max(spans)
    first = (spans.index(most) - most) // 2
    return s[kept[first][0] : kept[first + most - 1][0] + 1]


def radii(items):
    """Give for each centre how far the items agree to both sides (Manacher, 1975)."""
    spans = [0] * len(items)
    centre = end = 0
    for at in range(len(items)):
        span = min(end - at, spans[2 * centre - at]) if at < end else 0
        while at - span > 0 and at + span + 1 < len(items):
            if items[at - span - 1] != items[at + span + 1]:
                break
            span += 1
        spans[at] = span
        if at + span > end:
            centre, end = at, at + span
    return spans
