"""The one comment under a pull request: found, written anew, never read back as data."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Final, Protocol

import msgspec

from graders.errors import GraderError
from graders.github.answers import Comment
from graders.github.failures import AmbiguousError, ApiError
from graders.model.submission import Pull

BOT: Final = "github-actions[bot]"  # no person's login holds brackets
MAX_BODY: Final = 65_536
PAUSES_SECONDS: Final = (2.0, 8.0)
_NOT_FOUND = 404


class Comments(Protocol):
    """Where comments are read and written; ``Api`` is one."""

    def comments(self, repository: str, number: int) -> list[Comment]:
        """Give all, the oldest first."""

    def create_comment(self, repository: str, number: int, body: str) -> Comment:
        """Write one."""

    def update_comment(self, repository: str, comment_id: int, body: str) -> Comment:
        """Write one anew."""

    def delete_comment(self, repository: str, comment_id: int) -> None:
        """Take one away."""


class Deed(StrEnum):
    """What became of a comment."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class Posted(msgspec.Struct, frozen=True, kw_only=True):
    """The comment as it stands now."""

    deed: Deed
    id: int
    url: str


def upsert(  # noqa: PLR0913 - who and what, and the clock's edge
    api: Comments,
    pull: Pull,
    body: str,
    marker: str,
    *,
    me: str = BOT,
    sleep: Callable[[float], object] = time.sleep,
) -> Posted:
    """
    Write the one comment, or write it anew when its text changed.

    Ours is what ``me`` wrote and what begins with the marker: anybody can copy
    a marker, and the bot writes other comments too. Spare ones of ours, which two
    runs at once can leave, are taken away.

    Args:
        api: Where comments are read and written.
        pull: Under which pull request.
        body: The text; begins with the marker.
        marker: A line that Markdown does not show.
        me: The login whose comments are ours.
        sleep: Waits for some seconds before looking whether a comment arrived.

    Raises:
        ApiError: GitHub refuses.
        GraderError: The body has no marker, or is too long.
    """
    _check(body, marker)
    for pause in PAUSES_SECONDS:
        try:
            return _upsert(api, pull, body, marker, me=me)
        except AmbiguousError:
            # It may have arrived: writing again before looking would leave two.
            sleep(pause)
    return _upsert(api, pull, body, marker, me=me)


def _upsert(api: Comments, pull: Pull, body: str, marker: str, *, me: str) -> Posted:
    ours = [
        comment
        for comment in api.comments(pull.repository, pull.number)
        if _is_ours(comment, marker, me=me)
    ]
    for spare in ours[1:]:
        with _gone_is_fine():
            api.delete_comment(pull.repository, spare.id)
    if ours and _plain(ours[0].body) == _plain(body):
        return Posted(deed=Deed.UNCHANGED, id=ours[0].id, url=ours[0].html_url)
    if ours:
        with _gone_is_fine():
            updated = api.update_comment(pull.repository, ours[0].id, body)
            return Posted(deed=Deed.UPDATED, id=updated.id, url=updated.html_url)
    created = api.create_comment(pull.repository, pull.number, body)
    return Posted(deed=Deed.CREATED, id=created.id, url=created.html_url)


@contextlib.contextmanager
def _gone_is_fine() -> Iterator[None]:
    """Let pass that somebody took a comment away since it was listed."""
    try:
        yield
    except ApiError as error:
        if error.status != _NOT_FOUND:
            raise


def _is_ours(comment: Comment, marker: str, *, me: str) -> bool:
    is_mine = comment.user is not None and comment.user.login == me
    return is_mine and _plain(comment.body).startswith(marker)


def _plain(body: str | None) -> str:
    """Give a body as GitHub may have stored it: other line ends, no blanks around."""
    return (body or "").replace("\r\n", "\n").strip()


def _check(body: str, marker: str) -> None:
    if not marker or not body.startswith(marker):
        raise GraderError("the comment does not begin with its marker", fix="render it again")
    if len(body) > MAX_BODY:
        what = f"the comment holds {len(body):,} characters, more than {MAX_BODY:,}"
        raise GraderError(what, fix="render a shorter one")
