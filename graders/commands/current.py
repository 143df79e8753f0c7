"""Which attempts there are, and which one is meant when nobody says so."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from graders.errors import UsageError

if TYPE_CHECKING:
    from graders.commands.session import Session


class Current(NamedTuple):
    """The newest attempt of one kata, and when something in it last changed."""

    slug: str
    number: int
    changed: float


class Target(NamedTuple):
    """The kata and attempt that a command is about; no number when there is no attempt."""

    slug: str
    number: int | None


def current_attempts(root: Path) -> dict[str, Current]:
    """Give the newest attempt of each kata that has one, by slug."""
    found = {}
    for slug in _folders(root / "attempts"):
        numbers = [int(name) for name in _folders(root / "attempts" / slug) if _is_number(name)]
        if numbers:
            folder = root / "attempts" / slug / f"{max(numbers):03}"
            found[slug] = Current(slug, max(numbers), _changed(folder))
    return found


def target(session: Session, word: str | None) -> Target:
    """
    Give the kata and attempt that a command line means.

    A word names the kata; else it is the attempt's folder that one stands in;
    else the attempt that was changed last.

    Raises:
        UsageError: The word fits no kata, or there is no attempt at all.
    """
    here = _standing_in(session.root)
    if word is not None:
        slug = session.resolve(word)
        if here is not None and here.slug == slug:
            return here
        found = current_attempts(session.root).get(slug)
        return Target(slug, found.number if found else None)
    if here is not None:
        return here
    attempts = current_attempts(session.root).values()
    if not attempts:
        raise UsageError("you have no attempt yet", fix="start one: kata next, or kata new SLUG")
    newest = max(attempts, key=lambda attempt: (attempt.changed, attempt.slug))
    return Target(newest.slug, newest.number)


def _standing_in(root: Path) -> Target | None:
    """Give the attempt whose folder is the working folder or lies above it."""
    inside = Path(os.path.relpath(Path.cwd(), root / "attempts")).parts
    if not inside or inside[0] == os.pardir:
        return None
    if len(inside) > 1 and _is_number(inside[1]):
        return Target(inside[0], int(inside[1]))
    found = current_attempts(root).get(inside[0])
    return Target(found.slug, found.number) if found else None


def _is_number(name: str) -> bool:
    return name.isascii() and name.isdecimal()


def _folders(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def _changed(folder: Path) -> float:
    try:
        with os.scandir(folder) as entries:
            return max((entry.stat(follow_symlinks=False).st_mtime for entry in entries), default=0)
    except OSError:
        return 0.0
