"""What runs prove, from runs that nobody had to make."""

import msgspec
import pytest

from graders.authoring.judging import Proved, proof_findings
from graders.authoring.seeded import solutions
from graders.catalogue import load_kata
from graders.model.proof import HiddenTest, Proof, Run, SeededKind
from graders.model.report import Measured
from graders.model.result import FailedTest, Outcome

MEASURED = Measured(sandbox="landlock+seccomp", tier="B", wall_seconds=0.1)
TESTS = (
    HiddenTest(test="test_hidden.py::test_a[1]", criterion="solves", situation="fixed"),
    HiddenTest(test="test_hidden.py::test_a[2]", criterion="solves", situation="signs"),
    HiddenTest(test="test_hidden.py::test_b", criterion="solves", situation="random", draws=True),
    HiddenTest(test="test_hidden.py::test_c", criterion="errors", situation="types"),
)
A, B, C = "test_hidden.py::test_a[1]", "test_hidden.py::test_b", "test_hidden.py::test_c"
GOOD = {"solves": Outcome.PASSED, "errors": Outcome.PASSED, "rules": Outcome.PASSED}


def run(seed=0, *failing, earned=None, outcomes=GOOD, **fields):
    failures = tuple(FailedTest(test=test) for test in failing)
    return Run(
        seed=seed, measured=MEASURED, earned=earned, outcomes=outcomes, failures=failures, **fields
    )


def failing(*criteria):
    return {**GOOD, **dict.fromkeys(criteria, Outcome.FAILED)}


@pytest.fixture
def runs():
    """Give the runs of each solution of the kata, all as they should be."""
    solves, errors = failing("solves"), failing("errors")
    return {
        "stub": [run(0, A, B, C, earned=0, outcomes=failing("solves", "errors"))],
        "with_a_loop": [run(0, earned=100), run(1, earned=100)],
        "with_sum": [run(0, earned=100), run(1, earned=100)],
        "forgets_to_square": [run(0, A, B, outcomes=solves), run(1, B, outcomes={})],
        "leaves_out_negatives": [run(0, B, outcomes=solves), run(1, B, outcomes={})],
        "takes_floats": [run(0, C, outcomes=errors), run(1, outcomes={})],
        "uses_numpy": [
            run(0, outcomes=failing("rules"), refused=("imports numpy, which this kata forbids",))
        ],
    }


@pytest.fixture
def told(kata, runs):
    """Give a function that judges the runs."""

    def judge(tests=TESTS):
        proved = [
            Proved(s, Proof(kind=s.kind, name=s.name, runs=tuple(runs[s.name])))
            for s in solutions(kata)
        ]
        return [(f.where.rpartition("/")[2], f.what) for f in proof_findings(kata, proved, tests)]

    return judge


def test_a_kata_whose_runs_are_as_they_should_be_is_proved(told):
    assert told() == []


def test_a_stub_that_earns_something(told, runs):
    runs["stub"] = [run(0, A, earned=20, credits={"rules": 1.0, "solves": 0.0})]

    assert told() == [("stub.py", "the stub earns 20 points")]


def test_a_reference_that_loses_points_on_one_seed(told, runs):
    runs["with_sum"][1] = run(1, C, earned=80, outcomes=failing("errors"))

    assert told() == [
        ("with_sum.py", "a reference does not earn everything on seed 1: errors"),
    ]


def test_a_reference_that_fails_a_test_on_a_seed_with_few_tests(told, runs):
    runs["with_sum"].append(run(7, B, outcomes={}))

    assert told() == [("with_sum.py", f"a reference does not earn everything on seed 7: {B}")]


def test_a_reference_that_takes_most_of_the_time_there_is(told, runs, kata):
    slow = msgspec.structs.replace(MEASURED, worker_cpu_seconds=12.0)
    runs["with_sum"] = [Run(seed=0, measured=slow, earned=100, outcomes=GOOD)]
    limit = kata.about.limits.attempt_cpu_seconds

    assert told() == [("with_sum.py", f"a reference needs 12.0 s of {limit:g} s")]


def test_a_wrong_solution_that_survives(told, runs):
    runs["leaves_out_negatives"] = [run(0), run(1, outcomes={})]

    assert told() == [
        ("leaves_out_negatives.py", "this wrong solution survives solves on seeds 0, 1")
    ]


def test_a_wrong_solution_that_survives_on_one_seed_only(told, runs):
    runs["leaves_out_negatives"][1] = run(1, outcomes={})

    assert told() == [("leaves_out_negatives.py", "this wrong solution survives solves on seed 1")]


