"""Count first, look second; in the stream, whoever repeats leaves the queue when it reaches the front."""

from __future__ import annotations

import unicodedata
from collections import deque


def first_non_repeating_index(s):
    return _first_of(s)


def first_non_repeating_char(s):
    at = _first_of(s)
    return None if at < 0 else s[at]


def _first_of(items):
    """Give the index of the first item that occurs once, or -1."""
    times = {}
    for item in items:
        times[item] = times.get(item, 0) + 1
    for at, item in enumerate(items):
        if times[item] == 1:
            return at
    return -1


class StreamUnique:
    def __init__(self):
        self._times = {}
        self._waiting = deque()

    def push(self, c):
        if c is None:
            raise ValueError("None stands for no item")
        times = self._times.get(c, 0)  # the one line that raises for c; nothing has changed yet
        self._times[c] = times + 1
        if times == 0:
            self._waiting.append(c)

    def first(self):
        while self._waiting and self._times[self._waiting[0]] > 1:
            self._waiting.popleft()
        return self._waiting[0] if self._waiting else None


def first_after_each(items):
    stream = StreamUnique()
    firsts = []
    for item in items:
        stream.push(item)
        firsts.append(stream.first())
    return firsts


def first_non_repeating_grapheme(s):
    units = []
    for c in s:
        if units and unicodedata.combining(c):
            units[-1].append(c)
        else:
            units.append([c])
    written = ["".join(unit) for unit in units]
    at = _first_of([unicodedata.normalize("NFC", unit) for unit in written])
    return None if at < 0 else written[at]
