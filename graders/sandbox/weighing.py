"""
How large a value is once everything it shares is written out.

A few containers that hold one another twice each stand for millions; comparing
two of those, or sorting them, would keep the judge in C for ever.
"""

from __future__ import annotations

from typing import Any

from graders.sandbox import tags

_CONTAINERS = frozenset(
    {
        tags.LIST,
        tags.DICT,
        tags.SET,
        tags.DEQUE,
        tags.COUNTER,
        tags.TUPLE,
        tags.FROZENSET,
        tags.KEPT_DICT,
    }
)


def expands_beyond(cells: list[Any], most: int) -> bool:
    """Whether one of the cells stands for more than so many; a circle counts once."""
    weights: dict[int, int] = {}  # 0 while its members are weighed, and so in a circle
    for start in range(len(cells)):
        stack = [start]
        while stack:
            index = stack[-1]
            if weights.get(index):
                stack.pop()
                continue
            inner = _references(cells[index])
            waiting = [member for member in inner if member not in weights]
            if waiting:
                weights[index] = 0
                stack.extend(waiting)
                continue
            stack.pop()
            weights[index] = 1 + sum(weights[member] for member in inner)
            if weights[index] > most:
                return True
    return False


def _references(cell: list[Any]) -> list[int]:
    """Give the cells that a container's cell refers to, as often as it does."""
    if cell[0] not in _CONTAINERS:
        return []
    return [
        item[0]
        for part in cell[1:3]
        if type(part) is list
        for item in part
        if type(item) is list and len(item) == 1 and item[0] >= 0
    ]
