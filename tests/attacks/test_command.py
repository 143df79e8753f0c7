"""Hostile files and folders through the command itself: exit codes, screen, folder, ledger."""

from __future__ import annotations

import json
import os
import py_compile
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from graders.sandbox import lockdown
from tests.attacks.corpus_files import FOLDER, HERE, TARGET

ROOT = HERE.parents[1]
PATIENCE_SECONDS = 60.0
WORST = (
    "callback_keeps_arrays",
    "crash_by_code_object",
    "exit_at_import_os",
    "exit_keyboard_interrupt",
    "exit_skip",
    "forge_class_that_is_its_own_base",
    "forge_deep_tuple_key",
    "forge_fault_of_megabytes",
    "process_kill_parent",
    "raise_group_of_strangers",
    "raise_unicode_error_out_of_bounds",
    "raw_segfault",
    "reply_billion_laughs",
    "write_ledger",
)
HONEST = (TARGET / "hidden/reference/plain.py").read_text(encoding="utf-8")
CANARY = "import pathlib\npathlib.Path({place!r}).touch()\n"
LOUD = '''
class {name}(Exception):
    """Raised with a text that a terminal or a workflow would obey."""


def reverse_linked_list(head):
    print("::error::quillwort\\n::add-mask::quillwort\\x1b[31mquillwort\\x1b]0;quillwort\\a")
    cls = type("::error::quillwort\\x1b[2J", ({name},), {{}})
    raise cls("::set-output name=x::quillwort\\x1b[2J\\r\\n##[error]quillwort")


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
'''

pytestmark = pytest.mark.skipif(
    bool(lockdown.probe().reason), reason="this kernel has no Landlock or no seccomp filters"
)


class Ran(NamedTuple):
    """What the command gave back."""

    code: int
    out: str
    err: str


