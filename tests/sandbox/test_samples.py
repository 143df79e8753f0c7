"""The sample tests, run on the learner's own copy inside the jail."""

import pytest

from graders.catalogue import load_kata
from graders.sandbox import lockdown, samples
from graders.sandbox.link import Stopped
from tests.robustness.tiny import RIGHT, write_repository

SUPPORT = lockdown.probe()
pytestmark = pytest.mark.skipif(bool(SUPPORT.reason), reason=SUPPORT.reason or "there is a jail")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Give a function that runs the sample tests on a text."""
    monkeypatch.setenv("KATA_BWRAP", "0")
    root = write_repository(tmp_path)
    kata = load_kata(root / "katas" / "doubling")
    folder = root / "attempts"
    folder.mkdir()

    def run(text):
        (folder / "solution.py").write_text(text)
        (folder / "test_sample.py").write_text((kata.folder / "test_sample.py").read_text())
        return samples.run_samples(kata, folder)

    run.folder = folder
    return run


def test_a_right_solution_passes(run):
    done = run(RIGHT)

    assert (done.passed, done.tier) == (True, "B")
    assert "1 passed" in done.text


def test_a_wrong_one_is_shown_why_without_long_paths(run):
    done = run("def double(n):\n    return 3\n")

    assert not done.passed
    assert "assert 3 == 2" in done.text
    assert "test_sample.py" in done.text
    assert str(run.folder) not in done.text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("import os; os._exit(0)", "stopped: your code ended the program (exit)"),
        ("print('x' * 10**6, flush=True)", "x" * 100),
        ("import os; os.write(2, b'y' * 10**6)", "y" * 100),
        (
            "t = ()\n    for _ in range(3 * 10**5): t = (t,)\n    hash(t)",
            "stopped: the process died",
        ),
    ],
    ids=["exit", "a flood", "a flood of errors", "a crash"],
)
def test_what_ends_the_run_is_said(run, body, words):
    done = run(f"def double(n):\n    {body}\n")

    assert not done.passed
    assert words in done.text


def test_nothing_can_be_called_back():
    with pytest.raises(Stopped, match="bad_reply"):
        samples._refuse()
