"""Reverse a linked list: the whole of it, a stretch, or group by group."""

from __future__ import annotations


class ListNode:
    """A node of a singly linked list; leave this class as it is."""

    def __init__(self, val: int = 0, next: ListNode | None = None) -> None:
        self.val = val
        self.next = next


def reverse_linked_list(head: ListNode | None) -> ListNode | None:
    """Turn every link round and return the new head."""
    # TODO: part 1
    raise NotImplementedError


def reverse_between(head: ListNode, left: int, right: int) -> ListNode:
    """Turn the stretch from position left to position right round; positions count from 1."""
    # TODO: part 2
    raise NotImplementedError


def reverse_k_group(head: ListNode | None, k: int) -> ListNode | None:
    """Turn each full group of k nodes round."""
    # TODO: part 3
    raise NotImplementedError
