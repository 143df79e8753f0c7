"""A loopback GitHub with one pull request from a fork."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from github.loopback import Loopback

from graders.github.api import Api
from graders.model.submission import Pull

TOKEN = "ghs_a-workflows-own"
REPORTS = {"contents": "read", "pull-requests": "write", "statuses": "write"}


@pytest.fixture
def pull() -> Pull:
    return Pull(
        repository="katas/class-of-2026",
        number=7,
        head_sha="a1" * 20,
        base_ref="main",
        user_id=583231,
        login="octocat",
    )


@pytest.fixture
def github(pull: Pull) -> Iterator[Loopback]:
    with Loopback() as made:
        made.add_token(TOKEN, REPORTS)
        made.add_pull(pull)
        yield made


@pytest.fixture
def waits() -> list[float]:
    """How long was waited, in place of waiting."""
    return []


@pytest.fixture
def api(github: Loopback, waits: list[float]) -> Api:
    return Api(TOKEN, github.url, sleep=waits.append)
