"""Criteria of kind review: a person decides, so the points are pending."""

from __future__ import annotations

from collections.abc import Sequence

from graders.model.result import CriterionResult, Outcome
from graders.model.rubric import Criterion
from graders.trial import Trial


def decide(criteria: Sequence[Criterion], trial: Trial) -> list[CriterionResult]:
    """Leave every criterion to a person."""
    del trial
    return [CriterionResult(criterion=c.id, outcome=Outcome.PENDING, pending=1.0) for c in criteria]
