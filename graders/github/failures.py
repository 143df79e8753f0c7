"""How a request to GitHub can fail, and whose turn it is then."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final, NamedTuple

import msgspec

from graders.errors import KataError

_MOST_SAID: Final = 300
_MOVED = "it may have a new name; use that"
_FIXES = {
    **dict.fromkeys((301, 302, 303, 307, 308), _MOVED),
    401: "sign in again, or give a token that is still valid",
    404: "check the name, and that the token may see it",
}


class ApiError(KataError):
    """
    GitHub did not do what it was asked.

    Attributes:
        status: What it answered with; ``None`` when no answer came.
    """

    def __init__(self, what: str, *, where: str, fix: str, status: int | None = None) -> None:
        super().__init__(what, where=where, fix=fix)
        self.status = status


class SignInError(ApiError):
    """The learner's turn: GitHub wants to know who asks."""

    exit_code = 4


class AmbiguousError(ApiError):
    """No answer came to a request that creates something: it may be there or not."""


class Answer(NamedTuple):
    """
    What came back.

    Attributes:
        headers: By name, in lower case.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes


def ambiguous(answer: Answer | None, where: str) -> AmbiguousError:
    """Give the error for a request that may have created something."""
    what = f"{_said(answer)}, so it may have been done or not"
    fix = "look whether it is there before you try again"
    status = None if answer is None else answer.status
    return AmbiguousError(what, where=where, fix=fix, status=status)


def refused(answer: Answer | None, where: str, pause: float | None) -> ApiError:
    """
    Give the error for a request that is given up.

    Args:
        answer: The last one; ``None`` when none came.
        where: The request.
        pause: How long GitHub wants us to wait, where it does.
    """
    said = _said(answer)
    if answer is None:
        fix = "check the network and https://www.githubstatus.com, then try again"
        return ApiError(said, where=where, fix=fix)
    if pause is not None:
        fix = f"try again in {pause:.0f} seconds"
        return ApiError(said, where=where, fix=fix, status=answer.status)
    fix = _FIXES.get(answer.status, "read what GitHub says; the request does not fit")
    if answer.status == HTTPStatus.FORBIDDEN:
        needed = answer.headers.get("x-accepted-github-permissions", "")[:_MOST_SAID]
        fix = f"give the token the permission it lacks{f': {needed}' if needed else ''}"
    kind = SignInError if answer.status == HTTPStatus.UNAUTHORIZED else ApiError
    return kind(said, where=where, fix=fix, status=answer.status)


class _Message(msgspec.Struct):
    message: str = ""


def _said(answer: Answer | None) -> str:
    if answer is None:
        return "GitHub did not answer"
    try:
        words = msgspec.json.decode(answer.body, type=_Message).message
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        words = ""
    line = " ".join(words.split())[:_MOST_SAID]
    return f"GitHub answered {answer.status}{f': {line}' if line else ''}"
