"""A repository to fetch from, and a class's catalogue."""

import os

import pytest

from tests.pulls.heads import Upstream


@pytest.fixture
def upstream(tmp_path):
    """Give a repository to push strange commits to."""
    return Upstream(tmp_path / "upstream.git")


@pytest.fixture(autouse=True)
def a_clean_runner(monkeypatch):
    """Take the settings of the machine that runs the tests away."""
    for name in list(os.environ):
        if name.startswith(("KATA_", "GITHUB_")):
            monkeypatch.delenv(name)
