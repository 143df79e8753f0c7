"""
The control: the same hostile files against plain pytest in one process.

A hostile file "succeeds" here when pytest ends with exit code 0, when it reports no
failed test, when it does not end in time, or when the run dies before it could tell. It
shows that the corpus bites. Each run is a process of its own with limits, in an empty folder.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from enum import Enum
from pathlib import Path

from tests.attacks.corpus_files import TARGET, Hostile

# Processor time tells a loop from a machine that is busy; wall time is for those that sleep.
SECONDS = 8.0
LEAST = 25
# KiB, seconds, blocks: what a judge of good will allows for tests that take a tenth of a second.
_LIMITS = (
    'ulimit -v 1048576; ulimit -f 2048; ulimit -c 0; ulimit -S -t 2; ulimit -H -t 3; exec "$@"'
)
# Other plugins say nothing here and take half of the time.
_BARE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
_PLAIN_CONFTEST = """\
import sys

import numpy
import pytest

sys.path.insert(0, {attempt!r})
sys.path.insert(0, {hidden!r})


@pytest.fixture
def solution():
    import solution

    return solution


@pytest.fixture
def rng():
    return numpy.random.default_rng(1)
"""
# The jail's own fixtures and wrappers mean nothing without a jail.
_LEFT_OUT = ("test_few_comparisons", "test_linear_time")


class Ending(Enum):
    """How plain pytest fared with a hostile file."""

    HELD = "held"
    PASSED = "exit 0"
    DIED = "the judge died"
    HUNG = "the judge hung"


def run_plainly(hostile: Hostile, folder: Path) -> Ending:
    """Run the target's hidden tests beside a hostile file, as plain graders do."""
    attempt = folder / "attempt"
    attempt.mkdir()
    (attempt / "solution.py").write_text(hostile.source, encoding="utf-8")
    text = _PLAIN_CONFTEST.format(attempt=str(attempt), hidden=str(TARGET / "hidden"))
    (folder / "conftest.py").write_text(text, encoding="utf-8")
    tests = (TARGET / "hidden" / "test_target.py").read_text(encoding="utf-8")
    plain = tests.replace("from graders.testing import check, inout\n", _PLAIN_CHECK)
    (folder / "test_target.py").write_text(plain, encoding="utf-8")
    code = _run(folder)
    if code is None or -code == signal.SIGXCPU:
        return Ending.HUNG
    if code == 0:
        return Ending.PASSED
    return Ending.HELD if code == 1 else Ending.DIED


_PLAIN_CHECK = """\
class check:
    @staticmethod
    def equal(actual, expected):
        assert actual == expected

    @staticmethod
    def close(actual, expected):
        assert np.allclose(actual, expected)


def inout(value):
    return value


"""


def _run(folder: Path) -> int | None:
    """Give the exit code, or None when it did not end."""
    root = str(TARGET.parents[2])
    words = [f"--deselect=test_target.py::{name}" for name in _LEFT_OUT]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--tb=no", "-p", "no:cacheprovider"]
    process = subprocess.Popen(
        ["/bin/sh", "-c", _LIMITS, "sh", *command, *words, "test_target.py"],
        cwd=folder,
        env={"PATH": os.defpath, "PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1"} | _BARE,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
