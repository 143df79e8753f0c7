"""Numbered attempts below ``attempts/``; nothing here destroys a learner's work."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import TYPE_CHECKING

from graders.errors import AttemptError
from graders.workspace.hints import Record, write_record
from graders.workspace.reading import shown

if TYPE_CHECKING:
    from datetime import datetime

    from graders.model.kata import Kata

ATTEMPTS = "attempts"
SAMPLE = "test_sample.py"


def attempt_folder(root: Path, slug: str, number: int) -> Path:
    """Give where an attempt lies: ``attempts/k_means/002``; it need not exist."""
    return root / ATTEMPTS / slug / f"{number:03d}"


def latest_attempt(root: Path, slug: str) -> int | None:
    """Give the highest number of a kata's attempts; ``None`` when there is none."""
    return max(_numbers(root / ATTEMPTS / slug), default=None)


def new_attempt(root: Path, kata: Kata, now: datetime) -> Path:
    """
    Make the next attempt's folder: the stub, the sample tests, a record of the start.

    Args:
        root: The repository.
        kata: What to start.
        now: The time, with its zone.

    Raises:
        AttemptError: The folder cannot be made.
    """
    try:
        folder = _claim_folder(root, kata.slug)
        for name in kata.about.editable:
            text = _stub(kata, name)
            if text is not None:
                _write(folder / name, text)
        _write(folder / SAMPLE, (kata.folder / SAMPLE).read_bytes())
    except OSError as error:
        where = shown(root / ATTEMPTS / kata.slug)
        fix = "check that you may write there"
        raise AttemptError(
            f"no attempt can be made: {error.strerror}", where=where, fix=fix
        ) from error
    write_record(folder, Record(started=now, hints=0))
    return folder


def reset_attempt(root: Path, kata: Kata, number: int) -> Path | None:
    """
    Put the stubs back; what was there is kept beside them as ``solution.py.1.bak``.

    Returns:
        The copy kept of the first editable file that was there; ``None`` when
        there was none.

    Raises:
        AttemptError: There is no such attempt, or it cannot be written.
    """
    folder = attempt_folder(root, kata.slug, number)
    if not folder.is_dir():
        fix = f"start a fresh attempt: kata new {kata.slug}"
        raise AttemptError("is missing", where=shown(folder), fix=fix)
    copies = []
    try:
        for name in kata.about.editable:
            text = _stub(kata, name)
            if text is None:
                continue
            # Moved, not copied: whatever it is, it is kept as it is.
            if os.path.lexists(folder / name):
                copies.append(_free_name(folder / name))
                (folder / name).rename(copies[-1])
            _write(folder / name, text)
    except OSError as error:
        what = f"cannot be reset: {error.strerror}"
        fix = "check that you may write there"
        raise AttemptError(what, where=shown(folder), fix=fix) from error
    return copies[0] if copies else None


def _numbers(folder: Path) -> list[int]:
    try:
        found = list(folder.iterdir())
    except OSError:
        return []
    return [
        int(path.name)
        for path in found
        if path.name.isascii() and path.name.isdecimal() and path.is_dir()
    ]


def _claim_folder(root: Path, slug: str) -> Path:
    """Make the folder of the next number; another process may be doing the same."""
    number = (latest_attempt(root, slug) or 0) + 1
    while True:
        folder = attempt_folder(root, slug, number)
        folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            folder.mkdir()
        except FileExistsError:
            number += 1
        else:
            return folder


def _stub(kata: Kata, name: str) -> bytes | None:
    """Give what an editable file starts from; ``None`` when it starts from nothing."""
    plain = Path(name)
    sources = ["stub.py"] if name == "solution.py" else []
    sources += [str(plain.with_name(f"stub_{plain.name}")), name]
    for source in sources:
        if (kata.folder / source).is_file():
            return (kata.folder / source).read_bytes()
    return None


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)


def _free_name(path: Path) -> Path:
    names = (path.with_name(f"{path.name}.{count}.bak") for count in itertools.count(1))
    return next(name for name in names if not os.path.lexists(name))
