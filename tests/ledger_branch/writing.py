"""Entries to write, and writers that are processes of their own."""

import subprocess
import sys
from pathlib import Path

from graders.ledger.branch import DataBranch
from graders.ledger.pull_entry import PullEntry
from tests.reports import HALF_RIGHT, report

ROOT = Path(__file__).parents[2]


def entry(user=4242, pull=7, sha="a" * 40, *, at="2026-11-23T01:02:03+00:00", **changes):
    """Give an entry; other words change its report."""
    return PullEntry(
        user_id=user,
        login="ada",
        pull=pull,
        head_sha=sha,
        graded_at=at,
        report=report(**changes) if changes else HALF_RIGHT,
    )


def numbered(number):
    return entry(1000 + number, 1 + number, f"{number:040x}")


def git(bare, *words):
    """Ask git about a repository; give what it says."""
    done = subprocess.run(["git", "-C", bare, *words], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def write_all(bare, start, count):
    """Add some numbered entries, one push each."""
    branch = DataBranch(bare)
    for number in range(start, start + count):
        branch.add([numbered(number)])


def write_at_once(bare, processes, each):
    """Start writers in processes of their own, and wait for all; give their exit codes."""
    script = (
        "import sys; from tests.ledger_branch.writing import write_all; "
        "write_all(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, bare, str(place * each), str(each)], cwd=ROOT
        )
        for place in range(processes)
    ]
    return [process.wait() for process in started]
