"""
Mistake: the recursion limit is raised for a recursive merge
Fails: rules
Say: The recursion limit is there for a reason, and the kata forbids to raise it. How would a loop remember
  what a waiting call remembers?
Ask: What does a waiting call cost, and what does a million of them?
"""

from __future__ import annotations

from heapq import heapify, heappop, heapreplace
import sys


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
    sys.setrecursionlimit(1_000_000)
    return _rest(l1, l2)


def _rest(l1, l2):
    if l1 is None or l2 is None:
        return l2 if l1 is None else l1
    if l2.val < l1.val:
        l2.next = _rest(l1, l2.next)
        return l2
    l1.next = _rest(l1.next, l2)
    return l1


def merge_k(lists):
    _refuse_twins(lists)
    heap = [(node.val, place, node) for place, node in enumerate(lists) if node is not None]
    heapify(heap)
    front = tail = ListNode()
    while heap:
        _, place, tail.next = heap[0]
        tail = tail.next
        if tail.next is None:
            heappop(heap)
        else:
            heapreplace(heap, (tail.next.val, place, tail.next))
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
