"""
Mistake: equal values come out in the order in which they entered the heap
Fails: many
Say: A counter breaks your ties, so the value that waited longest wins. Is that always the one of the
  earlier list?
Ask: For which use of a heap is first in, first out the right rule for ties?
"""

from __future__ import annotations

from heapq import heapify, heappop, heapreplace
from itertools import count


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
    turn = count()
    heap = [(node.val, next(turn), node) for node in lists if node is not None]
    heapify(heap)
    front = tail = ListNode()
    while heap:
        _, _, tail.next = heap[0]
        tail = tail.next
        if tail.next is None:
            heappop(heap)
        else:
            heapreplace(heap, (tail.next.val, next(turn), tail.next))
    return front.next


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
