"""The ten things that GitHub's API is asked for."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, Self, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from graders.errors import KataError
from graders.github.answers import Comment, OpenPull, Repository, User
from graders.github.event import is_repository
from graders.github.failures import Answer, ApiError
from graders.github.transport import PATIENCE_SECONDS, Transport

API_URL: Final = "https://api.github.com"
PAGE: Final = 100
MAX_PAGES: Final = 100
_NEXT = re.compile(r'<([!-;=?-~]+)>;[^<]*\brel="next"')
_Told = TypeVar("_Told")


class State(StrEnum):
    """What a commit status says."""

    SUCCESS = "success"
    FAILURE = "failure"
    PENDING = "pending"
    ERROR = "error"


class Api:
    """
    GitHub's API in the name of one token.

    Each method raises ``ApiError`` when GitHub refuses or does not answer;
    the two that create something raise ``AmbiguousError`` when it may be there
    all the same.

    Args:
        token: Shown nowhere.
        base_url: As in ``GITHUB_API_URL``.
        sleep: Waits for some seconds before the next try.
        clock: Gives the seconds since 1970.
        patience: The most seconds that one request may wait in all.
    """

    def __init__(
        self,
        token: str,
        base_url: str = API_URL,
        *,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.time,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._transport = Transport(token, base_url, sleep=sleep, clock=clock, patience=patience)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """
        Give the API as a workflow or a person's shell names it.

        Raises:
            SignInError: There is no token.
        """
        token = environment.get("GITHUB_TOKEN") or environment.get("GH_TOKEN") or ""
        return cls(token, environment.get("GITHUB_API_URL") or API_URL)

    def me(self) -> User:
        """Give whose token it is; a workflow's own token may not ask."""
        return _read(self._transport.send("GET", "/user"), User)

    def repository(self, repository: str) -> Repository:
        """Give a repository, with what it was forked from."""
        return _read(self._transport.send("GET", _at(repository)), Repository)

    def pull(self, repository: str, number: int) -> OpenPull:
        """Give a pull request as it stands now."""
        return _read(self._transport.send("GET", _at(repository, "pulls", number)), OpenPull)

    def pulls(self, repository: str, *, head: str, base: str) -> list[OpenPull]:
        """
        Give the open pull requests from one branch.

        Args:
            repository: Where they are for.
            head: ``login:branch``.
            base: The branch they are for.
        """
        wanted = {"state": "open", "head": head, "base": base}
        return self._pages(_at(repository, "pulls"), OpenPull, wanted)

    def create_pull(
        self, repository: str, *, head: str, base: str, title: str, body: str
    ) -> OpenPull:
        """Open a pull request; maintainers may not push to its branch."""
        document = {
            "head": head,
            "base": base,
            "title": title,
            "body": body,
            "maintainer_can_modify": False,
        }
        path = _at(repository, "pulls")
        return _read(self._transport.send("POST", path, document, is_repeatable=False), OpenPull)

    def comments(self, repository: str, number: int) -> list[Comment]:
        """Give every comment of a pull request, the oldest first."""
        return self._pages(_at(repository, "issues", number, "comments"), Comment)

    def create_comment(self, repository: str, number: int, body: str) -> Comment:
        """Write a comment."""
        path = _at(repository, "issues", number, "comments")
        answer = self._transport.send("POST", path, {"body": body}, is_repeatable=False)
        return _read(answer, Comment)

    def update_comment(self, repository: str, comment_id: int, body: str) -> Comment:
        """Write a comment anew."""
        path = _at(repository, "issues", "comments", comment_id)
        return _read(self._transport.send("PATCH", path, {"body": body}), Comment)

    def delete_comment(self, repository: str, comment_id: int) -> None:
        """Take a comment away."""
        self._transport.send("DELETE", _at(repository, "issues", "comments", comment_id))

    def create_status(  # noqa: PLR0913 - GitHub's own fields
        self,
        repository: str,
        sha: str,
        *,
        state: State,
        description: str,
        context: str,
        target_url: str = "",
    ) -> None:
        """Set the status of a commit; the last one of a context counts, so it may be sent twice."""
        document = {"state": state, "description": description, "context": context}
        if target_url:
            document["target_url"] = target_url
        self._transport.send("POST", _at(repository, "statuses", sha), document)

    def _pages(
        self, path: str, kind: type[_Told], query: Mapping[str, str] | None = None
    ) -> list[_Told]:
        url = f"{path}?{urlencode({**(query or {}), 'per_page': PAGE})}"
        rows: list[_Told] = []
        for _ in range(MAX_PAGES):
            answer = self._transport.send("GET", url)
            rows += _read(answer, list[kind])  # type: ignore[valid-type]
            following = _NEXT.search(answer.headers.get("link", ""))
            if following is None:
                return rows
            url = following[1]
        fix = f"no more than {MAX_PAGES * PAGE:,} are read"
        raise ApiError("GitHub's list does not end", where=f"GET {path}", fix=fix)


def _at(repository: str, *parts: str | int) -> str:
    """Give a path below a repository; no part of it can lead elsewhere."""
    if not is_repository(repository):
        raise KataError("this names no repository", fix="name it as owner/name")
    words = [*repository.split("/"), *map(str, parts)]
    return "/repos/" + "/".join(quote(word, safe="") for word in words)


def _read(answer: Answer, kind: type[_Told]) -> _Told:
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        fix = "try again; if it stays, GITHUB_API_URL may not be GitHub's"
        raise ApiError(
            "GitHub's answer makes no sense", where="GITHUB_API_URL", fix=fix, status=answer.status
        ) from error
