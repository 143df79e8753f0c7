"""
Mistake: push searches the list of those that wait for the item that came again.
Fails: work
Say: remove looks for the item from the front of the list. Must it be found at once, or may it leave when it
  gets there?
Ask: What would you have to remember about an item to take it out of a linked list without a search?
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
        self.waiting = []

    def push(self, c):
        if c is None:
            raise ValueError("None is not an item")
        times = self.times.get(c, 0)
        self.times[c] = times + 1
        if times == 0:
            self.waiting.append(c)
        elif times == 1:
            self.waiting.remove(c)

    def first(self):
        return self.waiting[0] if self.waiting else None


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
