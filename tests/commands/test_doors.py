"""The commands with nothing faked: the real engine, jail and catalogue."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graders.commands import build

KATAS = Path(__file__).parents[2] / "katas"
REFERENCES = KATAS / "reverse_linked_list" / "hidden" / "reference"


def run(*words: str) -> Result:
    return CliRunner().invoke(build(), ["--katas", str(KATAS), *words])


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.slow
def test_a_reference_passes_and_is_recorded() -> None:
    path = str(REFERENCES / "three_names.py")

    graded = run("grade", "reverse_linked_list", "--from", path, "--json")

    report = json.loads(graded.stdout)
    listed = json.loads(run("list", "reverse", "--json").stdout)
    assert graded.exit_code == 0, graded.stderr
    assert (report["standing"], report["earned"]) == ("passed", 100)
    assert [kata["best"] for kata in listed["katas"]] == [100]
    assert "three_names.py" in run("solution", "reverse").stdout


@pytest.mark.slow
def test_the_stub_fails_the_sample_tests_and_the_hidden_ones() -> None:
    run("new", "reverse")

    tested, graded = run("test"), run("grade")

    assert tested.exit_code == 1
    assert "NotImplementedError" in tested.stdout
    assert graded.exit_code == 1
    assert "0/100   pass mark" in graded.stdout


def test_the_doctor_names_the_sandbox_in_force() -> None:
    found = json.loads(run("doctor", "--json").stdout)

    assert any(row["name"] == "sandbox" and row["text"] for row in found["findings"])
