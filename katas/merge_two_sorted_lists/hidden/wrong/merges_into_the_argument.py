"""
Mistake: the rounds write their results into the list that was handed over
Fails: many
Say: Your rounds keep their results in the argument itself. What does the caller find in it afterwards?
Ask: Which functions of Python's library change their argument, and how do their names and answers tell you?
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
    step = 1
    while step < len(lists):
        for at in range(0, len(lists) - step, 2 * step):
            lists[at] = _join(lists[at], lists[at + step])
        step *= 2
    return lists[0] if lists else None


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
