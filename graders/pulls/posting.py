"""Post what was handed over: the comment, the status, the summary, the annotations."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from graders import publish
from graders.errors import KataError
from graders.github.actions import annotate, summarise
from graders.github.answers import OpenPull
from graders.github.api import Api, State
from graders.github.comment import Comments, upsert
from graders.github.event import read_event
from graders.github.failures import ApiError
from graders.github.status import Statuses, set_status
from graders.model.report import Report
from graders.model.submission import Pull
from graders.pulls.believing import HANDOVER, believe
from graders.pulls.recording import earlier_reports
from graders.render.markdown import MARKER, Delivery, render_not_graded

Before = Callable[[Pull], Mapping[str, Report]]
_RUN = re.compile(r"[0-9]{1,20}")
_SERVER = re.compile(r"https?://[A-Za-z0-9.:-]{1,250}")


class Github(Comments, Statuses, Protocol):
    """What is asked of GitHub here; ``Api`` is one."""

    def pull(self, repository: str, number: int) -> OpenPull:
        """Give a pull request as it stands now."""


def post(
    event: Path, catalogue: Path, *, api: Github | None = None, before: Before = earlier_reports
) -> None:
    """
    Post what ``KATA_HANDOVER`` holds under the pull request of an event.

    Where it is empty, or cannot be believed, the comment says that we could not
    grade this; nothing of it is shown.

    Args:
        event: The event's payload.
        catalogue: The katas of main.
        api: GitHub; else as the environment names it.
        before: Gives the last report of each kata from earlier pushes, by slug.

    Raises:
        KataError: The event makes no sense, or what was handed over cannot be
            believed; the comment stands there by then.
        ApiError: GitHub refuses.
    """
    pull = _read_pull(event)
    text = os.environ.get(HANDOVER, "").strip()
    github = api or Api.from_environment()
    if not text:
        _post_failure(github, pull)
        return
    try:
        handover, katas = believe(text, pull, catalogue)
    except KataError:
        _post_failure(github, pull)
        raise
    earlier = before(pull)
    newer = _newer(github, pull)
    summarise(publish.summary(handover, earlier, newer=newer))
    annotate(publish.remarks(handover, katas))
    body = publish.comment(handover, earlier, newer=newer, run_url=run_url(pull))
    state, description = publish.state(handover), publish.description(handover)
    _deliver(github, pull, body=body, state=state, description=description)


def run_url(pull: Pull, environment: Mapping[str, str] = os.environ) -> str:
    """Give the page of this workflow's run; empty outside a workflow."""
    server = environment.get("GITHUB_SERVER_URL") or "https://github.com"
    number = environment.get("GITHUB_RUN_ID", "")
    if not _RUN.fullmatch(number) or not _SERVER.fullmatch(server):
        return ""
    return f"{server}/{pull.repository}/actions/runs/{number}"


def _post_failure(github: Github, pull: Pull) -> None:
    """Say that we could not grade; nothing where a newer push is being graded already."""
    if _newer(github, pull):
        return
    body = render_not_graded(Delivery(pull=pull, run_url=run_url(pull)))
    summarise(body)
    _deliver(github, pull, body=body, state=State.ERROR, description=publish.CANNOT)


def _deliver(github: Github, pull: Pull, *, body: str, state: State, description: str) -> None:
    """Write the comment and set the status, the status also where no comment is allowed."""
    refusal: ApiError | None = None
    url = run_url(pull)
    try:
        url = upsert(github, pull, body, MARKER).url or url
    except ApiError as error:  # a conversation may be locked
        refusal = error
    set_status(github, pull, state=state, description=description, target_url=url)
    if refusal is not None:
        raise refusal


def _newer(github: Github, pull: Pull) -> str:
    """Give the head's commit where it moved since the event; else nothing."""
    head = github.pull(pull.repository, pull.number).head.sha
    return "" if head == pull.head_sha else head


def _read_pull(event: Path) -> Pull:
    try:
        return read_event(event.read_bytes())
    except OSError as error:
        fix = "run this as a step of a workflow, or give --event its payload"
        raise KataError(f"cannot be read: {error.strerror}", where="--event", fix=fix) from error
