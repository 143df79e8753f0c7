"""
Mistake: the groups after the first are left to a recursive call
Fails: groups
Say: You call yourself once a group. How many groups has a list of 20 000 nodes, and how deep may Python go?
Ask: What does a recursion need beyond the list, and how do you write it as a loop?
"""

from __future__ import annotations


class ListNode:
    """A node of a singly linked list; leave this class as it is."""

    def __init__(self, val: int = 0, next: ListNode | None = None) -> None:
        self.val = val
        self.next = next


def _length(head: ListNode | None) -> int:
    """Count the nodes; raise when the list runs in a circle (Floyd)."""
    slow = fast = head
    n = 0
    while fast is not None and fast.next is not None:
        slow, fast = slow.next, fast.next.next
        n += 2
        if slow is fast:
            raise ValueError("the list runs in a circle")
    return n + (fast is not None)


def _turn(head: ListNode, count: int) -> tuple[ListNode, ListNode | None]:
    """Turn the first count nodes round; give the new head and what follows them."""
    done, node = None, head
    for _ in range(count):
        node.next, done, node = done, node, node.next
    head.next = node
    return done, node


def reverse_linked_list(head: ListNode | None) -> ListNode | None:
    """Turn every link round and return the new head."""
    n = _length(head)
    return _turn(head, n)[0] if n else None


def reverse_between(head: ListNode, left: int, right: int) -> ListNode:
    """Turn the stretch from position left to position right round; positions count from 1."""
    n = _length(head)
    if not 1 <= left <= right <= n:
        raise ValueError("no such stretch")
    if left == 1:
        return _turn(head, right)[0]
    before = head
    for _ in range(left - 2):
        before = before.next
    before.next = _turn(before.next, right - left + 1)[0]
    return head


def reverse_k_group(head: ListNode | None, k: int) -> ListNode | None:
    """Turn each full group of k nodes round."""
    if k < 1:
        raise ValueError("k must be at least 1")
    return _groups(head, _length(head) // k, k)


def _groups(head, groups, k):
    if groups == 0:
        return head
    top, rest = _turn(head, k)
    head.next = _groups(rest, groups - 1, k)
    return top