class Place:
    """A learner's folder with a catalogue of its own, which holds the target."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.canary = folder / "canary"
        shutil.copytree(TARGET, folder / "catalogue" / "target")
        (folder / "attempts").mkdir()

    def grade(self, *words: str | Path) -> Ran:
        """Run ``kata grade target`` here, as its user would."""
        command = [sys.executable, "-P", "-c", "import cli; cli.main()", "--katas", "catalogue"]
        done = subprocess.run(
            [*command, "grade", "target", "--sandbox", "strict", *map(str, words)],
            cwd=self.folder,
            env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), "KATA_BWRAP": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def attempt(self, source: str) -> Path:
        """Give a first attempt with that solution."""
        folder = self.folder / "attempts" / "target" / "001"
        folder.mkdir(parents=True)
        (folder / "solution.py").write_text(source, encoding="utf-8")
        return folder

    def ledger(self) -> list[tuple[object, ...]]:
        """Give the lines of the ledger: whose, which attempt, how many points."""
        with sqlite3.connect(self.folder / ".kata" / "ledger.sqlite3") as db:
            return list(db.execute("SELECT slug, attempt, earned FROM graded ORDER BY id"))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.mark.parametrize("name", WORST)
def test_the_worst_files_end_with_code_1_and_a_report(place: Place, name: str) -> None:
    ran = place.grade("--from", FOLDER / f"{name}.py", "--json")

    assert ran.code == 1, ran.err
    report = json.loads(ran.out)
    assert report["standing"] == "failed"
    assert report["earned"] == 0
    assert place.ledger() == [("target", None, 0)]


def test_the_honest_file_passes(place: Place) -> None:
    place.attempt(HONEST)

    assert place.grade("--attempt", "1").code == 0
    assert place.ledger() == [("target", 1, 100)]


def _link(path: Path) -> None:
    path.symlink_to(TARGET / "hidden/reference/plain.py")


def _bytes(data: bytes):
    return lambda path: path.write_bytes(data)


UNREADABLE = {
    "a link to the reference": (_link, "is a link"),
    "a link to nothing": (lambda path: path.symlink_to("nowhere"), "is a link"),
    "a pipe": (os.mkfifo, "is a pipe"),
    "a folder": (lambda path: path.mkdir(), "is a folder"),
    "ten megabytes": (_bytes(b"#" * 10_000_000), "bytes; at most"),
    "no UTF-8": (_bytes(b"\xff\xfe"), "is not UTF-8"),
}


@pytest.mark.parametrize(("make", "words"), UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize("way", ["--from", "--attempt"])
def test_what_cannot_be_read_ends_with_code_2(place: Place, way: str, make, words: str) -> None:
    folder = place.attempt("")
    (folder / "solution.py").unlink()
    make(folder / "solution.py")

    ran = place.grade(way, folder if way == "--from" else "1")

    assert ran.code == 2
    assert words in ran.err
    assert not (place.folder / ".kata" / "ledger.sqlite3").exists()


@pytest.mark.parametrize("source", ["x = 1\0", "\0", "", "def f(:\n", "(" * 200_000], ids=repr)
def test_what_is_no_program_ends_with_code_1(place: Place, source: str) -> None:
    place.attempt(source)

    assert place.grade("--attempt", "1").code == 1


def _canaries(folder: Path, canary: Path) -> None:
    """Fill a folder with all that a grader might run or obey by mistake."""
    text = CANARY.format(place=str(canary))
    for name in ("conftest", "sitecustomize", "usercustomize", "pytest_timeout", "test_more"):
        (folder / f"{name}.py").write_text(text)
    for name in ("graders", "numpy", "pytest", "msgspec", "hidden"):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(text)
    (folder / "graders" / "testing.py").write_text(text)
    (folder / "oracle.py").write_text(text)
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --collect-only -p conftest\n")
    (folder / "pyproject.toml").write_text('[tool.pytest.ini_options]\naddopts = "-k nothing"\n')
    (folder / "evil.pth").write_text(f"import pathlib; pathlib.Path({str(canary)!r}).touch()\n")
    with (folder / "huge.bin").open("wb") as file:
        file.truncate(1 << 33)
    poisoned = folder / "poisoned.py"
    poisoned.write_text(text)
    for tag in (sys.implementation.cache_tag, f"{sys.implementation.cache_tag}.opt-1"):
        py_compile.compile(str(poisoned), str(folder / f"__pycache__/solution.{tag}.pyc"))
    poisoned.unlink()


@pytest.mark.parametrize(("source", "earned"), [(HONEST, 100), ("", 0)], ids=["honest", "empty"])
def test_what_lies_beside_the_solution_neither_runs_nor_counts(
    place: Place, source: str, earned: int
) -> None:
    folder = place.attempt(source)
    _canaries(folder, place.canary)
    _canaries_in_the_way(place)

    ran = place.grade("--attempt", "1", "--json")
    again = place.grade("--from", folder, "--json")

    assert json.loads(ran.out)["earned"] == json.loads(again.out)["earned"] == earned
    assert not place.canary.exists()


def _canaries_in_the_way(place: Place) -> None:
    """Put the same where the command is run: the working folder is no place to import from."""
    text = CANARY.format(place=str(place.canary))
    for name in ("conftest", "sitecustomize", "numpy", "solution", "oracle"):
        (place.folder / f"{name}.py").write_text(text)


def test_commands_for_terminals_and_workflows_reach_no_screen(place: Place) -> None:
    place.attempt(LOUD.format(name="Loud"))

    ran = place.grade("--attempt", "1")

    shown = ran.out + ran.err
    assert ran.code == 1
    assert "quillwort" not in shown
    assert "\x1b" not in shown
    assert not [line for line in shown.splitlines() if line.lstrip().startswith(("::", "##["))]


def test_a_class_of_the_source_is_named_and_nothing_else(place: Place) -> None:
    place.attempt(LOUD.format(name="Quiet").replace("raise cls(", "raise Quiet("))

    ran = place.grade("--attempt", "1")

    assert "Quiet" in ran.out + ran.err
    assert "quillwort" not in ran.out + ran.err


def test_the_ledger_holds_what_was_graded_and_no_more(place: Place) -> None:
    folder = place.attempt(HONEST)
    place.grade("--attempt", "1")
    attack = (FOLDER / "write_ledger.py").read_text(encoding="utf-8")
    (folder / "solution.py").write_text(attack, encoding="utf-8")

    place.grade("--attempt", "1")

    assert place.ledger() == [("target", 1, 100), ("target", 1, 0)]
