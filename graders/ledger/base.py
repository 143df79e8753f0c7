"""What a ledger holds and can be asked; light to import."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class Entry(NamedTuple):
    """
    One graded attempt.

    Attributes:
        attempt: Number of the attempt, ``None`` for one from elsewhere.
        digest: SHA-256 over the attempt's files, in hexadecimal.
        standing: ``passed``, ``failed`` or ``undecided``; a void report is not recorded.
        hints: How many hints had been revealed.
        graded_at: UTC, ISO 8601.
        report: The report as JSON.
    """

    slug: str
    attempt: int | None
    digest: str
    kata_version: str
    grader_version: str
    seed: str
    earned: int
    pending: int
    possible: int
    standing: str
    hints: int
    graded_at: str
    report: str


class Summary(NamedTuple):
    """
    Everything about one kata that a list shows.

    Attributes:
        passes: How many graded attempts passed.
        last_passed_at: When one last passed, UTC, ISO 8601; empty when none has.
    """

    slug: str
    best: int
    last: int
    standing: str
    graded: int
    passes: int
    last_graded_at: str
    last_passed_at: str


class Ledger(Protocol):
    """A place that remembers graded attempts."""

    def record(self, entry: Entry) -> None:
        """Add an entry; nothing is ever changed or removed."""

    def best(self, slug: str) -> Entry | None:
        """Give the entry with most points, the first of equals; ``None`` when there is none."""

    def last(self, slug: str) -> Entry | None:
        """Give the newest entry; ``None`` when there is none."""

    def entries(self, slug: str | None = None) -> list[Entry]:
        """Give all entries, of one kata or of all, oldest first."""

    def summaries(self) -> Mapping[str, Summary]:
        """Give one summary for each kata that was ever graded, by slug."""
