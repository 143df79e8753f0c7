"""The suites again, their solutions in a thread: both sides of the wall, seen at once."""

import shutil
import sys
from pathlib import Path

import pytest

from graders.isolation.running import LIMITS, _run
from graders.sandbox.operations import OPERATIONS
from graders.sandbox.worker import Worker
from tests.sandbox.fakes import ROOMY, FakeJail, reap_all

SUITES = Path(__file__).with_name("suites")
NAMES = sorted(suite.name for suite in SUITES.iterdir())


class Roommate(Worker):
    """A worker that leaves what it shares with the judge as it found it."""

    def _load(self, rest, buffers):
        name = rest[1]
        before = sys.modules.get(name)
        try:
            return super()._load(rest, buffers)
        finally:
            sys.modules[name] = before
            OPERATIONS["echo"] = lambda _: None  # there is but one stdout


@pytest.fixture(autouse=True)
def _operations():
    before = dict(OPERATIONS)
    yield
    reap_all()
    OPERATIONS.clear()
    OPERATIONS.update(before)


def outcomes(test_file, solution):
    jail = FakeJail(lambda channel: Roommate(channel).serve())
    tests = _run(test_file, solution, solution.read_text(), jail, ROOMY)
    return {test.id: test.outcome.value for test in tests}


@pytest.mark.parametrize("suite", NAMES)
def test_a_right_solution_passes_and_a_wrong_one_does_not(suite, tmp_path):
    tests, work = tmp_path / "tests", tmp_path / "work"
    shutil.copytree(SUITES / suite, tests, ignore=shutil.ignore_patterns("wrong_*"))
    work.mkdir()
    shutil.move(tests / f"{suite}.py", work / f"{suite}.py")
    wrong = sorted((SUITES / suite).glob("wrong_*.py"))[0]

    right = outcomes(tests / f"{suite}_test.py", work / f"{suite}.py")
    shutil.copy(wrong, work / f"{suite}.py")
    mistaken = outcomes(tests / f"{suite}_test.py", work / f"{suite}.py")

    assert right
    assert set(right.values()) == {"passed"}
    assert set(mistaken) == set(right)
    assert set(mistaken.values()) != {"passed"}
