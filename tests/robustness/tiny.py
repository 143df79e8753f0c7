"""A kata small enough to be graded many times, and a repository that holds it."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

KATA = """\
title = "Doubling"
section = "coding"
level = "easy"
minutes = 5
topics = ["numbers"]
summary = "Twice a number."

[limits]
call_cpu_seconds = 0.5
call_wall_seconds = 1.0
attempt_wall_seconds = 8.0
"""
RUBRIC = """\
pass_mark = 80

[[criterion]]
id = "doubles"
title = "Doubles"
kind = "tests"
points = 60
situations = { small = "a small number", drawn = "numbers at random" }

[[criterion]]
id = "grows"
title = "Needs no more room"
kind = "complexity"
points = 20
requires = ["doubles"]
situations = { large = "a large number" }
options = { method = "peak_memory", target = "O(1) extra space", size = 1000, limit_mib = 8.0 }

[[criterion]]
id = "rules"
title = "Keeps to the rules"
kind = "static"
points = 20
requires = ["doubles"]
"""
HIDDEN = """\
import pytest


@pytest.mark.criterion("doubles", "small")
@pytest.mark.parametrize("n", [0, 1, -3])
def test_small(solution, n):
    assert solution.double(n) == 2 * n


@pytest.mark.criterion("doubles", "drawn")
def test_drawn(solution, rng):
    for n in rng.integers(-50, 50, 5).tolist():
        assert solution.double(n) == 2 * n


@pytest.mark.criterion("grows", "large")
def test_room(measure):
    measure.peak_memory("double", lambda n, rng: (n,), lambda result, n: None)
"""
FILES = {
    "kata.toml": KATA,
    "rubric.toml": RUBRIC,
    "README.md": "# Doubling\n",
    "hints.md": "# Hints\n\n## Hint 1\n\na\n\n## Hint 2\n\nb\n\n## Hint 3\n\nc\n",
    "stub.py": "def double(n):\n    raise NotImplementedError  # TODO\n",
    "test_sample.py": "from solution import double\n\n\ndef test_one():\n    assert double(1) == 2\n",
    "hidden/test_hidden.py": HIDDEN,
}
RIGHT = "def double(n):\n    return n + n\n"
SLEEPS = "import time\n\n\ndef double(n):\n    time.sleep(0.3)\n    return n + n\n"
LAUNCH = "import sys; sys.path.insert(0, {root!r}); from cli import main; main()"
PROJECT = Path(__file__).resolve().parents[2]


def write_repository(root):
    """Write a repository with the one kata, and a right solution beside it."""
    (root / "pyproject.toml").write_text("")
    for name, text in FILES.items():
        path = root / "katas" / "doubling" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "right.py").write_text(RIGHT)
    return root


def start(root, *words, prefix=(), project=PROJECT, python=sys.executable, **more):
    """Start ``kata`` in a process of its own."""
    code = LAUNCH.format(root=str(project))
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("KATA_", "PYTEST_"))}
    return subprocess.Popen(
        [*prefix, python, "-c", textwrap.dedent(code), *words],
        cwd=root,
        env={"KATA_BWRAP": "0", **environment, **more.pop("env", {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )


def run(root, *words, **more):
    """Run ``kata`` to its end; give exit code, stdout, stderr."""
    process = start(root, *words, **more)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def descendants(pid):
    """Give the processes that a process started, and those that they did."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *descendants(child)]
    return found


def is_alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"
