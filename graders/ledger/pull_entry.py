"""One graded submission as the data branch keeps it: a file of its own, named by numbers alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

import msgspec

from graders.errors import LedgerError
from graders.model.report import Report
from graders.model.score import Standing
from graders.model.submission import Pull

SCHEMA: Final = "kata-entry/1"
FOLDER: Final = "entries"
MAX_ENTRY_BYTES: Final = 1024 * 1024  # as much as one handover may inflate to

_LOGIN = re.compile(r"[A-Za-z0-9_-]{1,100}(\[bot\])?")
_PATH = re.compile(
    FOLDER + r"/([1-9][0-9]{0,15})/([a-z][a-z0-9]*(?:_[a-z0-9]+)*)/"
    r"([1-9][0-9]{0,15})-([0-9a-f]{40})\.json"
)
_MOST_SAID = 200


class PullEntry(msgspec.Struct, frozen=True, kw_only=True):
    """
    One graded submission, with its provenance.

    Attributes:
        user_id: GitHub's number of who opened the pull request.
        login: Their name at that time, for showing; it may be another's by now.
        pull: Number of the pull request.
        head_sha: The commit that was graded.
        graded_at: UTC, ISO 8601.
    """

    user_id: int
    login: str
    pull: int
    head_sha: str
    graded_at: str
    report: Report
    schema: str = SCHEMA

    @property
    def path(self) -> str:
        """Where it lies in the branch; only sound once ``encode`` took it."""
        return f"{FOLDER}/{self.user_id}/{self.report.slug}/{self.pull}-{self.head_sha}.json"


def encode(entry: PullEntry) -> bytes:
    """
    Give an entry's file.

    Raises:
        LedgerError: A name or number of it cannot be, it has no total, or it is too large.
    """
    data = msgspec.json.format(msgspec.json.encode(entry), indent=1) + b"\n"
    decode(entry.path, data)
    return data


def decode(path: str, data: bytes) -> PullEntry:
    """
    Give the entry that a file of the branch holds.

    Args:
        path: Where it lies; the entry must say the same.
        data: What it holds.

    Raises:
        LedgerError: It is no entry, or another one than its path says.
    """
    if len(data) > MAX_ENTRY_BYTES:
        raise _refusal(path, f"it holds more than {MAX_ENTRY_BYTES:,} bytes")
    try:
        entry = msgspec.json.decode(data, type=PullEntry)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _refusal(path, str(error)[:_MOST_SAID]) from error
    if entry.schema != SCHEMA:
        raise _refusal(path, f'it does not say "schema": "{SCHEMA}"')
    if not is_path(path) or entry.path != path:
        raise _refusal(path, "its name does not say what it holds")
    if not _LOGIN.fullmatch(entry.login) or not _is_utc(entry.graded_at):
        raise _refusal(path, "its login or its time cannot be")
    if entry.report.standing is Standing.VOID or entry.report.earned is None:
        raise _refusal(path, "its report has no total")
    return entry


def is_path(path: str) -> bool:
    """Tell whether a name is one that an entry can have."""
    return _PATH.fullmatch(path) is not None


def says_the_same(one: PullEntry, other: PullEntry) -> bool:
    """Tell whether two entries differ only in when and how fast they were graded."""
    report = msgspec.structs.replace(other.report, measured=one.report.measured)
    alike = msgspec.structs.replace(other, login=one.login, graded_at=one.graded_at, report=report)
    return alike == one


def last_before(entries: Iterable[PullEntry], pull: Pull) -> dict[str, Report]:
    """
    Give the author's last report of each kata before a pull request's present head.

    Returns:
        Slug to report; katas never graded before are left out.
    """
    theirs = [
        entry
        for entry in entries
        if entry.user_id == pull.user_id and entry.head_sha != pull.head_sha
    ]
    theirs.sort(key=lambda entry: (_time(entry.graded_at), entry.path))
    return {entry.report.slug: entry.report for entry in theirs}


def _is_utc(text: str) -> bool:
    try:
        offset = _time(text).utcoffset()
    except ValueError:
        return False
    return offset is not None and not offset


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _refusal(path: str, reason: str) -> LedgerError:
    return LedgerError(
        f"this is no entry that can be believed: {reason}",
        where=path if is_path(path) else FOLDER,
        fix="nothing but kata ci record may write to this branch; see its history",
    )
