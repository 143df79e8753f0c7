"""How points add up; pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from graders.errors import GraderError
from graders.model.result import CriterionResult, Outcome
from graders.model.score import Earned, Score, Standing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graders.model.rubric import Criterion, Rubric

# Shares such as 0.1 * 3 must not lose a point to binary fractions.
SLACK = 1e-9

# Whether a required criterion lets the ones that build on it count.
OPEN, UNSETTLED, CLOSED = range(3)
GATES = {Outcome.PASSED: OPEN, Outcome.PENDING: UNSETTLED, Outcome.VOID: UNSETTLED}


def score(rubric: Rubric, results: Sequence[CriterionResult]) -> Score:
    """
    Add up what each criterion earned.

    Points are whole and rounded down, so that full points take full credit. A
    criterion counts once all that it requires has passed: it is skipped, with 0
    points, when one of them failed, and all its points are pending while one of
    them is pending or void.

    Args:
        rubric: The kata's rubric; its points sum to 100 and nothing requires itself.
        results: One result per criterion, in any order.

    Returns:
        Points earned and pending; ``earned + pending <= possible``. A void
        criterion leaves both sides of the fraction.

    Raises:
        GraderError: A criterion has no result or several, a result has no
            criterion, or shares that cannot be.
    """
    by_id = _by_criterion(rubric, results)
    gates = _gates(rubric, by_id)
    rows = tuple(
        _earned(criterion, by_id[criterion.id], gate=gates[criterion.id])
        for criterion in rubric.criterion
    )
    earned = sum(row.earned for row in rows)
    pending = sum(row.pending for row in rows)
    is_void = any(result.outcome is Outcome.VOID for result in results)
    return Score(
        by_criterion=rows,
        earned=None if is_void else earned,
        pending=pending,
        possible=sum(row.possible for row in rows),
        pass_mark=rubric.pass_mark,
        standing=Standing.VOID if is_void else standing(earned, pending, rubric.pass_mark),
    )


def standing(earned: int, pending: int, pass_mark: int) -> Standing:
    """Give where points stand against the pass mark, which pending ones may yet reach."""
    if earned >= pass_mark:
        return Standing.PASSED
    return Standing.FAILED if earned + pending < pass_mark else Standing.UNDECIDED


def _by_criterion(
    rubric: Rubric, results: Sequence[CriterionResult]
) -> Mapping[str, CriterionResult]:
    known = {criterion.id for criterion in rubric.criterion}
    by_id: dict[str, CriterionResult] = {}
    for result in results:
        if result.criterion not in known:
            raise GraderError(f"a result names {result.criterion!r}, which is no criterion")
        if result.criterion in by_id:
            raise GraderError(f"criterion {result.criterion!r} has more than one result")
        _believe(result)
        by_id[result.criterion] = result
    for criterion in rubric.criterion:
        if criterion.id not in by_id:
            raise GraderError(f"criterion {criterion.id!r} has no result")
    return by_id


def _believe(result: CriterionResult) -> None:
    """Raise GraderError for shares that no check may give; NaN is one."""
    shares = (result.credit, result.pending, result.credit + result.pending)
    if not all(0.0 <= share <= 1.0 + SLACK for share in shares):
        raise GraderError(
            f"criterion {result.criterion!r} has credit {result.credit} "
            f"and pending {result.pending}, outside 0 to 1"
        )
    if result.outcome is Outcome.PASSED and result.credit < 1.0 - SLACK:
        raise GraderError(
            f"criterion {result.criterion!r} passed with credit {result.credit}, not 1"
        )


def _gates(rubric: Rubric, by_id: Mapping[str, CriterionResult]) -> dict[str, int]:
    """Give whether what each criterion requires, and what that requires, lets it count."""
    gates: dict[str, int] = {}

    def gate(name: str) -> int:
        if name not in gates:
            required = rubric.named(name).requires
            gates[name] = max(
                (max(GATES.get(by_id[one].outcome, CLOSED), gate(one)) for one in required),
                default=OPEN,
            )
        return gates[name]

    return {criterion.id: gate(criterion.id) for criterion in rubric.criterion}


def _earned(criterion: Criterion, result: CriterionResult, *, gate: int) -> Earned:
    possible = 0 if result.outcome is Outcome.VOID else criterion.points
    is_skipped = result.outcome is Outcome.SKIPPED or (gate == CLOSED and possible > 0)
    counts = 0 if is_skipped else possible
    earned = math.floor(result.credit * counts + SLACK) if gate == OPEN else 0
    # Rounded together, so that a settled criterion can still reach its full points.
    best = math.floor((result.credit + result.pending) * counts + SLACK)
    return Earned(
        criterion=criterion.id,
        earned=earned,
        pending=best - earned,
        possible=possible,
        skipped=is_skipped,
    )
