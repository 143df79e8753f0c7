"""Nothing slow is imported on the way to ``kata --help`` and ``kata list``."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from graders.ledger.sqlite import SqliteLedger
from tests.kata_folders import KATA_TOML, write_kata
from tests.test_ledger import entry

if TYPE_CHECKING:
    from pathlib import Path

KATA = "from cli import main; main()"
SLOW = {
    "dataclasses",
    "graders.engine",
    "graders.model",
    "graders.reporting",
    "graders.workspace",
    "importlib.metadata",
    "jinja2",
    "msgspec",
    "numpy",
    "pytest",
    "rich",
    "subprocess",
    "tempfile",
    "tomllib",
}
ALSO_SLOW_FOR_HELP = {"graders.catalogue", "graders.commands.listing", "json", "pathlib", "sqlite3"}
RUNS = 9


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("repository")
    (root / "pyproject.toml").touch()
    for number in range(50):
        about = KATA_TOML.replace("K-means", f"Kata {number}")
        write_kata(root / "katas", f"kata_{number:02}", kata=about)
    run(root, "-c", KATA, "list")  # writes the list's cache, and the bytecode
    return root


def run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *words]
    # As at a learner's: with bytecode, and without a tool that watches.
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(command, cwd=root, env=kept, capture_output=True, text=True, check=True)


def imported(root: Path, *words: str) -> set[str]:
    told = run(root, "-X", "importtime", "-c", KATA, *words).stderr
    return {line.rsplit("|", 1)[1].strip() for line in told.splitlines() if line.count("|") == 2}


def test_help_imports_the_table_only(repository) -> None:
    found = imported(repository, "--help")

    assert {"click", "graders.commands"} <= found
    assert found & (SLOW | ALSO_SLOW_FOR_HELP) == set()


def test_list_imports_no_loader_and_no_model(repository) -> None:
    found = imported(repository, "list")

    assert "graders.commands.listing" in found
    assert found & (SLOW | {"sqlite3"}) == set()


def test_list_with_scores_adds_the_ledger_only(repository) -> None:
    before = imported(repository, "list")
    SqliteLedger(repository / ".kata" / "ledger.sqlite3").record(entry("kata_07"))

    added = imported(repository, "list") - before

    assert "sqlite3" in added
    assert added & SLOW == set()
    assert {name for name in added if name.startswith("graders")} == {
        "graders.ledger",
        "graders.ledger.base",
        "graders.ledger.sqlite",
    }


@pytest.mark.slow
def test_start_takes_a_few_times_what_python_alone_takes(repository, capsys) -> None:
    commands = {"python": ("pass",), "--help": (KATA, "--help"), "list": (KATA, "list")}
    taken: dict[str, list[float]] = {name: [] for name in commands}

    for _ in range(RUNS):
        for name, words in commands.items():
            start = time.perf_counter()
            run(repository, "-c", *words)
            taken[name].append(time.perf_counter() - start)

    best = {name: statistics.median(times) for name, times in taken.items()}
    ratios = {name: best[name] / best["python"] for name in ("--help", "list")}
    with capsys.disabled():
        sys.stdout.write(" ".join(f"[{name} {ratio:.1f}x]" for name, ratio in ratios.items()))
    # The bar is 6; a busy machine gets some room, the imports above are the guard.
    assert max(ratios.values()) < 9
