"""
The ratios that the project promises, measured on this machine: ``make bench``.

Whole processes run in turn, A B A B, and the median of the pairs' ratios is
quoted, so that a machine that slows down in between slows both.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KATA = Path(__file__).parent / "katas" / "running_statistics"
SOLUTION = KATA / "hidden" / "reference" / "sums.py"
PAIRS = 15
CONFTEST = """
import importlib
import pytest

@pytest.fixture
def solution():
    return importlib.import_module("solution")

def pytest_configure(config):
    config.addinivalue_line("markers", "criterion(id, situation)")
"""


def seconds(command: Sequence[str], cwd: Path) -> float:
    """Time one whole process."""
    environment = {**os.environ, "KATA_BWRAP": "0", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    started = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, check=False)
    taken = time.perf_counter() - started
    if done.returncode:
        sys.exit(f"error: {' '.join(command)} ended with {done.returncode}\n{done.stderr.decode()}")
    return taken


def ratio(ours: Sequence[str], theirs: Sequence[str], cwd: Path) -> tuple[float, float, float]:
    """Give the median ratio of paired runs, and both medians in seconds."""
    pairs = [(seconds(ours, cwd), seconds(theirs, cwd)) for _ in range(PAIRS + 1)][1:]
    ratios = [a / b for a, b in pairs]
    mine, other = zip(*pairs, strict=True)
    return statistics.median(ratios), statistics.median(mine), statistics.median(other)


def plain_folder(place: Path) -> Path:
    """Lay the same tests and solution out for plain pytest."""
    place.mkdir()
    (place / "test_hidden.py").write_bytes((KATA / "hidden" / "test_hidden.py").read_bytes())
    (place / "solution.py").write_bytes(SOLUTION.read_bytes())
    (place / "conftest.py").write_text(CONFTEST)
    return place


def catalogue_of_fifty(place: Path) -> Path:
    """Write fifty katas."""
    for number in range(50):
        folder = place / "katas" / f"kata_{number:02}"
        folder.mkdir(parents=True)
        for name in ("kata.toml", "rubric.toml"):
            (folder / name).write_bytes((KATA / name).read_bytes())
    return place


def start_ratios(place: Path) -> list[tuple[str, float, str, str]]:
    """Give the start of ``kata --help`` and ``kata list`` against an empty Python."""
    kata, python = str(Path(sys.executable).with_name("kata")), [sys.executable, "-c", "pass"]
    home = catalogue_of_fifty(place)
    rows = []
    for words in (["--help"], ["list"]):
        value, mine, other = ratio([kata, *words], python, home)
        said = f"{mine * 1000:.0f} ms against {other * 1000:.1f} ms"
        rows.append((f"kata {words[0]}, 50 katas / python -c pass", value, "<= 6", said))
    return rows


def grade_ratio(place: Path) -> tuple[str, float, str, str]:
    """Give ``kata grade`` against plain pytest on the same twenty tests."""
    plain = plain_folder(place / "plain")
    kata = str(Path(sys.executable).with_name("kata"))
    ours = [kata, "--katas", str(KATA.parent), "grade", KATA.name, "--from", str(SOLUTION)]
    theirs = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(plain)]
    pairs = [(seconds(ours, ROOT), seconds(theirs, plain)) for _ in range(PAIRS + 1)][1:]
    value = statistics.median(a / b for a, b in pairs)
    mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    said = f"{mine * 1000:.0f} ms against {other * 1000:.0f} ms"
    return "kata grade / pytest -q, 20 tests", value, "<= 1.5", said


CALLS = """
class ListNode:
    def __init__(self, val=0, next=None):
        self.val = val
        self.next = next


def same(x):
    return x


def size(x):
    return len(x)


def reverse(head):
    done = None
    while head is not None:
        head.next, done, head = done, head, head.next
    return done
"""


def proxy_figures() -> list[tuple[str, float, str, str]]:
    """Give the price of a small call, of bulk data and of a linked list."""
    import numpy as np

    from graders.model.limits import Limits
    from graders.sandbox.jail import Jail, Order, choose_tier
    from graders.sandbox.link import Budget
    from graders.sandbox.peer import Peer, Settings
    from graders.sandbox.proxy import Proxies, Solution, inout
    from graders.testing import record

    @record
    class ListNode:
        def __init__(self, val: int = 0, next: ListNode | None = None) -> None:  # noqa: A002
            self.val = val
            self.next = next

    limits = Limits(memory_mib=1024, reply_mib=256, attempt_cpu_seconds=100)
    with Jail(Order(limits=limits, packages=("numpy",)), choose_tier()) as jail:
        records = {"ListNode": (ListNode, ("val", "next"))}
        peer = Peer(
            jail, Budget(limits), Settings(source=CALLS, records=records), proxies=Proxies()
        )
        solution = Solution(peer)
        solution.same(1)
        small = best(lambda: [solution.same(1) for _ in range(2000)]) / 2000
        array = np.ones(12_500_000)
        bulk = best(lambda: solution.size(array))
        head = None
        for value in range(20_000):
            head = ListNode(value, head)
        ends = [head]
        chain = best(lambda: ends.append(solution.reverse(inout(ends[-1])))) / 20_000 / 2
        peer.link.close()
    return [
        ("a small call, microseconds", small * 1e6, "<= 120", ""),
        ("float64 one way, GB/s", 0.1 / bulk, ">= 0.7", "100 MB"),
        ("a linked list, microseconds a node and way", chain * 1e6, "<= 5", "20 000 nodes"),
    ]


def best(act: Callable[[], object]) -> float:
    """Give the median of five runs, in seconds."""
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        rows = [grade_ratio(place), *start_ratios(place / "fifty"), *proxy_figures()]
    print(f"{'Figure':<48}{'Median':>8}  {'Bar':<8}{'In figures'}")
    for title, value, bar, said in rows:
        print(f"{title:<48}{value:>8.2f}  {bar:<8}{said}")


if __name__ == "__main__":
    os.environ["KATA_BWRAP"] = "0"
    main()
