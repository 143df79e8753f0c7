"""
Mistake: It deletes from a plain dict and asks next(iter(d)), which walks over the gaps that deletion leaves.
Fails: time
Say: Deleting from a dict is quick, and so is asking for its first key; together they are not. What does a
  dict leave where a key has been deleted, and who walks over it?
Ask: OrderedDict has the same operations. Why is it not slow here?
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
        self.once = {}
        self.again = set()

    def push(self, c):
        if c is None:
            raise ValueError("None is not an item")
        if c in self.again:
            return
        if c in self.once:
            del self.once[c]
            self.again.add(c)
        else:
            self.once[c] = True

    def first(self):
        return next(iter(self.once), None)


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
