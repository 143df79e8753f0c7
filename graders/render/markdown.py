"""Reports as the one comment under a pull request."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec

from graders.model.report import SCHEMA
from graders.model.result import Outcome
from graders.render.environment import environment
from graders.render.words import change, not_handled, seen, verdict, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graders.model.report import CriterionReport, NextStep, Report
    from graders.model.submission import Pull, Refusal

MARKER = f"<!-- {SCHEMA} -->"
SYMBOLS = {
    "PASS": "\u2705",
    "PART": "\U0001f7e1",
    "FAIL": "\u274c",
    "SKIP": "\u23ed\ufe0f",
    "WAIT": "\u23f3",
    "VOID": "\u26a0\ufe0f",
}


class Detail(StrEnum):
    """How much of the reports is told; each tells less than the one before."""

    FULL = "full"
    FAILED = "failed"
    TOTALS = "totals"


# The longest text and list of each, so that the shortest comment has a greatest size.
MOST_SIGNS = {Detail.FULL: 4_000, Detail.FAILED: 300, Detail.TOTALS: 60}
MOST_ROWS = {Detail.FULL: 1_000, Detail.FAILED: 20, Detail.TOTALS: 10}
MOST_KATAS = 60


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """
    What is told of a pull request beside its reports.

    Attributes:
        newer: The commit that was pushed since; empty while this is the newest.
        run_url: Where the whole of it can be read; empty when nowhere.
        shortened: Whether feedback was left out on the way here.
    """

    pull: Pull
    refused: tuple[Refusal, ...] = ()
    left_out: tuple[str, ...] = ()
    shortened: bool = False
    newer: str = ""
    run_url: str = ""


def render(
    reports: Sequence[Report],
    previous: Mapping[str, Report] | None = None,
    *,
    delivery: Delivery | None = None,
    detail: Detail = Detail.FULL,
) -> str:
    """
    Give the comment: the marker, then a section for each report, by slug.

    Args:
        reports: Each of another kata.
        previous: The last report of each kata, by slug, where there is one.
        delivery: The pull request they came from; what it refused is told too.
        detail: How much is told.
    """
    sections = [
        {"report": report, "old": (previous or {}).get(report.slug)}
        for report in sorted(reports, key=lambda report: report.slug)
    ]
    return _draw("comment", sections=sections, delivery=delivery, detail=detail)


def render_not_graded(delivery: Delivery) -> str:
    """Give the comment that says that nothing could be graded, which is on us."""
    return _draw("not_graded", delivery=delivery, detail=Detail.FULL)


def _draw(name: str, *, detail: Detail, **words: Any) -> str:
    return (
        environment()
        .get_template(f"{name}.md.j2")
        .render(
            marker=MARKER,
            symbols=SYMBOLS,
            detail=detail.value,
            most=MOST_SIGNS[detail],
            rows=MOST_ROWS[detail],
            katas=MOST_KATAS,
            word=word,
            seen=seen,
            verdict=verdict,
            not_handled=not_handled,
            listed=listed,
            next_step=next_step,
            trend=trend,
            gained=gained,
            since=since,
            repeat=repeat,
            **words,
        )
    )


def listed(report: Report, detail: str) -> list[CriterionReport]:
    """Give the criteria that have a line of their own: all, or those that did not pass."""
    is_all = detail == Detail.FULL
    return [row for row in report.criteria if is_all or row.outcome is not Outcome.PASSED]


def next_step(report: Report) -> NextStep | None:
    """Give the learner's next step; ``None`` when the next step is ours."""
    void = {row.id for row in report.criteria if row.outcome is Outcome.VOID}
    step = report.next_step
    return None if step is None or step.criterion in void else step


def trend(report: Report, old: Report | None) -> str:
    """Give `` Up 17 since your last push.`` and the like; empty when there is none."""
    points = gained(report, old)
    if not points:
        return ""
    number = int(points)
    is_same = old is not None and old.kata_version == report.kata_version
    also = "" if is_same else " The kata has changed since then."
    if number == 0:
        return f" The same as before your last push.{also}"
    return f" {'Up' if number > 0 else 'Down'} {abs(number)} since your last push.{also}"


def gained(report: Report, old: Report | None) -> str:
    """Give ``+17``, ``-3`` or ``+0`` since the last report; empty when one has no points."""
    return change(report, old.earned if old else None)


def since(criterion: CriterionReport, old: Report | None) -> str:
    """Give what a criterion gained since the last report; empty when it was not there."""
    for other in old.criteria if old else ():
        if other.id == criterion.id:
            points = criterion.earned - other.earned
            return f"{points:+d}" if points else "0"
    return ""


def repeat(report: Report) -> str:
    """Give the command that repeats a grading."""
    number = "" if report.attempt is None else f" --attempt {report.attempt}"
    return f"kata grade {report.slug}{number} --seed {report.seed}"
