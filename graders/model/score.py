"""What an attempt earned."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Standing(StrEnum):
    """Where a score stands against the pass mark."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"
    VOID = "void"


class Earned(msgspec.Struct, frozen=True, kw_only=True):
    """Points of one criterion; ``skipped`` when what it requires failed."""

    criterion: str
    earned: int
    pending: int
    possible: int
    skipped: bool = False


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """
    Points by criterion and in all.

    A score with a void criterion has no total: ``earned`` is then ``None``.
    """

    by_criterion: tuple[Earned, ...]
    earned: int | None
    pending: int
    possible: int
    pass_mark: int
    standing: Standing
