"""The first character that does not repeat: of a string, of a stream, of text with accents."""

from __future__ import annotations

from collections.abc import Hashable, Iterable


def first_non_repeating_char(s: str) -> str | None:
    """Give the first character that occurs exactly once in s, or None."""
    # TODO: part 1
    raise NotImplementedError


def first_non_repeating_index(s: str) -> int:
    """Give the index of the first character that occurs exactly once in s, or -1."""
    # TODO: part 1
    raise NotImplementedError


class StreamUnique:
    """Items come one by one; the first that came only once can be had at any time."""

    def __init__(self) -> None:
        """Begin with no items."""
        # TODO: part 2
        raise NotImplementedError

    def push(self, c: Hashable) -> None:
        """Add an item; None is a ValueError, and one that cannot be hashed a TypeError."""
        # TODO: part 2
        raise NotImplementedError

    def first(self) -> Hashable | None:
        """Give the first item pushed exactly once so far, or None."""
        # TODO: part 2
        raise NotImplementedError


def first_after_each(items: Iterable[Hashable]) -> list[Hashable | None]:
    """Give what first() says right after each of the items has been pushed."""
    # TODO: part 2
    raise NotImplementedError


def first_non_repeating_grapheme(s: str) -> str | None:
    """Give the first unit (a character with its marks) that occurs exactly once in s, or None."""
    # TODO: part 3
    raise NotImplementedError
