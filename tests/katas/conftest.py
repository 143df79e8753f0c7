"""How many seeds the katas are proved on."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", type=int, default=5, help="seeds to prove the katas on")
