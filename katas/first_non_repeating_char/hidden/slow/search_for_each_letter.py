"""
Mistake: Each different character is searched from the front and from the back.
Fails: time
Say: One search a character is cheap while there are few of them. How many different ones can a long string hold?
Ask: What does find do inside, and how many steps is that for half as many characters as the string is long?
"""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Hashable, Iterable


def first_non_repeating_index(s: str) -> int:
    """Give the index of the first character that occurs exactly once in s, or -1."""
    for c in dict.fromkeys(s):
        i = s.find(c)
        if s.rfind(c) == i:
            return i
    return -1


def first_non_repeating_char(s: str) -> str | None:
    """Give the first character that occurs exactly once in s, or None."""
    i = first_non_repeating_index(s)
    return None if i < 0 else s[i]


class StreamUnique:
    """Items come one by one; the first that came only once can be had at any time."""

    def __init__(self) -> None:
        """Begin with no items."""
        self._cells: dict[Hashable, list] = {}
        self._queue: deque[list] = deque()

    def push(self, c: Hashable) -> None:
        """Add an item; None is a ValueError, and one that cannot be hashed a TypeError."""
        if c is None:
            raise ValueError("None is no item")
        cell = [c, True]
        known = self._cells.setdefault(c, cell)
        if known is cell:
            self._queue.append(cell)
        else:
            known[1] = False

    def first(self) -> Hashable | None:
        """Give the first item pushed exactly once so far, or None."""
        while self._queue and not self._queue[0][1]:
            self._queue.popleft()
        return self._queue[0][0] if self._queue else None


def first_after_each(items: Iterable[Hashable]) -> list[Hashable | None]:
    """Give what first() says right after each of the items has been pushed."""
    stream = StreamUnique()
    said = []
    for item in items:
        stream.push(item)
        said.append(stream.first())
    return said


def _units(s: str) -> list[str]:
    """Cut s into characters with the marks that follow them."""
    starts = [i for i, c in enumerate(s) if i == 0 or unicodedata.combining(c) == 0]
    return [s[a:b] for a, b in zip(starts, starts[1:] + [len(s)])]


def first_non_repeating_grapheme(s: str) -> str | None:
    """Give the first unit (a character with its marks) that occurs exactly once in s, or None."""
    units = _units(s)
    keys = [unicodedata.normalize("NFC", unit) for unit in units]
    tally: dict[str, int] = {}
    for key in keys:
        tally[key] = tally.get(key, 0) + 1
    for unit, key in zip(units, keys):
        if tally[key] == 1:
            return unit
    return None
