"""Reports to render and record, built by hand."""

from __future__ import annotations

from typing import Any

import msgspec

from graders.model.report import SCHEMA, CriterionReport, Measured, NextStep, Report
from graders.model.result import Finding, Outcome, SituationResult
from graders.model.score import Standing


def situation(name: str, text: str, outcome: Outcome = Outcome.PASSED) -> SituationResult:
    return SituationResult(id=name, text=text, outcome=outcome)


def criterion(name: str, title: str, earned: int, possible: int, **more: Any) -> CriterionReport:
    outcome = more.pop("outcome", Outcome.PASSED if earned == possible else Outcome.FAILED)
    return CriterionReport(
        id=name,
        title=title,
        kind=more.pop("kind", "tests"),
        outcome=outcome,
        earned=earned,
        pending=more.pop("pending", 0),
        possible=possible,
        **more,
    )


HALF_RIGHT = Report(
    schema=SCHEMA,
    slug="top_k_frequent",
    title="Top k frequent",
    attempt=2,
    digest="d" * 64,
    kata_version="a" * 64,
    grader_version="b" * 64,
    seed="c" * 64,
    standing=Standing.FAILED,
    earned=72,
    pending=0,
    possible=100,
    pass_mark=80,
    criteria=(
        criterion("counts", "Counts correctly", 40, 40, feedback="all situations handled"),
        criterion(
            "edges",
            "Ties and edges",
            12,
            20,
            situations=(
                situation("ties", "equal counts, in order of first appearance"),
                situation("zero", "k is 0", Outcome.FAILED),
                situation("empty", "an empty list", Outcome.ERRORED),
            ),
            findings=(Finding(line=9, text="uses copy.copy"),),
            feedback="1 of 3 situations handled; raised TypeError at line 9",
        ),
        criterion("scales", "Scales as n log k", 0, 20, kind="complexity"),
        criterion("stream", "Stream of numbers", 20, 20, feedback="all situations handled"),
    ),
    next_step=NextStep(
        criterion="scales",
        text="You count each number by scanning the whole list again.\n"
        "What could hold the counts so that one pass is enough?",
    ),
    limits="2 s, 256 MiB",
    measured=Measured(
        sandbox="landlock+seccomp",
        tier="B",
        wall_seconds=0.4,
        criteria={"scales": {"exponent": 1.98, "target": "n log k"}},
    ),
)


def report(**changes: Any) -> Report:
    """Give the half-right report with some fields changed."""
    return msgspec.structs.replace(HALF_RIGHT, **changes)
