"""The one verb: grade an attempt and give a report."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from graders.catalogue import grader_version
from graders.errors import CannotGrade
from graders.mistakes import read_signatures, recognise
from graders.model.attempt import Attempt
from graders.model.kata import Kata
from graders.model.report import Measured, Report
from graders.model.result import CriterionResult, Outcome
from graders.model.rubric import Criterion
from graders.reporting import assemble
from graders.sandbox.jail import Strictness, choose_tier
from graders.scoring import score
from graders.trial import Trial

if TYPE_CHECKING:
    from graders.checks.base import Check

ROOT = Path(__file__).resolve().parents[1]


def grade(
    kata: Kata,
    attempt: Attempt,
    *,
    seed: str | None = None,
    sandbox: str = "auto",
    private: Path | None = None,
) -> Report:
    """
    Grade an attempt.

    Args:
        kata: What it is graded by.
        attempt: The learner's files; they run in the jail alone.
        seed: The test seed; by default it follows from kata version and files.
        sandbox: ``strict`` refuses a jail weaker than the kernel's.
        private: Where to write what the tests saw, for authors.

    Raises:
        CannotGrade: The sandbox did not start.
    """
    started = time.monotonic()
    tier = choose_tier(Strictness(sandbox))
    seed = seed if seed is not None else default_seed(kata, attempt)
    trial = Trial(kata, attempt, seed=seed, tier=tier, keeps_evidence=private is not None)
    try:
        results = decide_all(trial, kata.rubric.criterion)
    finally:
        trial.close()
    if private is not None:
        private.write_bytes(_evidence(results))
    return report_of(kata, attempt, results, seed=seed, measured=measure(trial, started))


def report_of(
    kata: Kata,
    attempt: Attempt,
    results: Sequence[CriterionResult],
    *,
    seed: str,
    measured: Measured,
) -> Report:
    """Score the results of an attempt and put its report together."""
    return assemble(
        kata,
        attempt,
        results,
        score(kata.rubric, results),
        seed=seed,
        grader_version=grader_version(ROOT),
        measured=measured,
        mistakes=recognise(read_signatures(kata), results),
    )


def default_seed(kata: Kata, attempt: Attempt) -> str:
    """Give the seed that follows from the kata's version and the attempt's files."""
    return hashlib.sha256(f"{kata.version}\0{attempt.digest}".encode()).hexdigest()


def measure(trial: Trial, started: float) -> Measured:
    """
    Give a trial's own numbers.

    Args:
        trial: One that has ended.
        started: When it began, by the monotonic clock.
    """
    return Measured(
        sandbox=trial.tier.name,
        tier=trial.tier.letter,
        wall_seconds=round(time.monotonic() - started, 3),
        worker_cpu_seconds=round(trial.budget.cpu_seconds + trial.measuring.cpu_seconds, 3),
        workers=trial.budget.workers + trial.measuring.workers,
    )


def decide_all(
    trial: Trial, wanted: Sequence[Criterion], *, tests: Check | None = None
) -> list[CriterionResult]:
    """
    Give one result a criterion, in their order.

    Args:
        trial: What is graded.
        wanted: The criteria to decide.
        tests: Decides the criteria that hidden tests decide, where they are
            collected already.
    """
    from graders.checks.registry import CHECKS, TESTED  # pytest loads here, while the jail starts

    results: list[CriterionResult] = []
    for kinds, check in CHECKS:
        criteria = [c for c in wanted if c.kind in kinds]
        if criteria:
            results += _decide(tests if tests and kinds is TESTED else check, criteria, trial)
    order = {c.id: i for i, c in enumerate(wanted)}
    return sorted(results, key=lambda result: order[result.criterion])


def _decide(check: Check, criteria: Sequence[Criterion], trial: Trial) -> list[CriterionResult]:
    try:
        return check(criteria, trial)
    except CannotGrade:
        raise
    except Exception as error:  # noqa: BLE001 - our own fault, whatever it is: void
        words = f"{type(error).__name__}: {error}"
        return [
            CriterionResult(criterion=c.id, outcome=Outcome.VOID, private=(words,))
            for c in criteria
        ]


def _evidence(results: Sequence[CriterionResult]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(results), indent=2) + b"\n"
