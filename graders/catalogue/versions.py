"""Fingerprints of what decides a score: a kata's graded files, and the grader."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from graders.catalogue.seals import HIDDEN, SEAL, SEALED, is_sealed, read_seal

if TYPE_CHECKING:
    from collections.abc import Iterable

# What only authors and readers see: changing it changes nobody's score.
UNGRADED = ("README.md", "hints.md")
UNGRADED_HIDDEN = ("editorial.md", "reference", "signatures.json", "slow", "wrong")


def kata_version(folder: Path) -> str:
    """
    Give the SHA-256 over a kata's graded files, in hexadecimal; the same sealed and open.

    Raises:
        OSError: A file cannot be read.
        KataError: The kata is sealed, and its seal cannot be read.
    """
    hidden = read_seal(folder).graded if is_sealed(folder) else hidden_version(folder / HIDDEN)
    apart = (*UNGRADED, HIDDEN, SEALED, SEAL)
    return _digest(folder, (n for n in _files(folder) if not _is_in(n, apart)), start=hidden)


def hidden_version(hidden: Path) -> str:
    """
    Give the SHA-256 over the graded files of a ``hidden/``, in hexadecimal.

    Raises:
        OSError: A file cannot be read.
    """
    return _digest(hidden, (name for name in _files(hidden) if not _is_in(name, UNGRADED_HIDDEN)))


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


def _is_in(name: str, paths: Iterable[str]) -> bool:
    return any(name == path or name.startswith(f"{path}/") for path in paths)


def _digest(folder: Path, names: Iterable[str], *, start: str = "") -> str:
    sha = hashlib.sha256(start.encode("ascii"))
    for name in names:
        # Lengths first, so that no two sets of files read the same.
        for part in (os.fsencode(name), (folder / name).read_bytes()):
            sha.update(len(part).to_bytes(8, "big") + part)
    return sha.hexdigest()
