"""Repositories to be rough with."""

import pytest
from tiny import write_repository


@pytest.fixture
def root(tmp_path):
    """Give a fresh repository."""
    return write_repository(tmp_path)
