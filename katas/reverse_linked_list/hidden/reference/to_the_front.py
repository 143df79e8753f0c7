"""Another way: the node behind a fixed one is taken out and put to the front, again and again."""

from __future__ import annotations


class ListNode:
    def __init__(self, val: int = 0, next: ListNode | None = None) -> None:
        self.val = val
        self.next = next


def length(head):
    """Brent's way to find a circle: the marker jumps to the walker at powers of two."""
    steps, power, marker, node = 0, 1, None, head
    while node is not None:
        if node is marker:
            raise ValueError("the list runs in a circle")
        steps += 1
        if steps == power:
            marker, power = node, power * 2
        node = node.next
    return steps


def lift(before, count):
    """Put the `count - 1` nodes behind the first after `before` to the front, one by one."""
    first = before.next
    for _ in range(count - 1):
        moved = first.next
        first.next = moved.next
        moved.next = before.next
        before.next = moved
    return first


def reverse_linked_list(head):
    n = length(head)
    if n < 2:
        return head
    front = ListNode(0, head)
    lift(front, n)
    return front.next


def reverse_between(head, left, right):
    if left < 1 or right < left or right > length(head):
        raise ValueError("positions outside the list")
    front = before = ListNode(0, head)
    while left > 1:
        before, left, right = before.next, left - 1, right - 1
    lift(before, right)
    return front.next


def reverse_k_group(head, k):
    if k < 1:
        raise ValueError("k is below 1")
    left = length(head)
    front = before = ListNode(0, head)
    while left >= k:
        before = lift(before, k)
        left -= k
    return front.next
