from __future__ import annotations

import multiprocessing
import os
import socket
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from kata_folders import STUB, make_kata, write_kata

from graders.catalogue import load_kata
from graders.errors import AttemptError, KataError
from graders.model.attempt import Attempt
from graders.workspace import (
    MAX_FILE_BYTES,
    attempt_folder,
    hints_used,
    latest_attempt,
    new_attempt,
    read_attempt,
    read_hints,
    reset_attempt,
    reveal_hint,
    started_at,
)

if TYPE_CHECKING:
    from graders.model.kata import Kata

NOON = datetime(2025, 3, 1, 12, 0, 30, tzinfo=UTC)
START = "start a fresh attempt: kata new k_means"


@pytest.fixture
def kata(tmp_path: Path) -> Kata:
    return load_kata(write_kata(tmp_path / "katas"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an attempt's folder, seen from the repository."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "attempts" / "k_means" / "001"
    place.mkdir(parents=True)
    return place


def told(caught: pytest.ExceptionInfo[KataError]) -> tuple[str, str, str]:
    return caught.value.what, caught.value.where, caught.value.fix


# --- reading


def test_only_editable_files_are_read(folder: Path) -> None:
    kata = make_kata(editable=("solution.py", "src/capacity.py"))
    (folder / "src").mkdir()
    (folder / "src" / "capacity.py").write_text("b = 2\n")
    (folder / "solution.py").write_text("a = 1\n")
    (folder / "other.py").write_text("c = 3\n")

    attempt = read_attempt(folder, kata, number=1)

    assert attempt == Attempt(
        slug="k_means",
        number=1,
        files={"solution.py": "a = 1\n", "src/capacity.py": "b = 2\n"},
        folder=folder,
    )


def test_a_single_file_of_any_name_can_be_an_attempt(folder: Path) -> None:
    (folder / "mine.txt").write_text("a = 1\n")

    attempt = read_attempt(folder / "mine.txt", make_kata())

    assert attempt == Attempt(
        slug="k_means", number=None, files={"solution.py": "a = 1\n"}, folder=folder
    )


@pytest.mark.parametrize(
    ("editable", "what"),
    [
        (("solution.py", "answer.md"), "k_means takes solution.py, answer.md, not one file"),
        (("answer.md",), "k_means takes answer.md, not one file"),
    ],
    ids=["two files", "no Python"],
)
def test_a_single_file_is_refused_where_the_kata_takes_others(
    folder: Path, editable: tuple[str, ...], what: str
) -> None:
    (folder / "mine.py").touch()

    with pytest.raises(AttemptError) as caught:
        read_attempt(folder / "mine.py", make_kata(editable=editable))

    where = "attempts/k_means/001/mine.py"
    assert told(caught) == (what, where, "name the folder that holds them")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"\xef\xbb\xbfa = 1\n", "a = 1\n", id="byte-order mark"),
        pytest.param(b"a = 1\r\nb = 2\r\n", "a = 1\nb = 2\n", id="CRLF"),
        pytest.param(b"a = 1\rb = 2\r", "a = 1\nb = 2\n", id="CR"),
        pytest.param(b"a = '\0'\n", "a = '\0'\n", id="NUL goes through"),
        pytest.param(b"def (:\n", "def (:\n", id="bad syntax goes through"),
        pytest.param(b"", "", id="empty"),
        pytest.param(b"#" * MAX_FILE_BYTES, "#" * MAX_FILE_BYTES, id="as large as a file may be"),
    ],
)
def test_text_is_read_in_one_form(folder: Path, data: bytes, text: str) -> None:
    (folder / "solution.py").write_bytes(data)

    attempt = read_attempt(folder, make_kata())

    assert attempt.files == {"solution.py": text}


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as door:
        here = Path.cwd()
        os.chdir(path.parent)  # socket addresses are short
        door.bind(path.name)
        os.chdir(here)


