"""
Mistake: Elements are numbered, those with a hash in a dict and the others in a list.
Fails: script
Say: A set equals a frozenset, and only one of them has a hash. What numbers do you give to the two?
Ask: What must == and hash have to do with each other for your numbering to be right?
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


def _numbers(*sequences):
    """Number the elements, equal ones alike."""
    known, others, result = {}, [], []
    for sequence in sequences:
        numbers = []
        for x in sequence:
            try:
                number = known.setdefault(x, len(known))
            except TypeError:
                if x not in others:
                    others.append(x)
                number = -1 - others.index(x)
            numbers.append(number)
        result.append(numbers)
    return result


def _pairs(a, b):
    a, b = _numbers(a, b)
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
