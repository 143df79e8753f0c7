"""The suites again, their solutions in a thread: both sides of the wall, seen at once."""

import shutil
import sys
from pathlib import Path

import pytest

from graders.isolation.running import _run
from graders.sandbox import stepping
from graders.sandbox.link import Budget
from graders.sandbox.operations import OPERATIONS
from graders.sandbox.worker import Worker
from tests.sandbox.fakes import ROOMY, FakeJail, reap_all

SUITES = Path(__file__).with_name("suites")
# Its tests patch modules, which one process cannot have twice.
NAMES = sorted({suite.name for suite in SUITES.iterdir()} - {"named_robot"})


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
def _operations(monkeypatch):
    before = dict(OPERATIONS)
    monkeypatch.setattr(stepping, "share_loops", lambda: None)  # this process has sockets
    yield
    reap_all()
    OPERATIONS.clear()
    OPERATIONS.update(before)


def outcomes(test_file, solution):
    jail = FakeJail(lambda channel: Roommate(channel).serve())
    texts = solution.read_text(), test_file.read_text()
    tests = _run(test_file, solution, texts, jail, Budget(ROOMY))
    return {test.id: test.outcome.value for test in tests}


def apart(suite, solution, folder):
    """Give copies of a suite's test file and of a solution, in folders of their own."""
    tests, work = folder / "tests", folder / "work"
    shutil.copytree(SUITES / suite, tests, ignore=shutil.ignore_patterns("wrong_*"))
    (tests / f"{suite}.py").unlink()
    work.mkdir()
    shutil.copy(SUITES / suite / solution, work / f"{suite}.py")
    return tests / f"{suite}_test.py", work / f"{suite}.py"


@pytest.mark.parametrize("suite", NAMES)
def test_a_right_solution_fails_no_test(suite, tmp_path):
    found = outcomes(*apart(suite, f"{suite}.py", tmp_path))

    assert "passed" in found.values()
    assert set(found.values()) <= {"passed", "skipped"}


def test_a_wrong_solution_fails_some_tests_and_no_more(tmp_path):
    found = outcomes(*apart("family_tree", "wrong_gaps.py", tmp_path))

    assert set(found.values()) == {"passed", "failed"}
