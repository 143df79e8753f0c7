"""Many attempts in one collected run: each as if it were graded alone."""

import os
import signal
from pathlib import Path

import msgspec
import pytest

from graders import warm
from graders.catalogue import load_kata
from graders.engine import grade, report_of
from graders.model.result import Outcome
from graders.sandbox.jail import choose_tier
from graders.warm import Job, UncollectableError, run_plan
from graders.workspace import read_attempt

KATAS = Path(__file__).parents[1] / "katas"
SOLUTIONS = {
    "reverse_linked_list": (
        "stub.py",
        "hidden/reference/three_names.py",
        "hidden/wrong/recursive.py",
        "hidden/wrong/hangs_on_a_circle.py",
        "hidden/cheats/by_frames.py",
        "hidden/slow/keeps_all_nodes.py",
    ),
    "k_nearest_neighbors": (
        "hidden/wrong/uint8_wraps_around.py",
        "hidden/wrong/one_over_zero.py",
    ),
}


def graded(kata, attempts, seed="s", **options):
    def plan(tests):
        told = []
        for attempt in attempts:
            told.append((yield Job(attempt, seed, **options)))  # noqa: PERF401 - that cannot yield
        return told

    return run_plan(kata, plan, choose_tier())


def comparable(report):
    """Give a report without what may differ between two runs."""
    return msgspec.structs.replace(report, measured=None)


@pytest.mark.parametrize("slug", SOLUTIONS)
def test_a_report_is_the_same_as_if_the_attempt_had_been_graded_alone(slug):
    kata = load_kata(KATAS / slug)
    attempts = [read_attempt(kata.folder / name, kata) for name in SOLUTIONS[slug]]

    for attempt, told in zip(attempts, graded(kata, attempts), strict=True):
        report = report_of(kata, attempt, told.results, seed="s", measured=told.measured)
        assert comparable(report) == comparable(grade(kata, attempt, seed="s"))


@pytest.fixture
def kata():
    return load_kata(KATAS / "reverse_linked_list")


@pytest.fixture
def good(kata):
    return read_attempt(kata.folder / "hidden/reference/three_names.py", kata)


def changed(attempt, text):
    return msgspec.structs.replace(attempt, files={"solution.py": text})


HOSTILE = {
    "ends at import": "import os\nos._exit(0)\n",
    "never loads": "while True:\n    pass\n",
    "does not compile": "def",
    "floods": "while True:\n    print('x' * 10000)\n",
    "eats memory": "x = [0]\nwhile True:\n    x += x\n",
}


def test_a_broken_attempt_costs_itself_only(kata, good):
    broken = [changed(good, text) for text in HOSTILE.values()]

    told = graded(kata, [good, *(a for b in broken for a in (b, good))])

    for number, graded_one in enumerate(told):
        passed = all(r.outcome is Outcome.PASSED for r in graded_one.results)
        assert passed == (number % 2 == 0)
        assert not any(r.outcome is Outcome.VOID for r in graded_one.results)


def test_only_the_wanted_criteria_are_decided(kata, good):
    (told,) = graded(kata, [good], criteria=frozenset({"groups", "rules"}))

    assert [r.criterion for r in told.results] == ["groups", "rules"]


def test_some_tests_alone_decide_no_criterion(kata, good):
    wrong = changed(good, "def reverse_linked_list(head):\n    return head\n")
    name = "test_hidden.py::test_the_old_head_ends_the_list"

    (told,) = graded(kata, [wrong], tests=frozenset({name}))

    assert told.results == ()
    assert [failure.test for failure in told.failures] in ([name], [])


def test_the_next_job_may_depend_on_what_came_of_the_last(kata, good):
    def plan(tests):
        seen = len(tests)
        told = yield Job(good, "s", frozenset({"rules"}))
        more = 0
        while told.results[0].outcome is Outcome.PASSED and more < 3:
            told = yield Job(good, f"s{more}", frozenset({"rules"}))
            more += 1
        return seen, more

    seen, more = run_plan(kata, plan, choose_tier())

    assert seen > 50
    assert more == 3


def test_a_plan_that_raises_is_heard(kata):
    def plan(tests):
        raise LookupError("no such thing")
        yield

    with pytest.raises(LookupError, match="no such thing"):
        run_plan(kata, plan, choose_tier())


def test_a_grading_process_that_dies_is_void_and_the_next_one_is_not(kata, good, monkeypatch):
    begin = warm._Lane.begin

    def dies(self, trial):
        if trial.seed == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)
        begin(self, trial)

    monkeypatch.setattr(warm._Lane, "begin", dies)

    def plan(tests):
        first = yield Job(good, "deadly")
        second = yield Job(good, "s", frozenset({"groups"}))
        return first, second

    first, second = run_plan(kata, plan, choose_tier())

    assert {r.outcome for r in first.results} == {Outcome.VOID}
    assert len(first.results) == len(kata.rubric.criterion)
    assert first.fault
    assert [r.outcome for r in second.results] == [Outcome.PASSED]


def test_a_grading_process_that_never_answers_is_void(kata, good, monkeypatch):
    monkeypatch.setattr(warm, "_SPARE_SECONDS", -2 * kata.about.limits.attempt_wall_seconds + 0.3)
    monkeypatch.setattr(warm._Lane, "begin", lambda self, trial: signal.pause())

    (told,) = graded(kata, [good])

    assert {r.outcome for r in told.results} == {Outcome.VOID}


def test_tests_that_cannot_be_collected(tmp_path):
    import shutil

    folder = tmp_path / "katas/reverse_linked_list"
    shutil.copytree(KATAS / "reverse_linked_list", folder)
    (folder / "hidden/test_more.py").write_text("import nothing_of_that_name\n")

    with pytest.raises(UncollectableError, match="nothing_of_that_name"):
        graded(load_kata(folder), [])


def test_no_process_is_left_behind(kata, good):
    before = children()

    graded(kata, [good], criteria=frozenset({"rules"}))

    assert children() <= before


def children():
    """Give the processes that this one has started and that are still there."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())
