"""
Mistake: the first list is merged with the last one, the second with the last but one
Fails: many
Say: You merge the first list with the last. Where do the equal values of the lists between them end up?
Ask: Which pairs may be merged first if ties are to come out right?
"""

from __future__ import annotations

from heapq import heapify, heappop, heapreplace


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


END = object()


def merge_two_sorted_lists(l1, l2):
    _refuse_twins([l1, l2])
    front = tail = ListNode()
    while l1 is not None and l2 is not None:
        if l2.val < l1.val:
            tail.next, l2 = l2, l2.next
        else:
            tail.next, l1 = l1, l1.next
        tail = tail.next
    tail.next = l2 if l1 is None else l1
    return front.next


def merge_k(lists):
    _refuse_twins(lists)
    heads = list(lists)
    while len(heads) > 1:
        half = len(heads) // 2
        pairs = zip(heads[:half], reversed(heads))
        heads = [_join(a, b) for a, b in pairs] + heads[half : len(heads) - half]
    return heads[0] if heads else None


def merge_runs(runs):
    heap = []
    for place, run in enumerate(runs):
        item = next(run, END)
        if item is not END:
            heap.append((item, place))
    heapify(heap)
    while heap:
        item, place = heap[0]
        yield item
        following = next(runs[place], END)
        if following is END:
            heappop(heap)
        else:
            heapreplace(heap, (following, place))


def _join(a, b):
    front = tail = ListNode()
    while a is not None and b is not None:
        if b.val < a.val:
            tail.next, b = b, b.next
        else:
            tail.next, a = a, a.next
        tail = tail.next
    tail.next = b if a is None else a
    return front.next


def _refuse_twins(heads):
    """A list that is handed over twice is a ValueError."""
    known = [id(node) for node in heads if node is not None]
    if len(set(known)) < len(known):
        raise ValueError("the same list twice")
