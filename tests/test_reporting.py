from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from kata_folders import make_kata, make_rubric

from graders.errors import GraderError
from graders.model.attempt import Attempt
from graders.model.limits import Limits
from graders.model.report import CriterionReport, Measured, NextStep, Report
from graders.model.result import (
    Cause,
    CauseKind,
    CriterionResult,
    FailedTest,
    Finding,
    Outcome,
    SituationResult,
)
from graders.model.rubric import Criterion, CriterionKind, Rubric
from graders.model.score import Standing
from graders.reporting import assemble
from graders.reporting.wording import WORDS, advice, safe_cause, sentence, sentences
from graders.scoring import score

ATTEMPT = Attempt(
    slug="k_means", number=2, files={"solution.py": "a = 1\n"}, folder=Path("attempts/k_means/002")
)
MEASURED = Measured(sandbox="landlock+seccomp", tier="B", wall_seconds=0.5)
CRITERION = Criterion(id="basics", title="Basics", kind=CriterionKind.TESTS, points=100)
LIMITS = Limits()


def seen(name: str, outcome: Outcome) -> SituationResult:
    return SituationResult(id=name, text="words of a check, not of the author", outcome=outcome)


def result(name: str, outcome: Outcome = Outcome.PASSED, **more: Any) -> CriterionResult:
    more.setdefault("credit", 1.0 if outcome is Outcome.PASSED else 0.0)
    both = tuple(seen(one, outcome) for one in ("small", "large"))
    return CriterionResult(criterion=name, outcome=outcome, **{"situations": both, **more})


def report_of(rubric: Rubric, *results: CriterionResult, measured: Measured = MEASURED) -> Report:
    return assemble(
        make_kata(rubric=rubric),
        ATTEMPT,
        results,
        score(rubric, results),
        seed="5eed",
        grader_version="9ade",
        measured=measured,
    )


def only(rubric: Rubric, *results: CriterionResult) -> CriterionReport:
    """Give the last criterion of a report."""
    return report_of(rubric, *results).criteria[-1]


ONE = make_rubric(("basics", 100))
TWO = make_rubric(("basics", 60), ("scales", 40), requires={"scales": ("basics",)})


# --- the whole


def test_a_report_holds_all_that_was_found() -> None:
    rubric = make_rubric(("basics", 60), ("scales", 40))
    half = result(
        "scales",
        Outcome.FAILED,
        credit=0.5,
        situations=(seen("large", Outcome.TIMED_OUT), seen("small", Outcome.PASSED)),
        causes=(Cause(kind=CauseKind.TIMED_OUT),),
        measured={"exponent": 1.98},
        failures=(FailedTest(test="test_hidden"),),
        private=("expected 42",),
    )
    run = msgspec.structs.replace(MEASURED, criteria={"scales": {"runs": 3}})

    report = report_of(rubric, half, result("basics"), measured=run)

    slow = "Look for a loop that never ends, or for work done again and again."
    assert report == Report(
        schema="kata-report/1",
        slug="k_means",
        title="K-means",
        attempt=2,
        digest=ATTEMPT.digest,
        kata_version="c0ffee",
        grader_version="9ade",
        seed="5eed",
        standing=Standing.PASSED,
        earned=80,
        pending=0,
        possible=100,
        pass_mark=80,
        criteria=(
            CriterionReport(
                id="basics",
                title="Basics",
                kind="tests",
                outcome=Outcome.PASSED,
                earned=60,
                pending=0,
                possible=60,
                situations=(
                    SituationResult(id="small", text="a small input", outcome=Outcome.PASSED),
                    SituationResult(id="large", text="a large input", outcome=Outcome.PASSED),
                ),
                feedback="all situations handled",
            ),
            CriterionReport(
                id="scales",
                title="Scales",
                kind="tests",
                outcome=Outcome.FAILED,
                earned=20,
                pending=0,
                possible=40,
                situations=(
                    SituationResult(id="small", text="a small input", outcome=Outcome.PASSED),
                    SituationResult(id="large", text="a large input", outcome=Outcome.TIMED_OUT),
                ),
                causes=(Cause(kind=CauseKind.TIMED_OUT),),
                feedback="1 of 2 situations handled; "
                "ran out of time (a call has 2 s of processor time, 10 s in all)",
                next_step=slow,
            ),
        ),
        next_step=NextStep(criterion="scales", text=slow),
        limits="2 s, 256 MiB",
        measured=Measured(
            sandbox="landlock+seccomp",
            tier="B",
            wall_seconds=0.5,
            criteria={"scales": {"runs": 3, "exponent": 1.98}},
        ),
    )
    assert b"hidden" not in report.to_json()
    assert b"42" not in report.to_json()


def test_the_order_of_results_leaves_the_report_as_it_is() -> None:
    results = [result("basics", measured={"a": 1}), result("scales", measured={"b": 2})]

    there, back = report_of(TWO, *results), report_of(TWO, *reversed(results))

    assert there.to_json() == back.to_json()


