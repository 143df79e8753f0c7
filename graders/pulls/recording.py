"""Add what was handed over to the branch ``kata-data``, once it is believed."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from graders import git
from graders.errors import KataError
from graders.github.event import on_roster, read_event
from graders.ledger.branch import DataBranch
from graders.ledger.pull_entry import PullEntry, last_before
from graders.model.report import Report
from graders.model.score import Standing
from graders.model.submission import Pull
from graders.pulls.believing import HANDOVER, believe


def _now() -> datetime:
    return datetime.now(UTC)


def record(
    event: Path,
    catalogue: Path,
    *,
    remote: str | None = None,
    clock: Callable[[], datetime] = _now,
) -> list[str]:
    """
    Record the reports that the grading job handed over in ``KATA_HANDOVER``.

    Whose they are is the event's word alone. A void report is not recorded: the
    last score stands. Without a handover there is nothing to do.

    Args:
        event: The event's payload.
        catalogue: The katas of main.
        remote: Where to push to; else GitHub, with ``GITHUB_TOKEN``.
        clock: Gives the time, with its zone.

    Returns:
        The paths written in the branch.

    Raises:
        KataError: The handover is not sound, is of another pull request, or its
            points do not follow from the rubrics.
        GitError: The branch cannot be written.
    """
    text = os.environ.get(HANDOVER, "").strip()
    if not text:
        return []
    pull = _read_pull(event)
    reports = believe(text, pull, catalogue).handover.reports
    if not on_roster(pull, os.environ.get("KATA_ROSTER_IDS", "")):
        return []
    graded_at = clock().astimezone(UTC).isoformat(timespec="seconds")
    entries = [
        PullEntry(
            user_id=pull.user_id,
            login=pull.login,
            pull=pull.number,
            head_sha=pull.head_sha,
            graded_at=graded_at,
            report=report,
        )
        for report in reports
        if report.standing is not Standing.VOID
    ]
    return _branch(pull, remote).add(entries)


def earlier_reports(pull: Pull, *, remote: str | None = None) -> Mapping[str, Report]:
    """
    Give the author's last report of each kata from before this push, by slug.

    Empty when the branch cannot be read: a comment is worth having without them.
    """
    try:
        return last_before(_branch(pull, remote).read().entries, pull)
    except git.GitError:
        return {}


def _branch(pull: Pull, remote: str | None) -> DataBranch:
    url = remote or git.remote_url(pull.repository)
    return DataBranch(url, token=os.environ.get("GITHUB_TOKEN", ""))


def _read_pull(event: Path) -> Pull:
    try:
        payload = event.read_bytes()
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        fix = "name the event's payload with --event"
        raise KataError(what, where=event.name, fix=fix) from error
    return read_event(payload)
