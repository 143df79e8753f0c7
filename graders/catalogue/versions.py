"""Fingerprints of what decides a score: a kata's graded files, and the grader."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# What only authors and readers see: changing it changes nobody's score.
UNGRADED = (
    "README.md",
    "hints.md",
    "hidden/editorial.md",
    "hidden/reference",
    "hidden/signatures.json",
    "hidden/slow",
    "hidden/wrong",
)


def kata_version(folder: Path) -> str:
    """
    Give the SHA-256 over a kata's graded files, in hexadecimal.

    Raises:
        OSError: A file cannot be read.
    """
    return _digest(folder, (name for name in _files(folder) if not _is_ungraded(name)))


def grader_version(root: Path) -> str:
    """
    Give the SHA-256 over the Python files of ``root/graders``, in hexadecimal.

    Raises:
        OSError: A file cannot be read.
    """
    folder = root / "graders"
    return _digest(folder, (name for name in _files(folder) if name.endswith(".py")))


def _files(folder: Path) -> list[str]:
    """Give every file below a folder but byte code, as sorted names with ``/``."""
    names = []
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        names += [
            (Path(parent) / name).relative_to(folder).as_posix()
            for name in files
            if not name.endswith(".pyc")
        ]
    return sorted(names)


def _is_ungraded(name: str) -> bool:
    return any(name == path or name.startswith(f"{path}/") for path in UNGRADED)


def _digest(folder: Path, names: Iterable[str]) -> str:
    sha = hashlib.sha256()
    for name in names:
        # Lengths first, so that no two sets of files read the same.
        for part in (os.fsencode(name), (folder / name).read_bytes()):
            sha.update(len(part).to_bytes(8, "big") + part)
    return sha.hexdigest()