def test_a_situation_that_the_rubric_lacks_is_the_graders_error() -> None:
    with pytest.raises(GraderError) as caught:
        report_of(ONE, result("basics", situations=(seen("tiny", Outcome.PASSED),)))

    assert caught.value.what == "criterion 'basics' has no situation 'tiny'"


# --- feedback


@pytest.mark.parametrize(
    ("graded", "feedback"),
    [
        pytest.param(result("basics"), "all situations handled", id="passed"),
        pytest.param(result("basics", situations=()), "", id="passed without a word on situations"),
        pytest.param(
            result(
                "basics",
                Outcome.ERRORED,
                causes=(
                    Cause(kind=CauseKind.RAISED, error="TypeError", line=9),
                    Cause(kind=CauseKind.RAISED, error="TypeError", line=9, name="other"),
                    Cause(kind=CauseKind.WRONG_VALUE),
                    Cause(kind=CauseKind.KILLED),
                    Cause(kind=CauseKind.EXITED),
                ),
            ),
            "raised TypeError at line 9; gave a wrong answer; ended before it could answer",
            id="the three most frequent causes, each once",
        ),
        pytest.param(
            result(
                "basics",
                Outcome.FAILED,
                causes=(Cause(kind=CauseKind.RULE),),
                findings=(Finding(line=3, text="too long"),),
            ),
            "breaks a rule of this kata; 1 line to change",
            id="one finding",
        ),
        pytest.param(
            result(
                "basics",
                Outcome.FAILED,
                findings=(Finding(line=3, text="a"), Finding(line=4, text="b")),
            ),
            "2 lines to change",
            id="findings",
        ),
        pytest.param(
            result("basics", Outcome.PENDING, pending=1.0),
            "waits for a person's verdict",
            id="pending",
        ),
        pytest.param(
            result("basics", Outcome.SKIPPED), "not graded", id="skipped by its own check"
        ),
        pytest.param(
            result("basics", Outcome.VOID),
            "the grader itself failed here; this costs you nothing",
            id="void",
        ),
    ],
)
def test_feedback_says_what_was_seen(graded: CriterionResult, feedback: str) -> None:
    assert only(ONE, graded).feedback == feedback


def test_a_skipped_criterion_tells_only_what_it_waits_for() -> None:
    spoken = result(
        "scales",
        Outcome.FAILED,
        causes=(Cause(kind=CauseKind.KILLED),),
        findings=(Finding(line=1, text="x"),),
    )

    row = only(TWO, result("basics", Outcome.FAILED), spoken)

    assert row == CriterionReport(
        id="scales",
        title="Scales",
        kind="tests",
        outcome=Outcome.SKIPPED,
        earned=0,
        pending=0,
        possible=40,
        situations=(
            SituationResult(id="small", text="a small input", outcome=Outcome.SKIPPED),
            SituationResult(id="large", text="a large input", outcome=Outcome.SKIPPED),
        ),
        feedback="not graded until this passes: Basics",
    )


def test_a_passed_criterion_waits_with_what_it_requires() -> None:
    row = only(TWO, result("basics", Outcome.PENDING, pending=1.0), result("scales"))

    assert (row.outcome, row.earned, row.pending) == (Outcome.PENDING, 0, 40)
    assert row.feedback == "counts once this is settled: Basics"


# --- next steps


def test_the_next_step_is_that_of_the_first_criterion_that_fails() -> None:
    rubric = make_rubric(("essay", 20), ("basics", 30), ("scales", 50))
    todo = Cause(kind=CauseKind.TODO, line=2)

    report = report_of(
        rubric,
        result("essay", Outcome.PENDING, pending=1.0),
        result("basics", Outcome.ERRORED, causes=(todo,)),
        result("scales", Outcome.TIMED_OUT, causes=(Cause(kind=CauseKind.TIMED_OUT),)),
    )

    assert report.next_step == NextStep(
        criterion="basics", text="Write that part; a hint may help you begin: kata hint"
    )
    assert [bool(row.next_step) for row in report.criteria] == [False, True, True]


def test_after_the_graders_own_error_the_next_step_is_to_grade_again() -> None:
    report = report_of(TWO, result("basics"), result("scales", Outcome.VOID))

    assert report.next_step == NextStep(
        criterion="scales",
        text="This one is on the grader, not on you: run kata doctor, then grade again.",
    )


@pytest.mark.parametrize(
    "graded",
    [result("basics"), result("basics", Outcome.PENDING, pending=1.0)],
    ids=["all passed", "a person's turn"],
)
def test_there_may_be_no_next_step(graded: CriterionResult) -> None:
    assert report_of(ONE, graded).next_step is None


WRONG = Cause(kind=CauseKind.WRONG_VALUE)
TYPE_ERROR = Cause(kind=CauseKind.RAISED, error="TypeError")
AUTHORS = msgspec.structs.replace(CRITERION, next_step="What could hold the counts?")


