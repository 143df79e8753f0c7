"""
Mistake: It keeps its last answer and starts anew only behind it, among those that came later.
Fails: stream
Say: You keep the answer until it repeats, and then choose the item just pushed. Who has been waiting longer?
Ask: What would you have to keep so that the next answer is known at once?
"""

import unicodedata
from collections import deque


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
        self.answer = None

    def push(self, c):
        if c is None:
            raise ValueError("None is not an item")
        self.times[c] = self.times.get(c, 0) + 1
        if self.answer is None and self.times[c] == 1:
            self.answer = c
        elif self.answer is not None and self.times[self.answer] > 1:
            self.answer = next(
                (item for item in reversed(self.times) if self.times[item] == 1), None
            )

    def first(self):
        return self.answer


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
