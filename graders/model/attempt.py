"""A learner's editable files for one kata."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """
    An attempt, read once; what is graded is this copy.

    Attributes:
        slug: The kata it is for.
        number: 1, 2, … under ``attempts/<slug>/``; ``None`` when it came from
            somewhere else.
        files: Editable file name to text (UTF-8, no BOM, Unix line ends).
        folder: Where it was read from.
    """

    slug: str
    number: int | None
    files: dict[str, str]
    folder: Path

    @property
    def digest(self) -> str:
        """SHA-256 over names and contents of the files, in hexadecimal."""
        sha = hashlib.sha256()
        for name in sorted(self.files):
            for part in (name, self.files[name]):
                data = part.encode("utf-8", "surrogatepass")
                sha.update(len(data).to_bytes(8, "big") + data)
        return sha.hexdigest()
