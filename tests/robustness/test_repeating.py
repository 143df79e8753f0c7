"""The same attempt gets the same report, whoever grades it and wherever; the seed rule."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from tiny import PROJECT, RIGHT, run

from graders.catalogue import load_kata
from graders.engine import default_seed, grade
from graders.sandbox import bubblewrap, lockdown
from graders.workspace import read_attempt

HALF = "def double(n):\n    return abs(n) * 2\n"
RAISES = "def double(n):\n    return {}[n]\n"
ATTEMPTS = {"right": RIGHT, "half right": HALF, "raising": RAISES}


@pytest.fixture
def graded(root, monkeypatch):
    """Give a function that grades a text in this process, and gives the report as JSON."""
    monkeypatch.setenv("KATA_BWRAP", "0")
    kata = load_kata(root / "katas" / "doubling")

    def graded(text, **options):
        (root / "s.py").write_text(text)
        attempt = read_attempt(root / "s.py", kata)
        return json.loads(grade(kata, attempt, **options).to_json())

    graded.kata = kata
    return graded


def but_for_measured(report):
    return {key: value for key, value in report.items() if key != "measured"}


@pytest.mark.parametrize("which", ATTEMPTS)
def test_the_report_is_the_same_twice_but_for_what_was_measured(graded, which):
    first, second = graded(ATTEMPTS[which]), graded(ATTEMPTS[which])

    assert but_for_measured(first) == but_for_measured(second)
    assert first["measured"].keys() == second["measured"].keys()


@pytest.mark.skipif(not bubblewrap.works(), reason="bubblewrap does not run here")
@pytest.mark.parametrize("which", ATTEMPTS)
def test_the_tiers_agree_but_for_what_was_measured(graded, which, monkeypatch):
    by_kernel = graded(ATTEMPTS[which])
    monkeypatch.delenv("KATA_BWRAP")
    in_bubblewrap = graded(ATTEMPTS[which])

    assert (by_kernel["measured"]["tier"], in_bubblewrap["measured"]["tier"]) == ("B", "A")
    assert but_for_measured(by_kernel) == but_for_measured(in_bubblewrap)


def test_the_seed_follows_from_the_kata_and_the_files(graded, root):
    kata = graded.kata
    (root / "t.py").write_text(HALF)
    attempt = read_attempt(root / "t.py", kata)
    (root / "katas" / "doubling" / "hidden" / "more.py").write_text("x = 1\n")
    changed = load_kata(root / "katas" / "doubling")

    assert graded(HALF)["seed"] == default_seed(kata, attempt)
    assert graded(RIGHT)["seed"] != graded(HALF)["seed"]
    assert default_seed(changed, attempt) != default_seed(kata, attempt)


def test_a_chosen_seed_changes_what_is_drawn(graded, root):
    hidden = root / "katas" / "doubling" / "hidden" / "test_hidden.py"
    drawn = root / "drawn.txt"
    text = hidden.read_text().replace(
        '        assert solution.double(n) == 2 * n\n\n\n@pytest.mark.criterion("grows"',
        f"        with open({str(drawn)!r}, 'a') as file:\n            file.write(f'{{n}} ')\n\n\n@pytest.mark.criterion(\"grows\"",
    )
    hidden.write_text(text)

    seen = []
    for seed in ("one", "two", "one"):
        drawn.write_text("")
        assert graded(RIGHT, seed=seed)["seed"] == seed
        seen.append(drawn.read_text())

    assert seen[0] == seen[2] != seen[1]
    assert len(seen[0].split()) == 5


def test_the_command_line_takes_a_seed(root):
    code, out, err = run(
        root, "grade", "doubling", "--from", "right.py", "--seed", "mine", "--json"
    )

    assert (code, json.loads(out)["seed"]) == (0, "mine"), err


# Another user ------------------------------------------------------------------


def _readable_by_all(path):
    return all(parent.stat().st_mode & 0o001 for parent in [path, *path.parents])


def _may_be_nobody():
    return (
        hasattr(os, "geteuid")
        and os.geteuid() == 0
        and shutil.which("setpriv") is not None
        and not lockdown.probe().reason
    )


@pytest.mark.skipif(not _may_be_nobody(), reason="only root can become somebody else")
def test_somebody_without_rights_can_grade(root):
    # pytest's own folders are for their owner only.
    place = Path("/var/tmp") / f"kata-{os.getpid()}"
    place.mkdir(mode=0o755)
    try:
        for name in ("graders", "templates"):
            shutil.copytree(
                PROJECT / name,
                place / "project" / name,
                ignore=shutil.ignore_patterns("__pycache__"),
            )
        shutil.copy(PROJECT / "cli.py", place / "project")
        shutil.copytree(root, place / "repository")
        os.chown(place / "repository", 65534, 65534)
        words = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
        if not _readable_by_all(Path(sys.executable).resolve()):
            look = "+dac_read_search"  # the interpreter lies where only its owner may look
            words += ["--inh-caps", look, "--ambient-caps", look]

        code, out, err = run(
            place / "repository",
            *["grade", "doubling", "--from", "right.py", "--json", "--sandbox", "strict"],
            prefix=words,
            project=place / "project",
            env={"PYTHONDONTWRITEBYTECODE": "1", "HOME": "/nonexistent"},
        )

        assert code == 0, err
        assert json.loads(out)["measured"]["tier"] == "B"
        assert json.loads(out)["earned"] == 100
    finally:
        shutil.rmtree(place)
