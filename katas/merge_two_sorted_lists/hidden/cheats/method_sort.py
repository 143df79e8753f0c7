"""
Mistake: all nodes are collected and sorted by their list's own method
Fails: rules
Say: The list is sorted anew, though its parts are sorted already. How few comparisons does it take to find
  the smallest of all that is left?
Ask: What does Timsort find out about its input before it sorts?
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
    return _linked(_in_order([*_nodes(l1), *_nodes(l2)]))


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


def _nodes(node):
    while node is not None:
        following = node.next
        yield node
        node = following


def _linked(nodes):
    front = tail = ListNode()
    for tail.next in nodes:
        tail = tail.next
    tail.next = None
    return front.next


def _in_order(nodes):
    nodes.sort(key=lambda node: node.val)
    return nodes


def _refuse_twins(heads):
    """A list that is handed over twice is a ValueError."""
    known = [id(node) for node in heads if node is not None]
    if len(set(known)) < len(known):
        raise ValueError("the same list twice")
