"""A first attempt at reverse_linked_list, about half right: what `make demo` grades."""

from __future__ import annotations


class ListNode:
    """A node of a singly linked list; leave this class as it is."""

    def __init__(self, val: int = 0, next: ListNode | None = None) -> None:
        self.val = val
        self.next = next


def reverse_linked_list(head: ListNode | None) -> ListNode | None:
    """Turn every link round and return the new head."""
    nodes = []
    while head is not None:
        nodes.append(head)
        head = head.next
    previous = None
    for node in nodes:
        node.next = previous
        previous = node
    return previous


def reverse_between(head: ListNode, left: int, right: int) -> ListNode:
    """Turn the stretch from position left to position right round; positions count from 1."""
    before = head
    for _ in range(left - 2):
        before = before.next
    first = before.next
    for _ in range(right - left):
        moved = first.next
        first.next = moved.next
        moved.next = before.next
        before.next = moved
    return head


def reverse_k_group(head: ListNode | None, k: int) -> ListNode | None:
    """Turn each full group of k nodes round."""
    if k < 1:
        raise ValueError("k is below 1")
    ahead = head
    for _ in range(k):
        if ahead is None:
            return head
        ahead = ahead.next
    done = reverse_k_group(ahead, k)
    while head is not ahead:
        head.next, done, head = done, head, head.next
    return done
