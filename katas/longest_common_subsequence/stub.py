"""The longest common subsequence of two sequences: its length, itself, and the diff it makes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def lcs_length(a: Sequence[Any], b: Sequence[Any]) -> int:
    """Give the length of a longest common subsequence, in room for a few rows of the shorter one."""
    # TODO: part 1
    raise NotImplementedError


def lcs(a: str, b: str) -> str:
    """Give a longest common subsequence."""
    # TODO: part 2
    raise NotImplementedError


def diff(a: Sequence[Any], b: Sequence[Any]) -> list[tuple[str, Any]]:
    """Give a shortest script of ("=", x), ("-", x) and ("+", x) that leads from a to b."""
    # TODO: part 3
    raise NotImplementedError


def patch(a: Sequence[Any], script: list[tuple[str, Any]]) -> list[Any]:
    """Carry the script out; a script that does not fit is a ValueError."""
    # TODO: part 3
    raise NotImplementedError
