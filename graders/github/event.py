"""Which pull request an event tells of, and whether its author is on the roster."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from graders.errors import KataError
from graders.model.submission import Pull

MAX_EVENT_BYTES = 25 * 1024 * 1024  # GitHub sends no larger payload
MAX_ID = 2**53  # what every JSON reader can hold
_WHERE = "the event's payload"
_FIX = "run this in a workflow that starts on pull_request_target"
_MOST_SAID = 200

_SHA = re.compile(r"[0-9a-f]{40}")
_REPOSITORY = re.compile(r"[A-Za-z0-9_-]{1,100}/[A-Za-z0-9._-]{1,100}")
_LOGIN = re.compile(r"[A-Za-z0-9_-]{1,100}(\[bot\])?")
_REF = re.compile(r"[^\s~^:?*\[\\\x00-\x1f\x7f]{1,255}")
_ROSTER_ID = re.compile(r"[0-9]{1,15}")


class _User(msgspec.Struct, frozen=True):
    id: int
    login: str


class _Repository(msgspec.Struct, frozen=True):
    full_name: str


class _Head(msgspec.Struct, frozen=True):
    sha: str


class _Base(msgspec.Struct, frozen=True):
    ref: str
    repo: _Repository


class _PullRequest(msgspec.Struct, frozen=True):
    number: int
    user: _User
    head: _Head
    base: _Base
    draft: bool | None = None


class _Event(msgspec.Struct, frozen=True):
    pull_request: _PullRequest
    repository: _Repository


def read_event(payload: bytes) -> Pull:
    """
    Give the pull request that an event tells of.

    Nothing is read of it but what names the pull request; titles, branch names
    of the fork and texts stay where they are.

    Args:
        payload: The JSON that GitHub wrote to ``GITHUB_EVENT_PATH``.

    Raises:
        KataError: It is no event of a pull request, or a name, number or commit
            in it cannot be.
    """
    if len(payload) > MAX_EVENT_BYTES:
        raise _refusal(f"it holds {len(payload):,} bytes, more than {MAX_EVENT_BYTES:,}")
    try:
        event = msgspec.json.decode(payload, type=_Event)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _refusal(str(error)[:_MOST_SAID]) from error
    request = event.pull_request
    pull = Pull(
        repository=event.repository.full_name,
        number=request.number,
        head_sha=request.head.sha,
        base_ref=request.base.ref,
        user_id=request.user.id,
        login=request.user.login,
        draft=bool(request.draft),
    )
    problems = list(unsound(pull))
    if request.base.repo.full_name != pull.repository:
        problems.append("it is for another repository than the event")
    if problems:
        raise _refusal("; ".join(problems))
    return pull


def unsound(pull: Pull) -> Iterator[str]:
    """Give each field of a pull request that cannot be what it says, in words."""
    fits = {
        "repository": is_repository(pull.repository),
        "number": 0 < pull.number < MAX_ID,
        "head_sha": bool(_SHA.fullmatch(pull.head_sha)),
        "base_ref": bool(_REF.fullmatch(pull.base_ref)) and pull.base_ref.isprintable(),
        "user_id": 0 < pull.user_id < MAX_ID,
        "login": bool(_LOGIN.fullmatch(pull.login)),
    }
    for key, is_fit in fits.items():
        if not is_fit:
            yield f"its {key} cannot be"


def is_repository(name: str) -> bool:
    """Tell whether a name is ``owner/name`` and leads nowhere else in a path."""
    return bool(_REPOSITORY.fullmatch(name)) and name.partition("/")[2] not in {".", ".."}


def on_roster(pull: Pull, roster: str) -> bool:
    """
    Tell whether the author of a pull request may be graded.

    Args:
        pull: The pull request; its author counts by number, since names change.
        roster: Numbers of GitHub users, with commas or white space between
            them, as in ``KATA_ROSTER_IDS``; without any, everybody may.

    Raises:
        KataError: An entry is no number.
    """
    entries = roster.replace(",", " ").split()
    for place, entry in enumerate(entries, start=1):
        if not _ROSTER_ID.fullmatch(entry):
            raise KataError(
                f"entry {place} of {len(entries)} is no user number",
                where="KATA_ROSTER_IDS",
                fix="list numbers such as 21031067; gh api users/NAME --jq .id gives one",
            )
    return not entries or pull.user_id in {int(entry) for entry in entries}


def _refusal(reason: str) -> KataError:
    return KataError(f"it tells of no pull request: {reason}", where=_WHERE, fix=_FIX)
