"""
Mistake: first() looks up the count of each item from the beginning.
Fails: work
Say: first() begins with the oldest item every time, and hashes each on the way. Which of them need never be
  asked again?
Ask: What is amortised cost, and how can one slow call be paid for by many quick ones?
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
        self.came = []

    def push(self, c):
        if c is None:
            raise ValueError("None is not an item")
        times = self.times.get(c, 0)
        self.times[c] = times + 1
        if times == 0:
            self.came.append(c)

    def first(self):
        for c in self.came:
            if self.times[c] == 1:
                return c
        return None


def first_after_each(items):
    times, waiting, firsts = {}, deque(), []
    for item in items:
        if item is None:
            raise ValueError("None is not an item")
        times[item] = times.get(item, 0) + 1
        if times[item] == 1:
            waiting.append(item)
        while waiting and times[waiting[0]] > 1:
            waiting.popleft()
        firsts.append(waiting[0] if waiting else None)
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
