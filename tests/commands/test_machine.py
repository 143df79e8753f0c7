"""``doctor``, ``isolate``, ``completion`` and ``dev schema``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

JAIL = SimpleNamespace(name="jail", ok=True, text="landlock+seccomp", fix="")
GIT = SimpleNamespace(name="git", ok=False, text="not found", fix="install git")


def test_the_doctor_says_what_is_well_and_how_to_mend_the_rest(desk) -> None:
    desk.doors.findings = [JAIL, GIT]

    result = desk.run("doctor")

    assert (
        result.stdout == "ok   jail: landlock+seccomp\nfix  git: not found\n     tip: install git\n"
    )
    assert result.exit_code == 1


def test_a_sound_machine_exits_0(desk) -> None:
    desk.doors.findings = [JAIL]

    assert desk.run("doctor").exit_code == 0


def test_the_doctor_as_json(desk) -> None:
    desk.doors.findings = [GIT]

    assert desk.document("doctor", "--json", code=1) == {
        "schema": "kata-doctor/1",
        "ok": False,
        "findings": [{"name": "git", "ok": False, "text": "not found", "fix": "install git"}],
    }


def outcome(name: str, word: str, cause: str | None = None) -> SimpleNamespace:
    return SimpleNamespace(id=name, outcome=word, cause=cause)


@pytest.fixture
def isolated(desk):
    Path("test_x.py").write_text("")
    Path("x.py").write_text("")
    desk.doors.isolation = SimpleNamespace(
        tests=(
            outcome("test_x.py::test_a", "passed"),
            outcome("test_x.py::test_b", "timed_out", "ran out of time\x1b"),
            outcome("test_x.py::test_c", "skipped"),
        ),
        sandbox="landlock+seccomp",
    )
    return desk


def test_isolate_lists_each_test(isolated) -> None:
    result = isolated.run("isolate", "test_x.py", "--solution", "x.py", "--allow-read", "data")

    assert result.stdout == (
        "passed    test_x.py::test_a\n"
        "timed_out test_x.py::test_b   ran out of time\\x1b\n"
        "skipped   test_x.py::test_c\n"
        "1 passed, 1 failed, 1 skipped   jail: landlock+seccomp, trusts the operators\n"
    )
    assert result.exit_code == 1
    options = {"allow_read": [Path("data")], "sandbox": "auto"}
    assert isolated.doors.asked == [("isolate", Path("test_x.py"), Path("x.py"), options)]


def test_isolate_as_json(isolated) -> None:
    found = isolated.document("isolate", "test_x.py", "--solution", "x.py", "--json", code=1)

    assert found == {
        "schema": "kata-isolate/1",
        "tests": [
            {"id": "test_x.py::test_a", "outcome": "passed", "cause": None},
            {"id": "test_x.py::test_b", "outcome": "timed_out", "cause": "ran out of time\x1b"},
            {"id": "test_x.py::test_c", "outcome": "skipped", "cause": None},
        ],
        "passed": 1,
        "failed": 1,
        "skipped": 1,
        "total": 3,
        "sandbox": "landlock+seccomp",
        "trusts": ["operators"],
    }


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [(["passed"], 0), (["skipped"], 0), ([], 1), (["failed"], 1), (["errored"], 1)],
    ids=lambda value: "_".join(value) or "no_test" if isinstance(value, list) else None,
)
def test_isolate_exits_0_when_none_failed_and_there_was_one(isolated, outcomes, code: int) -> None:
    tests = tuple(outcome(str(place), word) for place, word in enumerate(outcomes))
    isolated.doors.isolation = SimpleNamespace(tests=tests, sandbox="x")

    assert isolated.run("isolate", "test_x.py", "--solution", "x.py").exit_code == code


@pytest.mark.parametrize("missing", ["test_x.py", "x.py"])
def test_isolate_names_a_file_that_is_not_there(isolated, missing: str) -> None:
    Path(missing).unlink()

    result = isolated.run("isolate", "test_x.py", "--solution", "x.py")

    assert result.exit_code == 2
    assert result.stderr == f'error: there is no file "{missing}"\ntip: see kata isolate --help\n'


@pytest.mark.parametrize(
    ("shell", "sign"),
    [("bash", "complete -o nosort"), ("zsh", "#compdef kata"), ("fish", "complete --no-files")],
)
def test_completion_prints_a_script_and_how_to_install_it(desk, shell: str, sign: str) -> None:
    result = desk.run("completion", shell)

    assert sign in result.stdout
    assert "_KATA_COMPLETE" in result.stdout
    assert result.stderr.startswith("To install it: kata completion " + shell)


def complete(*words: str) -> list[str]:
    environment = {
        **os.environ,
        "_KATA_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(["kata", *words]),
        "COMP_CWORD": str(len(words)),
    }
    found = subprocess.run(
        [sys.executable, "-c", "from cli import main; main()"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.split(",")[1] for line in found.stdout.splitlines() if line]


def test_commands_and_slugs_are_completed(desk) -> None:
    assert complete("gr") == ["grade"]
    assert complete("new", "k") == ["k_means"]
    assert complete("grade", "near") == ["nearest_neighbors"]
    assert complete("explain", "correct", "") == ["k_means", "nearest_neighbors"]


def test_completion_outside_a_repository_offers_nothing(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert complete("new", "k") == []


@pytest.mark.parametrize("name", ["kata", "rubric", "report"])
def test_schemas_are_printed(desk, name: str) -> None:
    found = json.loads(desk.run("dev", "schema", name).stdout)

    assert "$schema" in found or "$ref" in found or "properties" in found


def test_an_unknown_schema_is_told_of(desk) -> None:
    result = desk.run("dev", "schema", "zz")

    assert result.exit_code == 2
    assert result.stderr == ('error: there is no schema "zz"\ntip: one of: kata, rubric, report\n')
