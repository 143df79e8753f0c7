"""
Mistake: The counting is done by countOf, taken from the C module.
Fails: rules
Say: The counting is done by countOf, which this kata forbids. What does it do for each element, and how
  often do you ask it?
Ask: What does it cost to count each element of n by itself?
"""

import unicodedata
from _operator import countOf
from collections import deque


def _counted(items):
    return {item: countOf(items, item) for item in items}


def first_non_repeating_index(s):
    return _first_of(s)


def first_non_repeating_char(s):
    at = first_non_repeating_index(s)
    return s[at] if at >= 0 else None


def _first_of(items):
    times = _counted(items)
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
        times = self.times.get(c, 0)
        self.times[c] = times + 1
        if times == 0:
            self.waiting.append(c)

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
