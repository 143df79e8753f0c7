"""
Mistake: an error while reading comes out as another one
Fails: errors
Say: You catch what a run raises and raise something of your own. How is the caller to tell a broken disk
  from a broken merge?
Ask: When is it right to raise another error, and what does `from` keep?
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
        item = _next(run)
        if item is not END:
            heap.append((item, place))
    heapify(heap)
    while heap:
        item, place = heap[0]
        yield item
        following = _next(runs[place])
        if following is END:
            heappop(heap)
        else:
            heapreplace(heap, (following, place))


def _next(run):
    try:
        return next(run, END)
    except Exception as error:
        raise RuntimeError("a run cannot be read") from error


def _refuse_twins(heads):
    """A list that is handed over twice is a ValueError."""
    known = [id(node) for node in heads if node is not None]
    if len(set(known)) < len(known):
        raise ValueError("the same list twice")
