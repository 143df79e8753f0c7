"""Reports as the one comment under a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders.model.report import SCHEMA
from graders.render.environment import environment
from graders.render.words import change, not_handled, seen, verdict, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graders.model.report import CriterionReport, Report

MARKER = f"<!-- {SCHEMA} -->"
SYMBOLS = {
    "PASS": "\u2705",
    "PART": "\U0001f7e1",
    "FAIL": "\u274c",
    "SKIP": "\u23ed\ufe0f",
    "WAIT": "\u23f3",
    "VOID": "\u26a0\ufe0f",
}


def render(reports: Sequence[Report], previous: Mapping[str, Report] | None = None) -> str:
    """
    Give the comment: the marker, then a section for each report, by slug.

    Args:
        reports: One or more reports, each of another kata.
        previous: The last report of each kata, by slug, where there is one.
    """
    sections = [
        {"report": report, "old": (previous or {}).get(report.slug)}
        for report in sorted(reports, key=lambda report: report.slug)
    ]
    return (
        environment()
        .get_template("comment.md.j2")
        .render(
            marker=MARKER,
            sections=sections,
            symbols=SYMBOLS,
            word=word,
            seen=seen,
            verdict=verdict,
            not_handled=not_handled,
            trend=trend,
            since=since,
            repeat=repeat,
        )
    )


def trend(report: Report, old: Report | None) -> str:
    """Give `` Up 17 since your last push.`` and the like; empty when there is none."""
    gained = change(report, old.earned if old else None)
    if not gained:
        return ""
    number = int(gained)
    if number == 0:
        return " The same as before your last push."
    return f" {'Up' if number > 0 else 'Down'} {abs(number)} since your last push."


def since(criterion: CriterionReport, old: Report | None) -> str:
    """Give what a criterion gained since the last report; empty when it was not there."""
    for other in old.criteria if old else ():
        if other.id == criterion.id:
            gained = criterion.earned - other.earned
            return f"{gained:+d}" if gained else "0"
    return ""


def repeat(report: Report) -> str:
    """Give the command that repeats a grading."""
    number = "" if report.attempt is None else f" --attempt {report.attempt}"
    return f"kata grade {report.slug}{number} --seed {report.seed}"
