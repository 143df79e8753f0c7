"""
Mistake: positions are checked after links have changed
Fails: errors
Say: You raise, but some links have changed by then. What could you find out before you change the first one?
Ask: What does a caller expect of an object after a call that raised?
"""

from __future__ import annotations


class ListNode:
    def __init__(self, val: int = 0, next: ListNode | None = None) -> None:
        self.val = val
        self.next = next


def reverse_linked_list(head):
    _refuse_circle(head)
    done = None
    while head is not None:
        head.next, done, head = done, head, head.next
    return done


def reverse_between(head, left, right):
    _refuse_circle(head)
    if left < 1:
        raise ValueError("left is below 1")
    front = ListNode(0, head)
    before = front
    for _ in range(left - 1):
        before = before.next
    first = before.next
    if first is None or right < left:
        raise ValueError("no such stretch")
    done, rest = None, first
    for _ in range(right - left + 1):
        if rest is None:
            raise ValueError("right lies outside the list")
        rest.next, done, rest = done, rest, rest.next
    before.next, first.next = done, rest
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
