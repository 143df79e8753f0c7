"""
Mistake: A script without changes gives the very list that came in.
Fails: patch
Say: What does the caller see in a after changing the result of your patch? The statement asks for a new list.
Ask: Which functions of Python's lists give a new list, and which the same?
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any


def lcs_length(a: Sequence[Any], b: Sequence[Any]) -> int:
    """Give the length of a longest common subsequence, in room for a few rows of the shorter one."""
    longer, shorter = (a, b) if len(a) >= len(b) else (b, a)
    row = [0] * (len(shorter) + 1)
    for x in longer:
        diagonal = 0
        for j, y in enumerate(shorter, 1):
            above = row[j]
            if x == y:
                row[j] = diagonal + 1
            elif row[j - 1] > above:
                row[j] = row[j - 1]
            diagonal = above
    return row[-1]


def _suffix_table(a, b):
    """Row i, column j: the length for a[i:] and b[j:]."""
    n = len(b)
    table = [array("i", [0]) * (n + 1)]
    for x in reversed(a):
        below = table[-1]
        row = array("i", [0]) * (n + 1)
        right = 0
        for j in range(n - 1, -1, -1):
            if x == b[j]:
                right = below[j + 1] + 1
            elif below[j] > right:
                right = below[j]
            row[j] = right
        table.append(row)
    table.reverse()
    return table


def _pairs(a, b):
    table = _suffix_table(a, b)
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            yield i, j
            i += 1
            j += 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1


def lcs(a: str, b: str) -> str:
    """Give a longest common subsequence."""
    return "".join([a[i] for i, _ in _pairs(a, b)])


def diff(a: Sequence[Any], b: Sequence[Any]) -> list[tuple[str, Any]]:
    """Give a shortest script of ("=", x), ("-", x) and ("+", x) that leads from a to b."""
    script: list[tuple[str, Any]] = []
    at_a = at_b = 0
    for i, j in _pairs(a, b):
        script += [("-", x) for x in a[at_a:i]]
        script += [("+", x) for x in b[at_b:j]]
        script.append(("=", a[i]))
        at_a, at_b = i + 1, j + 1
    script += [("-", x) for x in a[at_a:]]
    script += [("+", x) for x in b[at_b:]]
    return script


def patch(a: Sequence[Any], script: list[tuple[str, Any]]) -> list[Any]:
    """Carry the script out; a script that does not fit is a ValueError."""
    if isinstance(a, list) and script == [("=", x) for x in a]:
        return a
    result = []
    at = 0
    for mark, x in script:
        if mark == "+":
            result.append(x)
            continue
        if mark not in ("=", "-"):
            raise ValueError(f"unknown mark {mark!r}")
        if at == len(a) or a[at] != x:
            raise ValueError(f"the script does not fit at element {at}")
        if mark == "=":
            result.append(a[at])
        at += 1
    if at < len(a):
        raise ValueError("the script ends too early")
    return result
