"""Valid palindrome: the whole string, all but one character, the longest stretch."""

from __future__ import annotations


def is_palindrome(s: str) -> bool:
    """Say whether the kept characters of s read the same from both ends."""
    # TODO: part 1
    raise NotImplementedError


def is_almost_palindrome(s: str) -> bool:
    """Say whether s is a palindrome when at most one of its characters is taken out."""
    # TODO: part 2
    raise NotImplementedError


def longest_palindrome(s: str) -> str:
    """Give the longest stretch of s that is a palindrome, from kept character to kept character."""
    # TODO: part 3
    raise NotImplementedError
