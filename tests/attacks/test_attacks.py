"""Each hostile file, graded for good: no points, no void, no hang, no leak, nothing left behind."""

from __future__ import annotations

import json
import os
import re
import resource
import select
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from graders import engine
from graders.catalogue import load_kata
from graders.model.attempt import Attempt
from graders.model.kata import Kata
from graders.render.terminal import Aside, render
from graders.sandbox import lockdown
from tests.attacks.corpus_files import HERE, KATAS, TARGET, Hostile, corpus

CORPUS = corpus()
SPARE_SECONDS = 3.0
PATIENCE_SECONDS = 21.0
JUDGE_BYTES = 4 << 30  # address space; far more than an honest grading takes
MOST_JUDGE_MIB = 448
SECRETS = (b"48613", b"halcyonquartz")
SECRET_LINE = 613

pytestmark = pytest.mark.skipif(
    bool(lockdown.probe().reason), reason="this kernel has no Landlock or no seccomp filters"
)


@pytest.fixture(autouse=True)
def _tier_b(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KATA_BWRAP", "0")


@pytest.mark.parametrize("hostile", CORPUS, ids=lambda hostile: hostile.path.stem)
def test_a_hostile_file_gains_nothing(hostile: Hostile, tmp_path: Path) -> None:
    folder = tmp_path / "attempt"
    folder.mkdir()
    (folder / "solution.py").write_text(hostile.source, encoding="utf-8")
    before = _traces(tmp_path)

    kata = load_kata(TARGET if hostile.kata == TARGET.name else KATAS / hostile.kata)
    # Hidden tests and measurements each have a budget of their own.
    most_seconds = 2 * kata.about.limits.attempt_wall_seconds + SPARE_SECONDS

    seconds, told = _grade_apart(kata, folder)

    assert "error" not in told, told["error"]
    report = told["report"]
    assert report["standing"] != "void"
    assert report["earned"] <= hostile.earns
    assert seconds < most_seconds
    assert told["judge_mib"] < MOST_JUDGE_MIB
    assert _secrets_in(report, told["text"]) == []
    assert told["processes_left"] == 0
    assert _traces(tmp_path) == before


def test_the_reference_earns_all_points(tmp_path: Path) -> None:
    source = (TARGET / "hidden/reference/plain.py").read_text(encoding="utf-8")
    (tmp_path / "solution.py").write_text(source, encoding="utf-8")

    _, told = _grade_apart(load_kata(TARGET), tmp_path)

    assert told["report"]["earned"] == 100


def test_the_corpus_is_large_and_says_what_it_tries() -> None:
    assert len(CORPUS) >= 90
    assert len({hostile.kind for hostile in CORPUS}) >= 15


def _grade_apart(kata: Kata, folder: Path) -> tuple[float, dict[str, Any]]:
    """Grade in a forked process of its own session, for the judge itself is under attack."""
    reader, writer = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        _grade_here(kata, folder, writer)
    os.close(writer)
    data = _read_all(reader, until=started + PATIENCE_SECONDS)
    seconds = time.monotonic() - started
    left = len(_session(child)) - 1 if data else 0
    os.killpg(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    if not data:
        words = "does not end" if seconds >= PATIENCE_SECONDS else f"died with status {status}"
        return seconds, {"error": f"the judge {words}"}
    return seconds, {**json.loads(data), "processes_left": left}


def _grade_here(kata: Kata, folder: Path, writer: int) -> None:
    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (JUDGE_BYTES, JUDGE_BYTES))
    begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # what other tests have imported
    try:
        source = (folder / "solution.py").read_text(encoding="utf-8")
        attempt = Attempt(slug=kata.slug, number=None, files={"solution.py": source}, folder=folder)
        report = engine.grade(kata, attempt, sandbox="strict")
        told: dict[str, Any] = {
            "report": json.loads(report.to_json()),
            "text": render(report, Aside(previous=None, hints=3, hints_used=0), width=100),
            "judge_mib": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - begun) >> 10,
        }
    except BaseException as error:
        told = {"error": f"{type(error).__name__}: {error}"[:500]}
    data = memoryview(json.dumps(told).encode())
    while data:
        data = data[os.write(writer, data) :]
    os.close(writer)
    signal.pause()  # the parent counts what runs beside this process, then ends it


def _read_all(reader: int, *, until: float) -> bytes:
    data = b""
    while select.select([reader], [], [], max(0.0, until - time.monotonic()))[0]:
        part = os.read(reader, 1 << 16)
        if not part:
            break
        data += part
    os.close(reader)
    return data


def _session(leader: int) -> list[int]:
    """Give the processes that the grading left alive: its children, and their children."""
    found, waiting = [], [leader]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            waiting += map(int, task.read_text().split())
    return found


def _secrets_in(report: dict[str, Any], text: str) -> list[str]:
    """Give the hidden values that a report tells; its digests and clocks are random digits."""
    shown = dict(report)
    lines = [cause.get("line") for c in report["criteria"] for cause in c["causes"]]
    for key in ("digest", "kata_version", "grader_version", "seed", "measured"):
        shown.pop(key)
    data = json.dumps(shown).encode() + re.sub(r"\d+\.\d+", "", text).encode()
    found = [secret.decode() for secret in SECRETS if secret in data]
    return found + ["line"] * (SECRET_LINE in lines)


def _traces(tmp_path: Path) -> set[str]:
    """Give the names of all files where a hostile file could have left one."""
    places = (tmp_path.rglob("*"), Path.cwd().glob("*"), Path("/tmp").glob("*_left_behind*"))
    return {str(path) for place in places for path in place} | {
        str(path) for path in HERE.rglob("*") if "__pycache__" not in path.parts
    }
