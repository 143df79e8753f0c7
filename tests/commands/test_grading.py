"""``kata grade``, ``kata test`` and ``kata report``."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from graders.commands.grading import Patience
from graders.errors import CannotGrade
from graders.ledger.sqlite import SqliteLedger
from graders.model.score import Standing
from graders.render.terminal import Aside, plain, render
from tests.kata_folders import STUB
from tests.reports import report


@pytest.fixture
def started(desk):
    desk.run("new", "k_means")
    return desk


def ledger(desk) -> SqliteLedger:
    return SqliteLedger(desk.root / ".kata" / "ledger.sqlite3")


def give(desk, **changes) -> None:
    desk.doors.report = report(**{"slug": "k_means", "attempt": 1, **changes})


def test_grade_shows_the_score_and_records_it(started) -> None:
    result = started.run("grade")

    assert result.stdout == plain(render(started.doors.report, Aside(hints=3)))
    assert result.exit_code == 1
    assert started.doors.asked == [
        (
            "grade",
            "k_means",
            1,
            {"solution.py": STUB},
            {"seed": None, "sandbox": "auto", "private": None},
        )
    ]
    entry = ledger(started).last("k_means")
    assert entry is not None
    assert (entry.earned, entry.standing, entry.hints) == (72, "failed", 0)
    assert entry.graded_at == "2025-03-01T12:00:00+00:00"
    assert json.loads(entry.report)["schema"] == "kata-report/1"


def test_grade_tells_the_change_since_last_time_and_the_next_hint(started) -> None:
    give(started, earned=55)
    started.run("grade")
    started.run("hint")
    give(started, earned=72)

    result = started.run("grade")

    assert "pass mark 80        last time 55  (+17)\n" in result.stdout
    assert "Hint 2 of 3: kata hint\n" in result.stdout
    assert [entry.hints for entry in ledger(started).entries()] == [0, 1]


@pytest.mark.parametrize(
    ("changes", "code", "recorded"),
    [
        ({"standing": Standing.PASSED, "earned": 92}, 0, 1),
        ({"standing": Standing.FAILED, "earned": 72}, 1, 1),
        ({"standing": Standing.UNDECIDED, "earned": 60, "pending": 30}, 0, 1),
        ({"standing": Standing.VOID, "earned": None}, 3, 0),
    ],
    ids=["passed", "failed", "undecided", "void"],
)
def test_each_standing_has_its_exit_code(started, changes, code: int, recorded: int) -> None:
    give(started, **changes)

    result = started.run("grade")

    assert result.exit_code == code
    assert len(ledger(started).entries()) == recorded


def test_after_a_void_report_the_last_score_stands(started) -> None:
    started.run("grade")
    give(started, standing=Standing.VOID, earned=None)

    result = started.run("grade")

    assert "Could not be graded" in result.stdout
    assert started.document("list", "k_means", "--json")["katas"][0]["last"] == 72


def test_grade_as_json_is_the_report_alone(started) -> None:
    result = started.run("grade", "--json")

    assert result.stdout_bytes == started.doors.report.to_json()
    assert result.stderr == plain(render(started.doors.report, Aside(hints=3)))
    assert result.exit_code == 1


def test_the_words_of_grade_reach_the_engine(started) -> None:
    started.run("new", "k_means")

    words = ["--attempt", "1", "--seed", "abc", "--sandbox", "strict", "--private", "evidence"]
    started.run("grade", "k", *words)

    assert started.doors.asked[0][1:3] == ("k_means", 1)
    assert started.doors.asked[0][4] == {
        "seed": "abc",
        "sandbox": "strict",
        "private": Path("evidence"),
    }


def test_the_newest_attempt_is_graded(started) -> None:
    started.run("new", "k_means")

    started.run("grade")

    assert started.doors.asked[0][2] == 2


@pytest.mark.parametrize("slug", [["k_means"], []], ids=["named", "under_way"])
def test_a_file_from_elsewhere_can_be_graded(started, slug) -> None:
    Path("mine.py").write_text("x = 1\n")

    started.run("grade", *slug, "--from", "mine.py")

    assert started.doors.asked[0][1:4] == ("k_means", None, {"solution.py": "x = 1\n"})


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda path: path.mkdir(), "solution.py: is a folder, not a regular file"),
        (os.mkfifo, "solution.py: is a pipe, not a regular file"),
        (lambda path: path.symlink_to("/etc/passwd"), "is a link, not a regular file"),
        (lambda path: path.write_bytes(b"x" * 10_000_000), "at most 262,144 are read"),
        (lambda path: path.write_bytes(b"ab\xff"), "is not UTF-8: byte 0xff at offset 2"),
        (lambda path: None, "is missing"),
    ],
    ids=["folder", "pipe", "link", "large", "bytes", "missing"],
)
def test_an_attempt_that_cannot_be_read_is_one_line_and_exit_2(started, make, error: str) -> None:
    started.solution().unlink()
    make(started.solution())

    result = started.run("grade")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert re.fullmatch(r"error: attempts/k_means/001/[^\n]*\ntip: [^\n]*\n", result.stderr)
    assert error in result.stderr
    assert started.doors.asked == []


def test_attempt_and_from_exclude_each_other(started) -> None:
    result = started.run("grade", "--attempt", "1", "--from", "x.py")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: --attempt and --from exclude each other\ntip: leave one of them out\n"
    )


def test_an_attempt_that_is_not_there_is_told_of(started) -> None:
    result = started.run("grade", "--attempt", "7")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: attempts/k_means/007: is missing\ntip: start a fresh attempt: kata new k_means\n"
    )


def test_evidence_that_cannot_be_written_is_told_of_before_grading(started) -> None:
    result = started.run("grade", "--private", "no/evidence")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: no/evidence: cannot be written: No such file or directory\n"
        "tip: name a file in a folder where you may write\n"
    )
    assert started.doors.asked == []


def test_a_sandbox_that_does_not_start_exits_3(started) -> None:
    started.doors.error = CannotGrade("no kernel jail here", fix="kata doctor says why")

    result = started.run("grade", "--sandbox", "strict")

    assert result.exit_code == 3
    assert result.stderr == "error: no kernel jail here\ntip: kata doctor says why\n"
    assert ledger(started).entries() == []


def test_a_damaged_ledger_takes_nothing_from_the_score(started) -> None:
    path = started.root / ".kata" / "ledger.sqlite3"
    path.write_text("no database at all " * 99)

    result = started.run("grade")

    assert "72/100" in result.stdout
    assert result.exit_code == 1
    assert result.stderr.startswith("note: this score is not recorded: ledger.sqlite3: ")
    assert result.stderr.endswith(
        f"tip: keep it for repair and start a new one: mv {path} {path}.damaged\n"
    )


def test_a_score_is_shown_where_hints_cannot_be_read(started) -> None:
    (started.root / "katas" / "k_means" / "hints.md").write_bytes(b"\xff")

    result = started.run("grade")

    assert "72/100" in result.stdout
    assert "kata hint" not in result.stdout


def test_the_sample_tests_pass(started) -> None:
    result = started.run("test")

    assert result.stdout == "2 passed\nThe sample tests pass. Type next: kata grade\n"
    assert result.exit_code == 0
    assert started.doors.asked == [("run_samples", "k_means", "001", "auto")]


def test_the_sample_tests_fail_and_their_text_cannot_do_anything(started) -> None:
    text = "\x1b[2J::error::no\n\tindented\n"
    started.doors.samples = SimpleNamespace(text=text, passed=False, tier="B")

    result = started.run("test", "--sandbox", "strict")

    assert result.stdout == (
        "\\x1b[2J: :error: :no\n"
        "\tindented\n"
        "Not yet. Type next: kata open, or kata hint (k_means, 001)\n"
    )
    assert result.exit_code == 1
    assert started.doors.asked[0][3] == "strict"


def test_a_weak_jail_is_never_silent(started) -> None:
    started.doors.samples = SimpleNamespace(text="", passed=True, tier="C")

    assert started.run("test").stderr == (
        "note: this machine has no kernel jail\ntip: see kata doctor\n"
    )


def test_the_sample_tests_as_json(started) -> None:
    started.doors.samples = SimpleNamespace(text="", passed=False, tier="C")

    assert started.document("test", "--json", code=1) == {
        "schema": "kata-test/1",
        "slug": "k_means",
        "attempt": 1,
        "passed": False,
        "tier": "C",
        "text": "",
    }


# kata report


def test_a_report_comes_from_the_last_grading(started) -> None:
    started.run("grade")

    assert started.run("report").stdout.startswith(
        "<!-- kata-report/1 -->\n### k\\_means: 72 / 100"
    )
    assert started.run("report", "--format", "txt").stdout == plain(render(started.doors.report))
    assert started.document("report", "k_means", "--format", "json")["earned"] == 72


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.md", "<!-- kata-report/1 -->"),
        ("a.html", "<!doctype html>"),
        ("a.json", "{"),
        ("a.txt", "k_means, attempt 001"),
        ("a.svg", "<svg "),
    ],
)
def test_the_ending_of_the_file_is_the_format(started, name: str, start: str) -> None:
    started.run("grade")

    result = started.run("report", "-o", name)

    assert result.stderr == f"Wrote {name}\n"
    assert Path(name).read_text(encoding="utf-8").startswith(start)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (
            ["-o", "a.doc"],
            (
                'error: no format is known for "a.doc"\n'
                "tip: end it in one of: md, html, json, txt, svg; or add --format\n"
            ),
        ),
        (
            ["-o", "no/folder.md"],
            (
                "error: no/folder.md: cannot be written: No such file or directory\n"
                "tip: check that you may write there\n"
            ),
        ),
    ],
    ids=["format", "folder"],
)
def test_a_report_that_cannot_be_written_is_told_of(started, words, text: str) -> None:
    started.run("grade")

    result = started.run("report", *words)

    assert (result.exit_code, result.stderr) == (2, text)


def test_without_a_score_there_is_no_report(started) -> None:
    result = started.run("report")

    assert result.exit_code == 2
    assert result.stderr == "error: k_means has not been graded yet\ntip: kata grade k_means\n"


# Progress


class Terminal:
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return True


def test_what_takes_long_is_said_on_a_terminal_and_taken_back(monkeypatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)

    with Patience("grading", seconds=0.0) as patience:
        patience.timer.join()

    assert terminal.text == "grading ...\r           \r"


def test_what_is_quick_says_nothing(monkeypatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)

    with Patience("grading", seconds=60):
        pass

    assert terminal.text == ""
