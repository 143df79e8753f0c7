"""
The ledger of this machine, one SQLite file.

Every operation opens the file, does one transaction and closes it: a process
that dies in between leaves either the old list or the new one. The rollback
journal is kept (no WAL): one file to copy or move away, and no companion files
left behind by a killed process that a reader would need write access to clear.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from graders.errors import LedgerError
from graders.ledger.base import Entry, Summary

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BUSY_SECONDS = 20.0

# One step a version; user_version counts the steps done.
MIGRATIONS = (
    """
    CREATE TABLE graded (
        id INTEGER PRIMARY KEY,
        slug TEXT NOT NULL,
        attempt INTEGER,
        digest TEXT NOT NULL,
        kata_version TEXT NOT NULL,
        grader_version TEXT NOT NULL,
        seed TEXT NOT NULL,
        earned INTEGER NOT NULL,
        pending INTEGER NOT NULL,
        possible INTEGER NOT NULL,
        standing TEXT NOT NULL CHECK (standing IN ('passed', 'failed', 'undecided')),
        hints INTEGER NOT NULL,
        graded_at TEXT NOT NULL,
        report TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX graded_by_slug ON graded (slug, id)",
)

_COLUMNS = ", ".join(Entry._fields)
_INSERT = f"INSERT INTO graded ({_COLUMNS}) VALUES ({', '.join('?' * len(Entry._fields))})"  # noqa: S608 - our own names
_SELECT = f"SELECT {_COLUMNS} FROM graded "  # noqa: S608 - likewise
_SUMMARIES = """
    SELECT slug, best, earned, standing, count, passes, graded_at, passed_at FROM graded JOIN (
        SELECT max(id) AS newest, max(earned) AS best, count(*) AS count,
            sum(standing = 'passed') AS passes,
            coalesce(max(CASE standing WHEN 'passed' THEN graded_at END), '') AS passed_at
        FROM graded GROUP BY slug
    ) ON id = newest ORDER BY slug
"""


class SqliteLedger:
    """
    A ledger in one file, made on the first record.

    Args:
        path: The file.
        busy_seconds: How long to wait while another process writes.

    Every method raises ``LedgerError`` when the file cannot be read or written.
    """

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = path
        self.busy_seconds = busy_seconds

    def record(self, entry: Entry) -> None:
        """Add an entry; nothing is ever changed or removed."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._open("rwc")) as file:
                _migrate(file, self.path)
                file.execute("BEGIN IMMEDIATE")
                file.execute(_INSERT, entry)
                file.execute("COMMIT")
        except (OSError, sqlite3.Error) as error:
            raise _explain(error, self.path) from error

    def best(self, slug: str) -> Entry | None:
        """Give the entry with most points, the first of equals; ``None`` when there is none."""
        return self._one("WHERE slug = ? ORDER BY earned DESC, id LIMIT 1", [slug])

    def last(self, slug: str) -> Entry | None:
        """Give the newest entry; ``None`` when there is none."""
        return self._one("WHERE slug = ? ORDER BY id DESC LIMIT 1", [slug])

    def entries(self, slug: str | None = None) -> list[Entry]:
        """Give all entries, of one kata or of all, oldest first."""
        where = "" if slug is None else "WHERE slug = ? "
        rows = self._rows(f"{_SELECT}{where}ORDER BY id", [] if slug is None else [slug])
        return [Entry(*row) for row in rows]

    def summaries(self) -> dict[str, Summary]:
        """Give one summary for each kata that was ever graded, by slug."""
        return {row[0]: Summary(*row) for row in self._rows(_SUMMARIES, [])}

    def _one(self, where: str, words: Sequence[str]) -> Entry | None:
        rows = self._rows(_SELECT + where, words)
        return Entry(*rows[0]) if rows else None

    def _rows(self, query: str, words: Sequence[str]) -> list[tuple[Any, ...]]:
        """Run one query; a file that is not there yet holds no rows."""
        if not self.path.exists():
            return []
        try:
            # Opened for writing, so that the journal of a killed process is rolled back.
            with closing(self._open("rw")) as file:
                if _version(file, self.path) < len(MIGRATIONS):
                    _migrate(file, self.path)
                return file.execute(query, words).fetchall()
        except (OSError, sqlite3.Error) as error:
            raise _explain(error, self.path) from error

    def _open(self, mode: str) -> sqlite3.Connection:
        uri = f"{self.path.absolute().as_uri()}?mode={mode}"
        return sqlite3.connect(uri, timeout=self.busy_seconds, isolation_level=None, uri=True)


def _version(file: sqlite3.Connection, path: Path) -> int:
    version = int(file.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise LedgerError(
            "the list of graded attempts was written by a newer version of kata",
            where=path.name,
            fix="update this repository: git pull",
        )
    return version


def _migrate(file: sqlite3.Connection, path: Path) -> None:
    if _version(file, path) == len(MIGRATIONS):
        return
    file.execute("BEGIN IMMEDIATE")
    # Asked again under the lock: another process may have done it meanwhile.
    for step in MIGRATIONS[_version(file, path) :]:
        file.execute(step)
    file.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    file.execute("COMMIT")


def _explain(error: Exception, path: Path) -> LedgerError:
    busy = isinstance(error, sqlite3.OperationalError) and "locked" in str(error)
    if busy:
        what, fix = "another process has kept the list of graded attempts busy", "try again"
    elif isinstance(error, OSError | sqlite3.OperationalError):
        what = f"the list of graded attempts cannot be opened ({error})"
        fix = f"see that you may write to {path.parent.name}/ and that the disk is not full"
    else:
        what = f"the list of graded attempts is damaged ({error})"
        fix = f"keep it for repair and start a new one: mv {path} {path}.damaged"
    return LedgerError(what, where=path.name, fix=fix)
