"""A third way: those seen once, in an OrderedDict, and a set of those seen again."""

import unicodedata
from collections import OrderedDict


def first_non_repeating_index(s):
    once, again = {}, set()
    for index, c in enumerate(s):
        if c in again:
            continue
        if c in once:
            del once[c]
            again.add(c)
        else:
            once[c] = index
    return next(iter(once.values())) if once else -1


def first_non_repeating_char(s):
    index = first_non_repeating_index(s)
    return s[index] if index >= 0 else None


class StreamUnique:
    def __init__(self):
        self.once = OrderedDict()
        self.again = set()

    def push(self, c):
        if c is None:
            raise ValueError("None cannot be pushed")
        if c in self.again:
            return
        if c in self.once:
            del self.once[c]
            self.again.add(c)
        else:
            self.once[c] = True

    def first(self):
        for c in self.once:
            return c
        return None


def first_after_each(items):
    stream = StreamUnique()

    def step(item):
        stream.push(item)
        return stream.first()

    return [step(item) for item in items]


def first_non_repeating_grapheme(s):
    stream, written, unit = StreamUnique(), {}, ""
    for piece in [*s, ""]:
        if piece and unit and unicodedata.combining(piece):
            unit += piece
            continue
        if unit:
            key = unicodedata.normalize("NFC", unit)
            stream.push(key)
            written[key] = unit
        unit = piece
    return written.get(stream.first())
