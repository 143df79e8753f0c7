"""
Mistake: It has operator.methodcaller ask strings and lists for the number of each element.
Fails: time
Say: The counting is left to a function that looks through everything, once for each element. How often does
  each element get looked at?
Ask: For which alphabets would one search a letter be quick enough?
"""

import operator
import unicodedata
from collections import deque


def _how_often(items, item):
    return operator.methodcaller("count", item)(items)


def first_non_repeating_index(s):
    return _first_of(s)


def first_non_repeating_char(s):
    at = first_non_repeating_index(s)
    return s[at] if at >= 0 else None


def _first_of(items):
    return next((at for at, item in enumerate(items) if _how_often(items, item) == 1), -1)


class StreamUnique:
    def __init__(self):
        self.came = []

    def push(self, c):
        if c is None:
            raise ValueError("None is not an item")
        hash(c)
        self.came.append(c)

    def first(self):
        at = _first_of(self.came)
        return self.came[at] if at >= 0 else None


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