REGULAR = "put a regular file in its place"
BAD_FILES = [
    pytest.param(lambda path: None, "is missing", START, id="missing"),
    pytest.param(Path.mkdir, "is a folder, not a regular file", REGULAR, id="folder"),
    pytest.param(os.mkfifo, "is a pipe, not a regular file", REGULAR, id="pipe"),
    pytest.param(make_socket, "is a socket, not a regular file", REGULAR, id="socket"),
    pytest.param(
        lambda path: path.symlink_to("/etc/hosts"),
        "is a link, not a regular file",
        REGULAR,
        id="link out",
    ),
    pytest.param(
        lambda path: path.symlink_to("other.py"),
        "is a link, not a regular file",
        REGULAR,
        id="link to a neighbour",
    ),
    pytest.param(
        lambda path: path.symlink_to("nowhere"),
        "is a link, not a regular file",
        REGULAR,
        id="link to nowhere",
    ),
    pytest.param(
        lambda path: path.write_bytes(b"#" * 10_485_760),
        "holds 10,485,760 bytes; at most 262,144 are read",
        "keep data out of it",
        id="10 MB",
    ),
    pytest.param(
        lambda path: path.write_bytes(b"a = '\xe4'\n"),
        "is not UTF-8: byte 0xe4 at offset 5",
        "save it as UTF-8",
        id="Latin-1",
    ),
    pytest.param(
        lambda path: path.write_bytes(b"\xef\xbb\xbfa = '\xe4'\n"),
        "is not UTF-8: byte 0xe4 at offset 8",
        "save it as UTF-8",
        id="Latin-1 after a byte-order mark",
    ),
    pytest.param(
        lambda path: path.write_bytes(b"\xff\xfea\0"),
        "is not UTF-8: byte 0xff at offset 0",
        "save it as UTF-8",
        id="UTF-16",
    ),
]


@pytest.mark.parametrize(("make", "what", "fix"), BAD_FILES)
def test_what_is_no_text_file_is_refused_at_once(folder: Path, make, what: str, fix: str) -> None:
    (folder / "other.py").touch()
    make(folder / "solution.py")

    with pytest.raises(AttemptError) as caught:
        read_attempt(folder, make_kata())

    assert told(caught) == (what, "attempts/k_means/001/solution.py", fix)


def test_a_file_that_the_system_will_not_open_is_told(folder: Path) -> None:
    name = "x" * 300

    with pytest.raises(AttemptError) as caught:
        read_attempt(folder, make_kata(editable=(name,)))

    assert told(caught) == (
        "cannot be read: File name too long",
        f"attempts/k_means/001/{name}",
        "make it readable for you",
    )


def test_a_device_is_refused_without_opening_it() -> None:
    with pytest.raises(AttemptError) as caught:
        read_attempt(Path("/dev/zero"), make_kata())

    assert told(caught) == (
        "is a device, not a folder",
        "/dev/zero",
        "put a folder in its place",
    )


@pytest.mark.parametrize("part", ["src", "001"])
def test_no_folder_on_the_way_may_be_a_link(folder: Path, part: str) -> None:
    kata = make_kata(editable=("solution.py", "src/capacity.py"))
    (folder / "src").mkdir()
    (folder / "src" / "capacity.py").touch()
    (folder / "solution.py").touch()
    place = folder / "src" if part == "src" else folder
    place.rename(folder.parent / "elsewhere")
    place.symlink_to(folder.parent / "elsewhere")

    with pytest.raises(AttemptError) as caught:
        read_attempt(folder, kata)

    where = str(place.relative_to(folder.parents[2]))
    assert told(caught) == ("is a link, not a folder", where, "put a folder in its place")


def test_a_link_is_no_single_file_either(folder: Path) -> None:
    (folder / "mine.py").symlink_to("/etc/hosts")

    with pytest.raises(AttemptError, match="is a link, not a folder"):
        read_attempt(folder / "mine.py", make_kata())


@pytest.mark.parametrize(
    ("place", "what", "fix"),
    [
        ("002", "is missing", START),
        ("file/002", "cannot be read: Not a directory", "name a file or folder of yours"),
        ("x" * 300, "cannot be read: File name too long", "name a file or folder of yours"),
        ("\0", "cannot be read: embedded null byte", "name a file or folder of yours"),
    ],
    ids=["missing", "below a file", "a long name", "no name at all"],
)
def test_an_attempt_that_is_not_there_is_told(
    folder: Path, place: str, what: str, fix: str
) -> None:
    (folder.parent / "file").touch()

    with pytest.raises(AttemptError) as caught:
        read_attempt(folder.parent / place, make_kata())

    assert told(caught) == (what, f"attempts/k_means/{place}", fix)


def test_paths_elsewhere_are_shown_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)

    with pytest.raises(AttemptError) as caught:
        read_attempt(folder.parent / "007", make_kata())

    assert caught.value.where == str(folder.parent / "007")


# --- numbered attempts


