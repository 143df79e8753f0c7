"""The ledger in one SQLite file."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graders.errors import LedgerError
from graders.ledger.base import Entry, Ledger, Summary
from graders.ledger.sqlite import MIGRATIONS, SqliteLedger

WRITER = """
import sys
from pathlib import Path
from graders.ledger.base import Entry
from graders.ledger.sqlite import SqliteLedger
ledger = SqliteLedger(Path(sys.argv[1]))
name, count = sys.argv[2], int(sys.argv[3])
for number in range(1, count + 1):
    ledger.record(Entry(name, number, "d", "k", "g", "s", number % 101, 0, 100, "failed", 0,
        "2025-01-01T00:00:00+00:00", "x" * 20_000))
    print(number, flush=True)
"""


def entry(slug: str = "k_means", earned: int = 72, **changes) -> Entry:
    made = Entry(
        slug=slug,
        attempt=1,
        digest="d" * 64,
        kata_version="k" * 64,
        grader_version="g" * 64,
        seed="s",
        earned=earned,
        pending=0,
        possible=100,
        standing="passed" if earned >= 80 else "failed",
        hints=1,
        graded_at="2025-01-01T00:00:00+00:00",
        report="{}",
    )
    return made._replace(**changes)


@pytest.fixture
def ledger(tmp_path: Path) -> SqliteLedger:
    return SqliteLedger(tmp_path / ".kata" / "ledger.sqlite3")


def start_writer(ledger: SqliteLedger, name: str, count: int) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-c", WRITER, str(ledger.path), name, str(count)]
    root = Path(__file__).parents[1]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root)


def test_a_ledger_that_was_never_written_holds_nothing_and_makes_no_file(ledger) -> None:
    asked: Ledger = ledger

    assert asked.entries() == []
    assert asked.best("k_means") is None
    assert asked.last("k_means") is None
    assert asked.summaries() == {}
    assert not ledger.path.exists()


def test_entries_come_back_as_they_were_oldest_first(ledger) -> None:
    written = [entry(earned=40), entry("other", attempt=None), entry(earned=72)]

    for one in written:
        ledger.record(one)

    assert ledger.entries() == written
    assert ledger.entries("k_means") == [written[0], written[2]]


def test_best_is_the_first_of_equals_and_last_is_the_newest(ledger) -> None:
    for number, earned in enumerate([40, 90, 90, 10], start=1):
        ledger.record(entry(earned=earned, attempt=number))

    assert ledger.best("k_means") == entry(earned=90, attempt=2)
    assert ledger.last("k_means") == entry(earned=10, attempt=4)


def test_a_summary_says_what_a_list_shows(ledger) -> None:
    ledger.record(entry(earned=85, graded_at="2025-01-01T00:00:00+00:00"))
    ledger.record(entry(earned=90, graded_at="2025-01-05T00:00:00+00:00"))
    ledger.record(entry(earned=20, graded_at="2025-02-01T00:00:00+00:00"))
    ledger.record(entry("other", earned=3))

    assert ledger.summaries() == {
        "k_means": Summary(
            slug="k_means",
            best=90,
            last=20,
            standing="failed",
            graded=3,
            passes=2,
            last_graded_at="2025-02-01T00:00:00+00:00",
            last_passed_at="2025-01-05T00:00:00+00:00",
        ),
        "other": Summary("other", 3, 3, "failed", 1, 0, "2025-01-01T00:00:00+00:00", ""),
    }


def test_a_standing_that_cannot_be_is_refused(ledger) -> None:
    with pytest.raises(LedgerError, match="CHECK constraint failed"):
        ledger.record(entry(standing="void"))

    assert ledger.entries() == []


def test_twelve_writers_at_once_lose_nothing(ledger) -> None:
    writers = [start_writer(ledger, f"kata_{number}", 5) for number in range(12)]

    problems = [writer.communicate()[1] for writer in writers]

    assert problems == [b""] * 12
    assert {slug: found.graded for slug, found in ledger.summaries().items()} == {
        f"kata_{number}": 5 for number in range(12)
    }


@pytest.mark.parametrize("delay", [0.0, 0.004, 0.009, 0.015], ids=lambda delay: f"after_{delay}_s")
def test_a_writer_that_is_killed_leaves_every_finished_entry(ledger, delay: float) -> None:
    writer = start_writer(ledger, "k_means", 100_000)
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"1\n"

    time.sleep(delay)
    writer.send_signal(signal.SIGKILL)
    said = b"1\n" + writer.communicate()[0]

    finished = said.count(b"\n")
    numbers = [one.attempt for one in ledger.entries()]
    assert writer.returncode == -signal.SIGKILL
    # The last one may have been written and not yet told of.
    assert numbers in [list(range(1, finished + 1)), list(range(1, finished + 2))]
    ledger.record(entry())
    assert ledger.last("k_means") == entry()


def test_an_old_file_is_brought_up_to_date_with_its_entries_kept(ledger) -> None:
    ledger.path.parent.mkdir()
    with sqlite3.connect(ledger.path) as file:
        file.execute(MIGRATIONS[0])
        marks = ", ".join("?" * len(entry()))
        file.execute(f"INSERT INTO graded ({', '.join(Entry._fields)}) VALUES ({marks})", entry())
        file.execute("PRAGMA user_version = 1")
    file.close()

    assert ledger.entries() == [entry()]

    with sqlite3.connect(ledger.path) as file:
        version = file.execute("PRAGMA user_version").fetchone()
    file.close()
    assert version == (len(MIGRATIONS),)


def test_a_newer_file_is_refused_with_advice_and_left_alone(ledger) -> None:
    ledger.record(entry())
    with sqlite3.connect(ledger.path) as file:
        file.execute("PRAGMA user_version = 99")
    file.close()
    before = ledger.path.read_bytes()

    for use in (ledger.entries, lambda: ledger.record(entry())):
        with pytest.raises(LedgerError) as caught:
            use()

        assert str(caught.value) == (
            "ledger.sqlite3: the list of graded attempts was written by a newer version of kata"
        )
        assert caught.value.fix == "update this repository: git pull"
    assert ledger.path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"this is no database, but quite long text " * 100, "file is not a database"),
        (b"SQLite format 3\x00" + b"\xff" * 5000, "file is not a database"),
    ],
    ids=["text", "a_torn_head"],
)
def test_a_damaged_file_is_told_of_and_never_touched(ledger, content: bytes, reason: str) -> None:
    ledger.path.parent.mkdir()
    ledger.path.write_bytes(content)

    for use in (ledger.entries, ledger.summaries, lambda: ledger.record(entry())):
        with pytest.raises(LedgerError) as caught:
            use()

        assert str(caught.value) == (
            f"ledger.sqlite3: the list of graded attempts is damaged ({reason})"
        )
        assert caught.value.fix == (
            f"keep it for repair and start a new one: mv {ledger.path} {ledger.path}.damaged"
        )
    assert ledger.path.read_bytes() == content


def test_a_folder_that_cannot_be_made_is_told_of(tmp_path: Path) -> None:
    (tmp_path / ".kata").write_text("in the way")

    with pytest.raises(LedgerError) as caught:
        SqliteLedger(tmp_path / ".kata" / "ledger.sqlite3").record(entry())

    assert caught.value.fix == "see that you may write to .kata/ and that the disk is not full"
    assert "File exists" in caught.value.what


def test_a_file_kept_busy_for_too_long_is_told_of(ledger) -> None:
    ledger.record(entry())
    holder = sqlite3.connect(ledger.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    impatient = SqliteLedger(ledger.path, busy_seconds=0.05)

    with pytest.raises(LedgerError) as caught:
        impatient.record(entry())
    holder.close()

    assert caught.value.what == "another process has kept the list of graded attempts busy"
    assert caught.value.fix == "try again"
    assert ledger.entries() == [entry()]


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses the sign itself")
def test_a_path_with_signs_that_mean_something_in_a_link_works(tmp_path: Path) -> None:
    ledger = SqliteLedger(tmp_path / "what? 100% #1" / "ledger.sqlite3")

    ledger.record(entry())

    assert ledger.entries() == [entry()]
    assert ledger.path.exists()
