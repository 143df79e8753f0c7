"""Fixtures of the sandbox's tests."""

import pytest
from probing import Zygote


@pytest.fixture(scope="module")
def zygote(tmp_path_factory):
    """Give a process that forks probes."""
    zygote = Zygote(tmp_path_factory.mktemp("probes"))
    yield zygote
    zygote.close()
