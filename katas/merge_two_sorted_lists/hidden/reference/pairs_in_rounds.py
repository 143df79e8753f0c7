"""Another way: neighbours are merged in rounds, lists as well as generators, without a heap or a sentinel."""

from __future__ import annotations


class ListNode:
    def __init__(self, val=0, next=None):
        self.val = val
        self.next = next


class Run:
    def __init__(self, read):
        self.read = read

    def __iter__(self):
        return self

    def __next__(self):
        return self.read()


def merge_two_sorted_lists(l1, l2):
    if l1 is not None and l1 is l2:
        raise ValueError("the same list twice")
    return _join(l1, l2)


def merge_k(lists):
    heads = [node for node in lists if node is not None]
    if len(set(heads)) < len(heads):
        raise ValueError("the same list twice")
    return _rounds(heads, _join, nothing=None)


def merge_runs(runs):
    return _rounds([(item for item in run) for run in runs], _interleave, nothing=iter(()))


def _rounds(things, join, nothing):
    """Join neighbours until one thing is left, so that each item takes part in log2(k) rounds."""
    if not things:
        return nothing
    while len(things) > 1:
        odd = things[-1:] if len(things) % 2 else []
        things = [join(a, b) for a, b in zip(things[::2], things[1::2])] + odd
    return things[0]


def _join(a, b):
    if a is None or b is None:
        return a if b is None else b
    head = last = None
    while a is not None and b is not None:
        if a.val <= b.val:
            picked, a = a, a.next
        else:
            picked, b = b, b.next
        if last is None:
            head = picked
        else:
            last.next = picked
        last = picked
    last.next = a if b is None else b
    return head


def _interleave(a, b):
    one, other = _Ahead(a), _Ahead(b)
    while one.more() and other.more():
        yield (one if one.item <= other.item else other).take()
    while one.more():
        yield one.take()
    while other.more():
        yield other.take()


class _Ahead:
    """An iterator of which one item may be looked at before it is taken."""

    def __init__(self, source):
        self.source = source
        self.holds = self.ended = False
        self.item = None

    def more(self):
        """Whether there is an item; reads it if that is not known."""
        if not self.holds and not self.ended:
            for item in self.source:
                self.item, self.holds = item, True
                break
            else:
                self.ended = True
        return self.holds

    def take(self):
        self.holds = False
        item, self.item = self.item, None
        return item