@pytest.mark.parametrize(
    ("causes", "criterion", "text"),
    [
        pytest.param([WRONG], AUTHORS, AUTHORS.next_step, id="the author on a wrong answer"),
        pytest.param([], AUTHORS, AUTHORS.next_step, id="the author where there is no cause"),
        pytest.param(
            [TYPE_ERROR, WRONG],
            AUTHORS,
            "Run the sample tests with kata test, and look at that line with the smallest input.",
            id="the most frequent cause first",
        ),
        pytest.param(
            [WRONG, TYPE_ERROR],
            CRITERION,
            "Work one small case out on paper, and compare it with what your code returns.",
            id="ours where the author has none",
        ),
        pytest.param(
            [], CRITERION, "Read what is asked for: kata explain basics", id="nothing known"
        ),
    ],
)
def test_advice_comes_from_who_knows_best(
    causes: list[Cause], criterion: Criterion, text: str
) -> None:
    assert advice(causes, criterion) == text


# --- words for causes

SENTENCES = {
    CauseKind.WRONG_VALUE: ("gave a wrong answer", "gave a wrong answer from f at line 7"),
    CauseKind.RAISED: ("raised an exception", "raised ValueError at line 7"),
    CauseKind.TIMED_OUT: ("ran out of time (a call has 2 s of processor time, 10 s in all)",) * 2,
    CauseKind.OUT_OF_MEMORY: ("used more than 256 MiB",) * 2,
    CauseKind.KILLED: ("ended before it could answer",) * 2,
    CauseKind.EXITED: (
        "tried to end the program (exit)",
        "tried to end the program (exit) at line 7",
    ),
    CauseKind.REFUSED_VALUE: (
        "returned no plain data",
        "returned a value of type f, which is no plain data",
    ),
    CauseKind.REFUSED_IMPORT: (
        "imports what this kata forbids",
        "imports f, which this kata forbids (line 7)",
    ),
    CauseKind.REFUSED_NAME: (
        "uses what this kata forbids",
        "uses f, which this kata forbids (line 7)",
    ),
    CauseKind.MISSING_NAME: ("lacks a name that the task asks for", "has no f"),
    CauseKind.NOT_LOADED: ("could not be loaded", "could not be loaded: ValueError at line 7"),
    CauseKind.TODO: (
        "still says NotImplementedError: the stub's TODO",
        "still says NotImplementedError: the stub's TODO at line 7",
    ),
    CauseKind.TOO_MUCH_OUTPUT: ("printed more than 64 KiB",) * 2,
    CauseKind.BUDGET: ("used up the attempt's time (30 s of processor time, 60 s in all)",) * 2,
    CauseKind.BAD_REPLY: ("gave an answer that cannot be read",) * 2,
    CauseKind.TOO_SLOW: ("grows too fast with the input",) * 2,
    CauseKind.TOO_MUCH_MEMORY: ("holds too much memory",) * 2,
    CauseKind.RULE: ("breaks a rule of this kata", "breaks a rule of this kata at line 7"),
}


@pytest.mark.parametrize("kind", CauseKind, ids=lambda kind: kind.value)
def test_every_cause_has_a_sentence_and_an_advice(kind: CauseKind) -> None:
    bare, full = Cause(kind=kind), Cause(kind=kind, error="ValueError", line=7, name="f")

    said = (sentence(bare, CRITERION, LIMITS), sentence(full, CRITERION, LIMITS))

    assert said == SENTENCES[kind]
    assert WORDS[kind].advice.strip()


def test_limits_of_the_criterion_are_named() -> None:
    options = {"target": "n log k", "limit_mib": 8.0}
    criterion = msgspec.structs.replace(CRITERION, options=options)
    causes = [Cause(kind=CauseKind.TOO_SLOW), Cause(kind=CauseKind.TOO_MUCH_MEMORY)]

    assert sentences(causes, criterion, LIMITS) == [
        "grows faster than n log k",
        "holds more than 8 MiB",
    ]


@pytest.mark.parametrize(
    "word",
    ["a b", "x\x1b[2J", "::error::", "[[1, 2], [3]]", "'secret'", "f" * 61, "a..b", "\u202e"],
)
def test_words_that_are_no_names_are_not_repeated(word: str) -> None:
    cause = Cause(kind=CauseKind.RAISED, error=word, name=word, line=10**9)

    assert safe_cause(cause) == Cause(kind=CauseKind.RAISED)
    row = only(ONE, result("basics", Outcome.ERRORED, causes=(cause,)))
    assert row.causes == (Cause(kind=CauseKind.RAISED),)
    assert row.feedback == "raised an exception"


def test_dotted_names_are_repeated() -> None:
    cause = Cause(kind=CauseKind.REFUSED_NAME, name="numpy.linalg.lstsq")

    assert safe_cause(cause) == cause


def test_several_parts_that_are_still_to_do_are_said_in_one_sentence() -> None:
    causes = [Cause(kind=CauseKind.TODO, line=line) for line in (17, 11, 26)]

    assert sentences(causes, CRITERION, LIMITS) == [
        "still says NotImplementedError: the stub's TODOs at lines 11, 17 and 26"
    ]
