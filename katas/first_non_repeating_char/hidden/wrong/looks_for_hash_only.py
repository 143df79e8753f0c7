"""
Mistake: It asks the type for __hash__, and lets a tuple that holds a list through to the queue.
Fails: errors
Say: You ask whether an item has a hash. A tuple has one; does it also have one when it holds a list?
Ask: Why does isinstance(x, Hashable) not tell whether hash(x) works?
"""

import unicodedata
from collections import deque
from collections.abc import Hashable


def first_non_repeating_index(s):
    return _first_of(s)


def first_non_repeating_char(s):
    at = first_non_repeating_index(s)
    return s[at] if at >= 0 else None


def _first_of(items):
    times = {}
    for item in items:
        times[item] = times.get(item, 0) + 1
    for at, item in enumerate(items):
        if times[item] == 1:
            return at
    return -1


class StreamUnique:
    def __init__(self):
        self.times = {}
        self.waiting = deque()

    def push(self, c):
        if c is None:
            raise ValueError("None is not an item")
        if not isinstance(c, Hashable):
            raise TypeError("an item must be hashable")
        self.waiting.append(c)
        self.times[c] = self.times.get(c, 0) + 1

    def first(self):
        while self.waiting and self.times[self.waiting[0]] > 1:
            self.waiting.popleft()
        return self.waiting[0] if self.waiting else None


def first_after_each(items):
    stream = StreamUnique()
    firsts = []
    for item in items:
        stream.push(item)
        firsts.append(stream.first())
    return firsts


def _units(s):
    units = []
    for c in s:
        if units and unicodedata.combining(c):
            units[-1].append(c)
        else:
            units.append([c])
    return ["".join(unit) for unit in units]


def first_non_repeating_grapheme(s):
    units = _units(s)
    at = _first_of([unicodedata.normalize("NFC", unit) for unit in units])
    return units[at] if at >= 0 else None
