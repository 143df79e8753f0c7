"""What the commands share: where they are, what they may call, how they print."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from graders.errors import LedgerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from graders.catalogue.listing import Entry
    from graders.isolation import IsolationReport
    from graders.ledger.base import Summary
    from graders.ledger.sqlite import SqliteLedger
    from graders.model.attempt import Attempt
    from graders.model.kata import Kata
    from graders.model.report import Report
    from graders.sandbox.samples import SampleRun


class Doors:
    """
    The ways out of the command line into the machinery.

    Each imports what it needs when it is used; tests hand in doors of their own.
    """

    def grade(self, kata: Kata, attempt: Attempt, **options: Any) -> Report:
        """Grade an attempt; a sealed kata with the key from the environment."""
        from graders.engine import grade
        from graders.sealing import opened

        with opened(kata) as plain:
            return grade(plain, attempt, **options)

    def run_samples(self, kata: Kata, folder: Path, *, sandbox: str) -> SampleRun:
        """Run the learner's copy of the sample tests in the jail."""
        from graders.sandbox.samples import run_samples

        return run_samples(kata, folder, sandbox=sandbox)

    def isolate(self, test_file: Path, solution: Path, **options: Any) -> IsolationReport:
        """Run a test file against a jailed solution."""
        from graders.isolation import isolate

        return isolate(test_file, solution, **options)

    def diagnose(self) -> Sequence[Any]:
        """Give what the doctor found."""
        from graders.doctor import diagnose

        return diagnose()

    def edit(self, words: Sequence[str]) -> int:
        """Run an editor and wait for it; give its exit code."""
        import subprocess

        return subprocess.run(words, check=False).returncode


def _now() -> datetime:
    return datetime.now(UTC)


class Session:
    """
    One run of the command line; filled in while its options are read.

    Attributes:
        katas: Folder of another catalogue, as typed; ``None`` for ``katas/``.
        color: ``auto``, ``always`` or ``never``.
        verbose: Tracebacks are wanted.
        doors: The ways into the machinery.
        clock: Gives the time, in UTC.
    """

    def __init__(self, doors: Doors | None = None, clock: Callable[[], datetime] = _now) -> None:
        self.katas: str | None = None
        self.color = "auto"
        self.verbose = False
        self._root: Path | None = None
        self.doors = doors or Doors()
        self.clock = clock

    @property
    def use_color(self) -> bool | None:
        """``True``, ``False``, or ``None`` where the stream decides (a terminal or not)."""
        if self.color == "auto":
            plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
            return False if plain else None
        return self.color == "always"

    @property
    def root(self) -> Path:
        """
        The folder that holds ``attempts/`` and ``.kata/``.

        With a foreign catalogue and no repository around, the working folder.
        """
        if self._root is None:
            from pathlib import Path

            from graders.catalogue.finding import find_root

            try:
                self._root = find_root(Path.cwd())
            except UsageError:
                if self.katas is None:
                    raise
                self._root = Path.cwd()
        return self._root

    @property
    def catalogue(self) -> Path:
        """
        The folder that holds the katas' folders.

        Raises:
            UsageError: It is not there.
        """
        if self.katas is None:
            return self.root / "katas"
        folder = self.root / os.path.abspath(self.katas)  # noqa: PTH100 - pathlib is lazy here
        if not folder.is_dir():
            raise UsageError(
                f'there is no folder "{self.katas}"',
                fix="give --katas (or KATA_CATALOGUE) a folder that holds katas",
            )
        return folder

    def entries(self) -> list[Entry]:
        """Give one entry for each kata, sorted by slug, those that do not load too."""
        from graders.catalogue.listing import index

        return index(self.catalogue, cache=self._cache())

    def _cache(self) -> Path | None:
        """Give where the list is remembered; nothing is written beside a foreign catalogue."""
        state = self.root / ".kata"
        if self.katas is None:
            return state / "index.json"
        return state / "index-other.json" if state.is_dir() else None

    def resolve(self, word: str) -> str:
        """
        Give the slug that a word means.

        Raises:
            UsageError: It fits no kata, or several.
        """
        from graders.catalogue.finding import resolve_slug

        return resolve_slug(word, [entry.slug for entry in self.entries()])

    def load(self, slug: str) -> Kata:
        """
        Read one kata.

        Raises:
            CatalogueError: Its files are not valid.
        """
        from graders.catalogue.loading import load_kata

        return load_kata(self.catalogue / slug)

    @property
    def ledger(self) -> SqliteLedger:
        """The list of graded attempts."""
        from graders.ledger.sqlite import SqliteLedger

        return SqliteLedger(self.root / ".kata" / "ledger.sqlite3")

    def summaries(self) -> dict[str, Summary]:
        """Give what the ledger knows of each kata; with a note when it cannot be read."""
        if not (self.root / ".kata" / "ledger.sqlite3").exists():
            return {}  # spares the import of sqlite3
        try:
            return self.ledger.summaries()
        except LedgerError as error:
            from graders.commands.failing import note

            note(f"scores are left out: {error}", error.fix)
            return {}
