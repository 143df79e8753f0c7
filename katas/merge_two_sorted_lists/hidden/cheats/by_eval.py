"""
Mistake: heapq.merge is hidden in a text
Fails: rules
Say: The merging is done by something that was there before. Which of your lines decides what comes next,
  and could you explain that decision to an interviewer?
Ask: How does heapq.merge do it, and where does it read the next item?
"""

from __future__ import annotations

import heapq


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
    heapq.heapify(heap)
    front = tail = ListNode()
    while heap:
        _, place, tail.next = heap[0]
        tail = tail.next
        if tail.next is None:
            heapq.heappop(heap)
        else:
            heapq.heapreplace(heap, (tail.next.val, place, tail.next))
    return front.next


def merge_runs(runs):
    yield from _merge()(*runs)


def _merge():
    return eval("heapq.mer" + "ge")


def _refuse_twins(heads):
    """A list that is handed over twice is a ValueError."""
    known = [id(node) for node in heads if node is not None]
    if len(set(known)) < len(known):
        raise ValueError("the same list twice")
