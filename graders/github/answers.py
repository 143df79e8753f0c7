"""What GitHub's API tells, as far as it is read here."""

from __future__ import annotations

import msgspec


class User(msgspec.Struct, frozen=True, kw_only=True):
    """An account; the number stays, the login may change."""

    id: int
    login: str


class Comment(msgspec.Struct, frozen=True, kw_only=True):
    """
    A comment under a pull request.

    Attributes:
        user: Who wrote it; ``None`` when the account is gone.
    """

    id: int
    body: str | None = None
    html_url: str = ""
    user: User | None = None


class Repository(msgspec.Struct, frozen=True, kw_only=True):
    """
    A repository.

    Attributes:
        parent: What it was forked from; told only where one repository is asked for.
    """

    full_name: str
    default_branch: str = ""
    fork: bool = False
    parent: Repository | None = None


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """
    One side of a pull request.

    Attributes:
        repo: Where the branch is; ``None`` when that repository is gone.
    """

    ref: str
    sha: str
    repo: Repository | None = None


class OpenPull(msgspec.Struct, frozen=True, kw_only=True):
    """
    A pull request as it stands now.

    Attributes:
        state: ``open`` or ``closed``.
    """

    number: int
    state: str
    html_url: str
    head: Side
    base: Side
    user: User | None = None
    draft: bool | None = None
