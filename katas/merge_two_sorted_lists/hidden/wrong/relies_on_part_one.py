"""
Mistake: part 2 leaves it to part 1 to find a list handed over twice
Fails: errors
Say: Part 1 sees two heads at a time, and by then some links have changed. When are all k heads in view?
Ask: What does "all or nothing" ask of a function that changes what it is given?
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
    heads = list(lists)
    while len(heads) > 1:
        odd = heads[-1:] if len(heads) % 2 else []
        pairs = zip(heads[::2], heads[1::2])
        heads = [merge_two_sorted_lists(a, b) for a, b in pairs] + odd
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


def _refuse_twins(heads):
    """A list that is handed over twice is a ValueError."""
    known = [id(node) for node in heads if node is not None]
    if len(set(known)) < len(known):
        raise ValueError("the same list twice")
