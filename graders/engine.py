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
        results = _results(trial)
    finally:
        trial.close()
    if private is not None:
        private.write_bytes(_evidence(results))
    measured = Measured(
        sandbox=tier.name,
        tier=tier.letter,
        wall_seconds=round(time.monotonic() - started, 3),
        worker_cpu_seconds=round(trial.budget.cpu_seconds + trial.measuring.cpu_seconds, 3),
        workers=trial.budget.workers + trial.measuring.workers,
        criteria={r.criterion: r.measured for r in results if r.measured},
    )
    return assemble(
        kata,
        attempt,
        results,
        score(kata.rubric, results),
        seed=seed,
        grader_version=grader_version(ROOT),
        measured=measured,
    )


def default_seed(kata: Kata, attempt: Attempt) -> str:
    """Give the seed that follows from the kata's version and the attempt's files."""
    return hashlib.sha256(f"{kata.version}\0{attempt.digest}".encode()).hexdigest()


def _results(trial: Trial) -> list[CriterionResult]:
    from graders.checks.registry import CHECKS  # pytest loads here, while the jail starts

    results: list[CriterionResult] = []
    for kinds, check in CHECKS:
        criteria = [c for c in trial.kata.rubric.criterion if c.kind in kinds]
        if criteria:
            results += _decide(check, criteria, trial)
    order = {c.id: i for i, c in enumerate(trial.kata.rubric.criterion)}
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
