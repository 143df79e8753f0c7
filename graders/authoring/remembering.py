"""Proofs that were done before, by the content of all that has a say in them."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from graders.authoring.seeded import Seeded
from graders.catalogue import grader_version
from graders.engine import ROOT
from graders.model.kata import Kata
from graders.model.proof import HiddenTest, Proof
from graders.sandbox.jail import Tier

_LOCK = "requirements.lock"


class _Page(msgspec.Struct, kw_only=True):
    """What is remembered of one kata."""

    tests: tuple[HiddenTest, ...] = ()
    proofs: dict[str, Proof] = {}


class Memory:
    """
    Proofs in ``.kata/proofs``: one file a kata; a file that cannot be read is empty.

    A proof holds for as long as the kata's graded files, the solution, the
    grader, the lock file, Python, the jail and the number of seeds are the same.

    Args:
        folder: Where the files are; ``None`` remembers nothing.
    """

    def __init__(self, folder: Path | None, *, tier: Tier, seeds: int) -> None:
        self._folder = folder
        lock = ROOT / _LOCK
        parts = (
            grader_version(ROOT),
            hashlib.sha256(lock.read_bytes() if lock.is_file() else b"").hexdigest(),
            sys.version,
            tier.name,
            str(seeds),
        )
        self._common = "\0".join(parts)

    def recall(
        self, kata: Kata, seeded: list[Seeded]
    ) -> tuple[tuple[HiddenTest, ...], dict[Path, Proof]]:
        """Give the hidden tests and the proofs that still hold."""
        page = self._read(kata)
        known = {s.path: page.proofs.get(self._key(kata, s)) for s in seeded}
        return page.tests, {path: proof for path, proof in known.items() if proof is not None}

    def keep(
        self, kata: Kata, tests: tuple[HiddenTest, ...], proofs: Mapping[Seeded, Proof]
    ) -> None:
        """Remember the proofs of a kata, and forget those that hold no more."""
        if self._folder is None:
            return
        page = _Page(tests=tests, proofs={self._key(kata, s): p for s, p in proofs.items()})
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._file(self._folder, kata)
        fresh = path.with_suffix(f".{os.getpid()}.tmp")
        fresh.write_bytes(msgspec.json.encode(page))
        fresh.replace(path)

    def _read(self, kata: Kata) -> _Page:
        if self._folder is None:
            return _Page()
        try:
            return msgspec.json.decode(self._file(self._folder, kata).read_bytes(), type=_Page)
        except (OSError, msgspec.MsgspecError):
            return _Page()

    def _file(self, folder: Path, kata: Kata) -> Path:
        return folder / f"{kata.slug}-{self._digest(str(kata.folder))[:8]}.json"

    def _key(self, kata: Kata, solution: Seeded) -> str:
        return self._digest(
            f"{self._common}\0{kata.version}\0{solution.kind}\0{solution.name}\0{solution.digest}"
        )

    @staticmethod
    def _digest(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()
