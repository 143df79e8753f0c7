"""Merge sorted lists: two of them, many of them, and runs that do not fit into memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


class ListNode:
    """A node of a singly linked list; leave this class as it is."""

    def __init__(self, val: Any = 0, next: ListNode | None = None) -> None:
        self.val = val
        self.next = next


class Run:
    """A sorted run that is read item by item; leave this class as it is."""

    def __init__(self, read: Callable[[], Any]) -> None:
        self.read = read

    def __iter__(self) -> Run:
        return self

    def __next__(self) -> Any:
        return self.read()


def merge_two_sorted_lists(l1: ListNode | None, l2: ListNode | None) -> ListNode | None:
    """Merge two sorted lists by their links and return the head; ties take from l1."""
    # TODO: part 1
    raise NotImplementedError


def merge_k(lists: list[ListNode | None]) -> ListNode | None:
    """Merge all sorted lists by their links and return the head; ties take from the earlier."""
    # TODO: part 2
    raise NotImplementedError


def merge_runs(runs: list[Iterator[Any]]) -> Iterator[Any]:
    """Give an iterator over the items of all sorted runs, read as late as possible."""
    # TODO: part 3
    raise NotImplementedError
