"""Bounds on what a message may make this side do."""

from __future__ import annotations

from collections import Counter
from typing import Any

from graders.sandbox import tags

_MAX_SAME_HASH = 64  # more equal hashes than this are an attack on the judge's clock
_CHECK_HASHES_FROM = 256
_MAX_CELLS = 500_000
_MAX_RECORDS = 500_000
_MAX_GROUPS = 64
_MAX_HEAVY = 20_000


class BadCellError(Exception):
    """Cells that no honest encoder makes."""


def bound(cells: list[Any], groups: list[Any]) -> None:
    """Refuse a table that would take the judge's time or memory to build."""
    if len(groups) > _MAX_GROUPS or sum(len(group[2]) for group in groups) > _MAX_RECORDS:
        raise BadCellError("too many records")
    if len(cells) > _MAX_CELLS:
        raise BadCellError(f"{len(cells)} containers")
    if len(cells) > _MAX_HEAVY and sum(cell[0] in tags.HEAVY for cell in cells) > _MAX_HEAVY:
        raise BadCellError("too many handles, arrays or queues")


def hashable(members: list[Any]) -> list[Any]:
    """
    Give the members back if hashing them all cannot take quadratic time.

    Raises:
        BadCellError: Too many of them share a hash.
    """
    if len(members) >= _CHECK_HASHES_FROM:
        most = Counter(map(hash, members)).most_common(1)[0][1]
        if most > _MAX_SAME_HASH:
            raise BadCellError(f"{most} keys with one hash")
    return members
