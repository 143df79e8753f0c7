"""A kata's hints, and ``attempt.toml``, which counts those a learner has seen."""

from __future__ import annotations

import contextlib
import os
import re
import tomllib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from graders.errors import AttemptError, KataError
from graders.workspace.reading import read_text, shown

if TYPE_CHECKING:
    from pathlib import Path

    from graders.model.kata import Kata

RECORD = "attempt.toml"
HEADING = re.compile(r"^##[ \t]+Hint[ \t]+\d+.*$", re.MULTILINE)


class Record(NamedTuple):
    """
    What ``attempt.toml`` holds.

    Attributes:
        started: When the attempt was made; ``None`` when that is lost.
        hints: How many hints were revealed.
    """

    started: datetime | None
    hints: int


def read_hints(kata: Kata) -> tuple[str, ...]:
    """
    Give the text under each ``## Hint`` heading of ``hints.md``, in order.

    Raises:
        KataError: The file cannot be read.
    """
    text = read_text(kata.folder / "hints.md", missing="add three hints to the kata")
    return tuple(part.strip() for part in HEADING.split(text)[1:])


def hints_used(folder: Path) -> int:
    """Give how many hints of an attempt were revealed; 0 when its record is lost."""
    return read_record(folder).hints


def started_at(folder: Path) -> datetime | None:
    """Give when an attempt was made; ``None`` when its record is lost."""
    return read_record(folder).started


def reveal_hint(folder: Path, kata: Kata) -> tuple[int, str]:
    """
    Give the next hint with its number, from 1, and count it.

    After the last one, the last is given again and not counted.

    Raises:
        KataError: The kata has no hints, or the count cannot be written.
    """
    hints = read_hints(kata)
    if not hints:
        where = f"{kata.folder.parent.name}/{kata.slug}/hints.md"
        raise KataError("holds no hints", where=where, fix="put each under a ## Hint heading")
    record = read_record(folder)
    number = min(record.hints + 1, len(hints))
    if number > record.hints:
        write_record(folder, record._replace(hints=number))
    return number, hints[number - 1]


def read_record(folder: Path) -> Record:
    """Read ``attempt.toml``; what is lost or makes no sense counts as not there."""
    try:
        held = tomllib.loads(read_text(folder / RECORD, missing=""))
    except (AttemptError, ValueError, RecursionError):
        return Record(started=None, hints=0)
    started, hints = held.get("started"), held.get("hints")
    return Record(
        started=started if isinstance(started, datetime) and started.tzinfo else None,
        hints=max(hints, 0) if type(hints) is int else 0,
    )


def write_record(folder: Path, record: Record) -> None:
    """
    Write ``attempt.toml`` in one step.

    Raises:
        AttemptError: It cannot be written.
    """
    lines = [f"hints = {record.hints}\n"]
    if record.started is not None:
        when = record.started.astimezone(UTC).isoformat(timespec="seconds")
        lines.insert(0, f"started = {when}\n")
    path = folder / RECORD
    draft = folder / f".{RECORD}.{os.getpid()}.new"
    try:
        draft.write_text("".join(lines), encoding="utf-8", newline="\n")
        draft.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        what = f"cannot be written: {error.strerror}"
        fix = "check that you may write there"
        raise AttemptError(what, where=shown(path), fix=fix) from error