def test_a_wrong_solution_that_fails_another_criterion_than_it_says(told, runs):
    runs["takes_floats"] = [run(0, A, outcomes=failing("solves")), run(1, outcomes={})]
    runs["forgets_to_square"] = [run(0, A, B, C, outcomes=failing("solves", "errors"))]

    assert told() == [("takes_floats.py", "this wrong solution survives errors on seeds 0, 1")]


def test_what_draws_nothing_kills_on_every_seed(told, runs):
    runs["forgets_to_square"][1] = run(1, outcomes={})

    assert told() == []


def test_a_cheat_that_pays(told, runs):
    runs["uses_numpy"] = [run(0, credits={"rules": 1.0})]

    assert told() == [
        ("uses_numpy.py", "a way round the rules that earns rules"),
        ("kata.toml", "no cheat is caught using numpy"),
    ]


def test_a_test_that_kills_nothing_is_dead(told, runs):
    runs["forgets_to_square"] = [run(0, B, outcomes=failing("solves")), run(1, B, outcomes={})]

    assert told() == [("test_hidden.py", "a dead test: test_a kills nothing")]


def test_a_dead_test_may_hold_a_sentence(told, runs):
    runs["forgets_to_square"] = [run(0, B, outcomes=failing("solves")), run(1, B, outcomes={})]

    assert told([msgspec.structs.replace(t, is_spec=True) for t in TESTS]) == []


def test_a_situation_without_a_test(told):
    assert told(TESTS[:1] + TESTS[2:]) == [("rubric.toml", "no test decides solves, signs")]


def test_a_test_without_a_situation(told):
    stray = HiddenTest(test="test_hidden.py::test_a[3]", criterion="solves", situation="sigsn")

    assert told((*TESTS, stray)) == [
        ("hidden", "test_hidden.py::test_a decides solves, 'sigsn', which is no situation")
    ]


def test_a_void_run_says_why(told, runs):
    runs["with_sum"] = [run(0, fault="a hidden test did not run to its end")]

    assert told() == [
        (
            "with_sum.py",
            "the grader itself failed on it: a hidden test did not run to its end",
        )
    ]


TIMED = """
[[criterion]]
id = "time"
title = "In time"
kind = "complexity"
points = 20
situations = { large = "large lists" }
options = { method = "cpu_slope", target = "n", sizes = [10, 20, 40], limit = 1.4 }
"""
SLOW = HiddenTest(test="test_hidden.py::test_t", criterion="time", situation="large", draws=True)


@pytest.fixture
def timed(folder, runs):
    """Let the kata have a complexity criterion and a slow solution."""
    path = folder / "rubric.toml"
    path.write_text(path.read_text().replace("points = 60", "points = 40") + TIMED)
    (folder / "hidden/slow").mkdir()
    text = (folder / "hidden/wrong/takes_floats.py").read_text()
    (folder / "hidden/slow/crawls.py").write_text(text.replace("Fails: errors", "Fails: time"))
    runs["crawls"] = [run(0, SLOW.test, outcomes={**GOOD, "time": Outcome.FAILED})]
    return load_kata(folder)


def judged(kata, runs, tests=(*TESTS, SLOW)):
    proved = [
        Proved(s, Proof(kind=s.kind, name=s.name, runs=tuple(runs[s.name])))
        for s in solutions(kata)
    ]
    return [f.what for f in proof_findings(kata, proved, tests)]


def test_a_slow_solution_fails_complexity_alone(timed, runs):
    assert judged(timed, runs) == []

    runs["crawls"] = [run(0, SLOW.test, outcomes={**failing("errors"), "time": Outcome.FAILED})]
    assert judged(timed, runs) == ["a slow solution fails errors, which it should pass"]


def test_a_slow_solution_that_is_not_stopped(timed, runs):
    runs["crawls"] = [run(0, outcomes={**GOOD, "time": Outcome.PASSED})]

    assert "this slow solution passes time" in judged(timed, runs)


def test_a_slow_solution_names_a_complexity_criterion(timed, runs):
    path = timed.folder / "hidden/slow/crawls.py"
    path.write_text(path.read_text().replace("Fails: time", "Fails: errors"))

    assert judged(timed, runs) == [
        "a slow solution must fail a complexity criterion",
        "nothing shows that time stops a slow solution",
    ]


def test_every_kind_of_solution_is_judged():
    from graders.authoring.judging import _JUDGES

    assert set(_JUDGES) | {SeededKind.WRONG} == set(SeededKind)
