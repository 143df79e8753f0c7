"""Which check decides which kind of criterion, in the order they run."""

from __future__ import annotations

from graders.checks import review, static, tests
from graders.checks.base import Check
from graders.model.rubric import CriterionKind

# Decided by one run of pytest.
TESTED = frozenset({CriterionKind.TESTS, CriterionKind.COMPLEXITY})
# The rules come after the tests: what was refused at run time is known then.
CHECKS: tuple[tuple[frozenset[CriterionKind], Check], ...] = (
    (TESTED, tests.decide),
    (frozenset({CriterionKind.STATIC}), static.decide),
    (frozenset({CriterionKind.REVIEW}), review.decide),
)
