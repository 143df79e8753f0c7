"""
Mistake: part 1 walks from the head to find the node before the one it inserts in front of
Fails: time
Say: To put a node in front of another, you walk from the head to the node before it. How long is the way
  for the last node, and what could you have kept on the way there?
Ask: What does a doubly linked list offer here, and what does it cost?
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
    front = ListNode(0, l1)
    node = l1
    while node is not None and l2 is not None:
        if l2.val < node.val:
            before = _node_before(front, node)
            before.next, l2.next, l2 = l2, node, l2.next
        else:
            node = node.next
    if l2 is not None:
        _node_before(front, None).next = l2
    return front.next


def _node_before(front, node):
    while front.next is not node:
        front = front.next
    return front


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
