"""The words that all renderings of a report share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graders.model.result import CauseKind, Outcome
from graders.model.score import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graders.model.report import CriterionReport, Report

_WORDS = {
    Outcome.PASSED: "PASS",
    Outcome.SKIPPED: "SKIP",
    Outcome.PENDING: "WAIT",
    Outcome.VOID: "VOID",
}
_MEASURED = frozenset({CauseKind.TOO_SLOW, CauseKind.TOO_MUCH_MEMORY})
NOT_HANDLED = frozenset({Outcome.FAILED, Outcome.ERRORED, Outcome.TIMED_OUT})


def word(criterion: CriterionReport) -> str:
    """Give ``PASS``, ``PART``, ``FAIL``, ``SKIP``, ``WAIT`` or ``VOID``."""
    if criterion.outcome in _WORDS:
        return _WORDS[criterion.outcome]
    return "PART" if criterion.earned else "FAIL"


def seen(criterion: CriterionReport, report: Report) -> str:
    """Give what the grading saw of a criterion, measured numbers included."""
    measured = measured_words(report.measured.criteria.get(criterion.id, {}))
    # "grows as n^1.98, target n" says all that "grows faster than n" does.
    is_said = (
        bool(measured)
        and bool(criterion.causes)
        and _MEASURED.issuperset(cause.kind for cause in criterion.causes)
    )
    parts = (measured, "" if is_said else criterion.feedback)
    return "; ".join(part for part in parts if part)


def measured_words(numbers: Mapping[str, Any]) -> str:
    """
    Say measured numbers in words; empty when none is known here.

    The numbers differ from run to run, so a report keeps them apart from its
    feedback and only a rendering puts the two together.
    """
    known = {key: value for key, value in numbers.items() if isinstance(value, int | float)}
    target = numbers.get("target")
    aim = f", target {target}" if isinstance(target, str) and target else ""
    if "exponent" in known:
        return f"grows as n^{known['exponent']:.2f}{aim}"
    if "peak_mib" in known:
        limit = f", limit {known['limit_mib']:g} MiB" if "limit_mib" in known else ""
        return f"peak {known['peak_mib']:.1f} MiB{limit}"
    if "comparisons" in known:
        most = f", at most {known['most']:,.0f}" if "most" in known else ""
        return f"{known['comparisons']:,.0f} comparisons{most}{aim}"
    return ""


def not_handled(criterion: CriterionReport) -> list[str]:
    """
    Give the situations that were not handled, in the author's words.

    None when not one was handled: then the list says no more than the criterion.
    """
    missed = [
        situation.text for situation in criterion.situations if situation.outcome in NOT_HANDLED
    ]
    return missed if len(missed) < len(criterion.situations) else []


def verdict(report: Report) -> str:
    """Give one sentence on where the score stands."""
    earned = report.earned or 0
    missing = report.pass_mark - earned
    if report.standing is Standing.VOID:
        return "Could not be graded: the grader itself broke. Your last score stands."
    if report.standing is Standing.PASSED:
        return f"Passed: {earned} of {report.possible} points, the pass mark is {report.pass_mark}."
    if report.standing is Standing.UNDECIDED:
        return f"Undecided: {points(report.pending)} wait for a person."
    return f"Not there yet, {points(missing)} to the pass mark of {report.pass_mark}."


def points(number: int) -> str:
    """Give ``1 point`` or ``8 points``."""
    return f"{number} point" if number == 1 else f"{number} points"


def change(report: Report, previous: int | None) -> str:
    """Give ``+17``, ``-3`` or ``+0`` against the last score; empty when one is missing."""
    if previous is None or report.earned is None:
        return ""
    return f"{report.earned - previous:+d}"