def test_a_first_attempt_is_the_stub_and_the_sample_tests(tmp_path: Path, kata: Kata) -> None:
    folder = new_attempt(tmp_path, kata, NOON)

    assert folder == tmp_path / "attempts" / "k_means" / "001"
    assert sorted(path.name for path in folder.iterdir()) == [
        "attempt.toml",
        "solution.py",
        "test_sample.py",
    ]
    assert (folder / "solution.py").read_text() == STUB
    assert (folder / "test_sample.py").read_bytes() == (kata.folder / "test_sample.py").read_bytes()
    assert (folder / "attempt.toml").read_text() == (
        "started = 2025-03-01T12:00:30+00:00\nhints = 0\n"
    )
    assert started_at(folder) == NOON


def test_other_editable_files_start_from_their_own_stubs(tmp_path: Path, kata: Kata) -> None:
    for name in ("stub_capacity.py", "answer.md"):
        (kata.folder / name).write_text(name)
    full = make_kata(kata.folder, editable=("solution.py", "capacity.py", "answer.md", "x/y.md"))

    folder = new_attempt(tmp_path, full, NOON)

    assert (folder / "capacity.py").read_text() == "stub_capacity.py"
    assert (folder / "answer.md").read_text() == "answer.md"
    assert not (folder / "x").exists()


def test_the_start_is_kept_in_universal_time(tmp_path: Path, kata: Kata) -> None:
    there = NOON.astimezone(timezone(timedelta(hours=9)))

    folder = new_attempt(tmp_path, kata, there)

    assert started_at(folder) == NOON
    assert "12:00:30+00:00" in (folder / "attempt.toml").read_text()


def test_a_new_attempt_takes_the_number_after_the_highest(tmp_path: Path, kata: Kata) -> None:
    parent = tmp_path / "attempts" / "k_means"
    for name in ("002", "0999", "notes", "²"):
        (parent / name).mkdir(parents=True)
    (parent / "2000").touch()

    assert latest_attempt(tmp_path, "k_means") == 999
    assert new_attempt(tmp_path, kata, NOON).name == "1000"
    assert latest_attempt(tmp_path, "k_means") == 1000


def test_a_name_that_is_taken_by_a_file_is_passed_over(tmp_path: Path, kata: Kata) -> None:
    taken = attempt_folder(tmp_path, "k_means", 1)
    taken.parent.mkdir(parents=True)
    taken.write_text("mine")

    assert new_attempt(tmp_path, kata, NOON).name == "002"
    assert taken.read_text() == "mine"


def test_there_may_be_no_attempt_yet(tmp_path: Path) -> None:
    assert latest_attempt(tmp_path, "k_means") is None


def start_one(root: Path, kata: Kata, barrier) -> None:
    barrier.wait()
    new_attempt(root, kata, NOON)


def test_attempts_started_at_the_same_moment_get_numbers_of_their_own(
    tmp_path: Path, kata: Kata
) -> None:
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(6)
    racers = [context.Process(target=start_one, args=(tmp_path, kata, barrier)) for _ in range(6)]

    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    folders = sorted((tmp_path / "attempts" / "k_means").iterdir())
    assert [folder.name for folder in folders] == ["001", "002", "003", "004", "005", "006"]
    assert all((folder / "solution.py").read_text() == STUB for folder in folders)


def test_attempts_that_cannot_be_made_are_told(folder: Path, kata: Kata) -> None:
    root = folder / "solution.py"
    root.touch()

    with pytest.raises(AttemptError) as caught:
        new_attempt(root, kata, NOON)

    assert told(caught) == (
        "no attempt can be made: Not a directory",
        "attempts/k_means/001/solution.py/attempts/k_means",
        "check that you may write there",
    )


# --- reset


def test_a_reset_keeps_what_was_there(tmp_path: Path, kata: Kata) -> None:
    folder = new_attempt(tmp_path, kata, NOON)
    (folder / "solution.py").write_text("mine")

    first = reset_attempt(tmp_path, kata, 1)
    (folder / "solution.py").write_text("mine again")
    second = reset_attempt(tmp_path, kata, 1)

    assert first == folder / "solution.py.1.bak"
    assert second == folder / "solution.py.2.bak"
    assert [path.read_text() for path in (first, second)] == ["mine", "mine again"]
    assert (folder / "solution.py").read_text() == STUB


def test_a_reset_brings_a_lost_file_back(tmp_path: Path, kata: Kata) -> None:
    folder = new_attempt(tmp_path, kata, NOON)
    (folder / "solution.py").unlink()

    assert reset_attempt(tmp_path, kata, 1) is None
    assert (folder / "solution.py").read_text() == STUB


