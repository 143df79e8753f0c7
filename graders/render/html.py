"""A report as one page that needs nothing from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders.render.environment import environment
from graders.render.markdown import repeat
from graders.render.words import not_handled, seen, verdict, word

if TYPE_CHECKING:
    from graders.model.report import Report


def render(report: Report) -> str:
    """Give the page; every word of the report is escaped."""
    template = environment().get_template("report.html.j2")
    return template.render(
        report=report,
        word=word,
        seen=seen,
        verdict=verdict,
        not_handled=not_handled,
        repeat=repeat(report),
    )
