"""
Mistake: a run that has ended is asked for more before each item
Fails: lazy
Say: Before each item you try all runs that hold nothing. What do you know of a run that has said it is at
  its end?
Ask: Does the iterator protocol promise that a run that has ended stays so?
"""

from __future__ import annotations

from heapq import heappop, heappush


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
    heap = []
    for place, node in enumerate(lists):
        if node is not None:
            heappush(heap, (node.val, place, node))
    front = tail = ListNode()
    while heap:
        _, place, tail.next = heappop(heap)
        tail = tail.next
        if tail.next is not None:
            heappush(heap, (tail.next.val, place, tail.next))
    return front.next


def merge_runs(runs):
    heap = []
    empty = set(range(len(runs)))
    while True:
        for place in list(empty):
            item = next(runs[place], END)
            if item is not END:
                heappush(heap, (item, place))
                empty.remove(place)
        if not heap:
            return
        item, place = heappop(heap)
        empty.add(place)
        yield item


def _refuse_twins(heads):
    """A list that is handed over twice is a ValueError."""
    known = [id(node) for node in heads if node is not None]
    if len(set(known)) < len(known):
        raise ValueError("the same list twice")