def test_a_reset_leaves_files_without_a_stub_alone(tmp_path: Path, kata: Kata) -> None:
    full = make_kata(kata.folder, editable=("solution.py", "answer.md"))
    folder = new_attempt(tmp_path, full, NOON)
    (folder / "answer.md").write_text("mine")

    reset_attempt(tmp_path, full, 1)

    assert (folder / "answer.md").read_text() == "mine"


def test_a_reset_does_not_follow_a_link(tmp_path: Path, kata: Kata) -> None:
    folder = new_attempt(tmp_path, kata, NOON)
    (tmp_path / "mine.py").write_text("mine")
    (folder / "solution.py").unlink()
    (folder / "solution.py").symlink_to(tmp_path / "mine.py")

    kept = reset_attempt(tmp_path, kata, 1)

    assert kept is not None
    assert kept.is_symlink()
    assert (tmp_path / "mine.py").read_text() == "mine"
    assert (folder / "solution.py").read_text() == STUB


def test_an_attempt_that_is_not_there_cannot_be_reset(folder: Path, kata: Kata) -> None:
    with pytest.raises(AttemptError) as caught:
        reset_attempt(Path.cwd(), kata, 2)

    assert told(caught) == ("is missing", "attempts/k_means/002", START)


def test_a_reset_that_fails_is_told(folder: Path, kata: Kata) -> None:
    blocked = make_kata(kata.folder, editable=("solution.py/answer.py",))
    (kata.folder / "solution.py").mkdir()
    (kata.folder / "solution.py" / "answer.py").touch()
    (folder / "solution.py").touch()

    with pytest.raises(AttemptError) as caught:
        reset_attempt(Path.cwd(), blocked, 1)

    assert told(caught) == (
        "cannot be reset: File exists",
        "attempts/k_means/001",
        "check that you may write there",
    )


# --- hints


def test_hints_are_read_section_by_section(kata: Kata) -> None:
    assert read_hints(kata) == (
        "What is the mean of a group?",
        "Which mean is nearest?",
        "Repeat until nothing moves.",
    )


def test_hints_are_revealed_one_by_one_and_counted(tmp_path: Path, kata: Kata) -> None:
    folder = new_attempt(tmp_path, kata, NOON)

    revealed = [(*reveal_hint(folder, kata), hints_used(folder)) for _ in range(4)]

    assert revealed == [
        (1, "What is the mean of a group?", 1),
        (2, "Which mean is nearest?", 2),
        (3, "Repeat until nothing moves.", 3),
        (3, "Repeat until nothing moves.", 3),
    ]
    assert started_at(folder) == NOON


def test_a_kata_without_hints_says_so(tmp_path: Path, kata: Kata) -> None:
    (kata.folder / "hints.md").write_text("# Hints\n")

    with pytest.raises(KataError) as caught:
        reveal_hint(tmp_path, kata)

    assert told(caught) == (
        "holds no hints",
        "katas/k_means/hints.md",
        "put each under a ## Hint heading",
    )


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "hints =",
        "hints = '3'",
        "hints = true",
        "hints = -2",
        "started = 2025-01-01",
        "started = 2025-01-01T00:00:00",
        "a = " + "[" * 5000,
        "\udcff",
    ],
    ids=[
        "missing",
        "empty",
        "no TOML",
        "text for the count",
        "true for the count",
        "a count below zero",
        "a date",
        "a time without a zone",
        "deep TOML",
        "no UTF-8",
    ],
)
def test_a_broken_record_counts_from_the_start(folder: Path, kata: Kata, text: str | None) -> None:
    if text is not None:
        (folder / "attempt.toml").write_text(text, errors="surrogateescape")

    before = hints_used(folder), started_at(folder)
    number, _ = reveal_hint(folder, kata)

    assert before == (0, None)
    assert number == 1
    assert (folder / "attempt.toml").read_text() == "hints = 1\n"


def test_a_record_that_cannot_be_written_is_told(folder: Path, kata: Kata) -> None:
    (folder / "attempt.toml").mkdir()

    with pytest.raises(AttemptError) as caught:
        reveal_hint(folder, kata)

    assert told(caught) == (
        "cannot be written: Is a directory",
        "attempts/k_means/001/attempt.toml",
        "check that you may write there",
    )
    assert [path.name for path in folder.iterdir()] == ["attempt.toml"]
