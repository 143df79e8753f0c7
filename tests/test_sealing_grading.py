"""A sealed kata is graded like an open one, by whoever has the key; and leaves nothing behind."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import textwrap

import pyrage
import pytest

from graders import engine
from graders.catalogue import load_kata
from graders.errors import CannotGrade
from graders.sealing import Recipients, opened, read_key, seal
from graders.workspace import read_attempt
from tests.robustness.tiny import PROJECT, RIGHT, run, write_repository

IDENTITY = pyrage.x25519.Identity.generate()
SECRET = str(IDENTITY)
RECIPIENTS = Recipients([str(IDENTITY.to_public())], where="--to")
HALF = "def double(n):\n    return 2 * n if abs(n) < 4 else 0\n"
# Answers rightly only where it cannot look into the folders of the machine.
CURIOUS = """\
import os

SEEN = []
for place in {places!r}:
    for look in (os.listdir, open):
        try:
            SEEN.append(look(place))
        except OSError:
            pass


def double(n):
    return -1 if SEEN else 2 * n
"""


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Give a repository whose one kata is sealed, with temporary files of its own."""
    monkeypatch.setenv("KATA_BWRAP", "0")
    for name in ("KATA_AGE_KEY", "KATA_AGE_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setenv("TMPDIR", str(private))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "repository").mkdir()
    root = write_repository(tmp_path / "repository")
    shutil.copytree(root / "katas" / "doubling", root / "open" / "doubling")
    close(root / "katas" / "doubling")
    return root


def close(folder):
    seal(folder, RECIPIENTS, key=read_key({"KATA_AGE_KEY": SECRET}))


def left_behind(root):
    return sorted(path.name for path in (root.parent / "private").glob("kata-*"))


def graded(kata, text, root):
    (root / "s.py").write_text(text)
    report = json.loads(engine.grade(kata, read_attempt(root / "s.py", kata)).to_json())
    del report["measured"]  # seconds
    return report


# The same grade ------------------------------------------------------------------


@pytest.mark.parametrize("text", [RIGHT, HALF, "x ="], ids=["right", "half", "broken"])
def test_a_sealed_kata_gives_the_report_of_the_open_one(root, monkeypatch, text):
    monkeypatch.setenv("KATA_AGE_KEY", SECRET)
    wanted = graded(load_kata(root / "open" / "doubling"), text, root)

    with opened(load_kata(root / "katas" / "doubling")) as kata:
        report = graded(kata, text, root)

    assert report == wanted


@pytest.mark.slow
def test_a_mistake_is_named_as_in_the_open_kata(root, monkeypatch):
    monkeypatch.setenv("KATA_AGE_KEY", SECRET)
    slug = "reverse_linked_list"
    shutil.copytree(PROJECT / "katas" / slug, root / "katas" / slug)
    wrong = sorted((root / "katas" / slug / "hidden" / "wrong").glob("*.py"))
    text = wrong[0].read_text()
    wanted = graded(load_kata(root / "katas" / slug), text, root)

    close(root / "katas" / slug)
    with opened(load_kata(root / "katas" / slug)) as kata:
        report = graded(kata, text, root)

    assert report == wanted
    assert wanted["earned"] < 100


def test_a_learner_sees_nothing_of_what_is_open(root, monkeypatch):
    monkeypatch.setenv("KATA_AGE_KEY", SECRET)

    with opened(load_kata(root / "katas" / "doubling")) as kata:
        places = [str(place) for place in (kata.folder, *kata.folder.parents[:2])]
        places += [str(path) for path in kata.folder.rglob("*")]
        assert all(os.access(place, os.R_OK) for place in places)
        report = graded(kata, CURIOUS.format(places=places), root)

    assert report["earned"] == 100


# Gone afterwards -------------------------------------------------------------------


def test_what_is_open_is_private_and_gone_afterwards(root, monkeypatch):
    monkeypatch.setenv("KATA_AGE_KEY", SECRET)
    sealed = load_kata(root / "katas" / "doubling")

    with opened(sealed) as kata:
        private = kata.folder.parent
        modes = [stat.S_IMODE(path.stat().st_mode) for path in (private, kata.folder / "hidden")]
        assert (kata.folder / "hidden" / "test_hidden.py").is_file()
        assert not (sealed.folder / "hidden").exists()

    assert modes == [0o700, 0o700]
    assert not private.exists()


def test_what_is_open_is_gone_after_an_error(root, monkeypatch):
    monkeypatch.setenv("KATA_AGE_KEY", SECRET)

    def break_off():
        with opened(load_kata(root / "katas" / "doubling")):
            assert left_behind(root)
            raise ValueError("on the way")

    with pytest.raises(ValueError, match="on the way"):
        break_off()

    assert left_behind(root) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_is_open_is_gone_after_a_signal(root, number):
    script = f"""
        import sys, time
        from pathlib import Path
        sys.path.insert(0, {str(PROJECT)!r})
        from graders.catalogue import load_kata
        from graders.sealing import opened
        with opened(load_kata(Path({str(root / "katas" / "doubling")!r}))):
            print("open", flush=True)
            time.sleep(60)
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        env={**os.environ, "KATA_AGE_KEY": SECRET},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        assert process.stdout.readline() == "open\n"
        assert left_behind(root)
        process.send_signal(number)
        process.wait(20)

    assert process.returncode != 0
    assert left_behind(root) == []


def test_signals_mean_afterwards_what_they_meant_before(root, monkeypatch):
    monkeypatch.setenv("KATA_AGE_KEY", SECRET)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as under nohup
    try:
        with opened(load_kata(root / "katas" / "doubling")):
            inside = signal.getsignal(signal.SIGHUP), signal.getsignal(signal.SIGTERM)
        after = signal.getsignal(signal.SIGHUP), signal.getsignal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGHUP, before)

    assert inside[0] is after[0] is signal.SIG_IGN
    assert inside[1] is not after[1]
    assert after[1] is signal.SIG_DFL


def test_an_open_kata_is_lent_as_it_is(root):
    kata = load_kata(root / "open" / "doubling")

    with opened(kata) as lent:
        assert lent is kata


# What is missing ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "the hidden tests of doubling are sealed, and there is no key"),
        ("", "the hidden tests of doubling are sealed, and there is no key"),
        ("junk", "KATA_AGE_KEY: what is set holds a line that is no age secret key"),
        (
            str(pyrage.x25519.Identity.generate()),
            "katas/doubling/hidden.age: is sealed to another key than yours",
        ),
    ],
    ids=["none", "empty", "junk", "another"],
)
def test_without_the_key_nothing_is_graded(root, monkeypatch, value, said):
    if value is not None:
        monkeypatch.setenv("KATA_AGE_KEY", value)

    with (
        pytest.raises(CannotGrade) as caught,
        opened(load_kata(root / "katas" / "doubling")),
    ):
        pass

    assert str(caught.value) == said
    assert caught.value.fix
    assert left_behind(root) == []


# As it is typed ------------------------------------------------------------------------


@pytest.mark.slow
def test_a_learner_without_the_key_practises_as_before(root):
    for words, wanted in (
        (("list",), "doubling"),
        (("show", "doubling"), "Doubles (doubles)"),
        (("new", "doubling"), "attempt 001"),
    ):
        code, out, err = run(root, *words)
        assert (code, err) == (0, "")
        assert wanted in out
    solution = root / "attempts" / "doubling" / "001" / "solution.py"
    solution.write_text(RIGHT)

    assert run(root, "test")[0] == 0
    code, out, err = run(root, "grade")

    assert (code, out) == (3, "")
    assert err.splitlines() == [
        "error: the hidden tests of doubling are sealed, and there is no key",
        "tip: hand it in: kata submit; or set KATA_AGE_KEY_FILE to the key's file",
    ]
    assert solution.read_text() == RIGHT
    assert run(root, "list", "started")[0] == 0  # no score was recorded


@pytest.mark.slow
def test_a_learner_with_the_key_is_graded(root, tmp_path):
    key = tmp_path / "key.txt"
    key.write_text(f"# public key: ...\n{SECRET}\n")

    by_file = run(
        root, "grade", "doubling", "--from", "right.py", env={"KATA_AGE_KEY_FILE": str(key)}
    )
    by_text = run(root, "grade", "doubling", "--from", "right.py", env={"KATA_AGE_KEY": SECRET})

    for code, out, _ in (by_file, by_text):
        assert code == 0
        assert "100/100" in out
    assert left_behind(root) == []
