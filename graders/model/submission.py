"""A pull request as data: whose it is, which attempts it holds, and what came of them."""

from __future__ import annotations

import msgspec

from graders.model.report import Report

HANDOVER = "kata-handover/1"


class Pull(msgspec.Struct, frozen=True, kw_only=True):
    """
    A pull request, as the event tells it.

    Attributes:
        repository: ``owner/name`` of the repository it is for.
        head_sha: The exact commit that is graded, 40 hexadecimal digits.
        user_id: Who opened it, by GitHub's own number; names change hands.
    """

    repository: str
    number: int
    head_sha: str
    base_ref: str
    user_id: int
    login: str
    draft: bool = False


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Something in a pull request that was not taken, and why, in one line."""

    path: str
    why: str


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """The editable files of one attempt; name to text."""

    slug: str
    attempt: int
    files: dict[str, str]


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """
    What was read from a pull request.

    Attributes:
        left_out: Slugs beyond the most that one push may have graded.
    """

    pull: Pull
    submissions: tuple[Submission, ...] = ()
    refused: tuple[Refusal, ...] = ()
    left_out: tuple[str, ...] = ()


class Handover(msgspec.Struct, frozen=True, kw_only=True):
    """
    What the grading job hands to the jobs that hold a token.

    Attributes:
        shortened: Whether feedback was left out to make it fit.
    """

    pull: Pull
    schema: str = HANDOVER
    reports: tuple[Report, ...] = ()
    refused: tuple[Refusal, ...] = ()
    left_out: tuple[str, ...] = ()
    shortened: bool = False
