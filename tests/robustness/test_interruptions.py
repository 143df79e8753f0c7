"""``kata grade`` may be ended at any moment; nothing is left, and nothing is broken."""

import json
import random
import signal
import sqlite3
import sys
import time

import pytest
from tiny import SLEEPS, descendants, is_alive, run, start

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
DRAW = random.Random(7)
# Six moments of the start, and six once a worker is there.
MOMENTS = [(0, DRAW.uniform(0.02, 0.5)) for _ in range(6)] + [
    (2, DRAW.uniform(0, 0.4)) for _ in range(6)
]


def family_after(process, seconds, *, least=0):
    """Give all processes seen below a process in so long a time, counted from `least` of them."""
    seen = set()
    while len(seen) < least and process.poll() is None:
        seen |= set(descendants(process.pid))
        time.sleep(0.01)
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        seen |= set(descendants(process.pid))
        time.sleep(0.01)
    return seen | set(descendants(process.pid))


def all_gone(pids, seconds=2.0):
    end = time.monotonic() + seconds
    while any(map(is_alive, pids)) and time.monotonic() < end:
        time.sleep(0.01)
    return not any(map(is_alive, pids))


def test_a_killed_grading_leaves_no_process_and_a_readable_ledger(root):
    (root / "slow.py").write_text(SLEEPS)
    for least, moment in MOMENTS:
        process = start(root, "grade", "doubling", "--from", "slow.py")
        family = family_after(process, moment, least=least)
        assert process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()

        assert all_gone(family), f"{moment:.2f} s after {least} processes were there"

    code, out, err = run(root, "grade", "doubling", "--from", "right.py", "--json")
    assert (code, json.loads(out)["earned"]) == (0, 100), err
    with sqlite3.connect(root / ".kata" / "ledger.sqlite3") as ledger:
        assert ledger.execute("pragma integrity_check").fetchone() == ("ok",)
    ledger.close()


@pytest.mark.parametrize("least", [1, 2], ids=["at the start", "in a call"])
def test_an_interrupt_ends_with_130_and_leaves_nothing(root, least):
    (root / "slow.py").write_text(SLEEPS)
    process = start(root, "grade", "doubling", "--from", "slow.py")
    family = family_after(process, 0.1, least=least)

    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=5)

    assert (process.returncode, out, err.strip()) == (130, "", "stopped")
    assert all_gone(family)


def test_a_grading_that_ends_by_itself_leaves_no_process(root):
    process = start(root, "grade", "doubling", "--from", "right.py")
    family = family_after(process, 30)
    process.communicate()

    assert len(family) >= 2
    assert all_gone(family)
