"""Another way: one pass that notes positions, and a doubly linked list that anyone can leave at once."""

from __future__ import annotations

from itertools import pairwise
from unicodedata import combining, normalize

GONE = -1


class Node:
    __slots__ = ("after", "before", "item")

    def __init__(self, item=None):
        self.item = item
        self.before = self.after = self


def lonely_positions(items):
    """Give where each unique item stands; a dict keeps the order of first appearance."""
    place = {}
    for at, item in enumerate(items):
        place[item] = GONE if item in place else at
    return (at for at in place.values() if at != GONE)


def first_non_repeating_index(s):
    return next(lonely_positions(s), -1)


def first_non_repeating_char(s):
    return next((s[at] for at in lonely_positions(s)), None)


class StreamUnique:
    def __init__(self):
        self.ring = Node()  # stands before the first and after the last
        self.nodes = {}

    def push(self, c):
        if c is None:
            raise ValueError("None is not an item")
        if c not in self.nodes:
            node = self.nodes[c] = Node(c)
            node.before, node.after = self.ring.before, self.ring
            node.before.after = node.after.before = node
            return
        node = self.nodes[c]
        node.before.after, node.after.before = node.after, node.before
        node.before = node.after = node  # out of the ring; leaving it twice does no harm

    def first(self):
        return self.ring.after.item


def first_after_each(items):
    stream, firsts = StreamUnique(), []
    for item in items:
        stream.push(item)
        firsts.append(stream.first())
    return firsts


def first_non_repeating_grapheme(s):
    starts = [at for at, c in enumerate(s) if at == 0 or combining(c) == 0]
    units = [s[start:end] for start, end in pairwise([*starts, len(s)])]
    keys = [normalize("NFC", unit) for unit in units]
    return next((units[at] for at in lonely_positions(keys)), None)
