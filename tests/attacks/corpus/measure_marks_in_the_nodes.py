"""
Class: measuring
Aim: keep a second link in each node, in room that it has already.
Kata: reverse_linked_list
Earns: 90
"""

from __future__ import annotations


class ListNode:
    def __init__(self, val: int = 0, next: ListNode | None = None) -> None:
        self.val = val
        self.next = next


def reverse_linked_list(head):
    _refuse_circle(head)
    node, before = head, None
    while node is not None:
        node.before = before
        node, before = node.next, node
    node = before
    while node is not None:
        node.next = node.before
        node = node.before
    return before


def reverse_between(head, left, right):
    n = _refuse_circle(head)
    if not 1 <= left <= right <= n:
        raise ValueError(f"no stretch from {left} to {right} in {n} nodes")
    front = ListNode(0, head)
    before = front
    for _ in range(left - 1):
        before = before.next
    _turn(before, right - left + 1)
    return front.next


def reverse_k_group(head, k):
    if k < 1:
        raise ValueError(f"no group of {k}")
    n = _refuse_circle(head)
    front = ListNode(0, head)
    before = front
    for _ in range(n // k):
        before = _turn(before, k)
    return front.next


def _turn(before, count):
    """Turn the `count` nodes after `before` round; give the last of them."""
    last = before.next
    done, rest = None, last
    for _ in range(count):
        rest.next, done, rest = done, rest, rest.next
    before.next = done
    last.next = rest
    return last


def _refuse_circle(head):
    """Give the number of nodes; a circle is a ValueError."""
    n, slow, fast = 0, head, head
    while fast is not None:
        n += 1
        fast = fast.next
        if n % 2 == 0:
            slow = slow.next
        if fast is not None and fast is slow:
            raise ValueError("the list runs in a circle")
    return n
