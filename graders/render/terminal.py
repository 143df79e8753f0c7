"""A report as a screen of text, 80 columns unless told otherwise."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from graders.model.score import Standing
from graders.render.plain import escape
from graders.render.words import change, not_handled, points, seen, verdict, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graders.model.report import CriterionReport, Report

TITLE_COLUMNS = (25, 28)
POINTS_COLUMNS = 7
LABEL_COLUMNS = 11
LEAST_GAP, WIDEST_GAP = 3, 8
MOST_FINDINGS = 8

# Colour is decoration: every painted word says the same without it.
_COLORS = {
    "PASS": "32;1",
    "PART": "33;1",
    "FAIL": "31;1",
    "SKIP": "2",
    "WAIT": "36;1",
    "VOID": "35;1",
    "bold": "1",
    "dim": "2",
}
_PAINT = re.compile("\x1b\\[[0-9;]*m")


class Aside(NamedTuple):
    """
    What the screen says that is not in the report.

    Attributes:
        previous: The last score, before this one.
        hints: How many hints there are.
        hints_used: How many of them have been revealed.
    """

    previous: int | None = None
    hints: int = 0
    hints_used: int = 0


NOTHING_ELSE = Aside()


def render(report: Report, aside: Aside = NOTHING_ELSE, *, width: int = 80) -> str:
    """
    Give the report as lines of text with colours; ``plain`` takes them off.

    Args:
        report: Any report; learner's words in it are escaped.
        aside: What is known besides: the last score, the hints left.
        width: Columns of the screen; at least 60 are used.
    """
    width = max(width, 60)
    lines = [*_header(report, width), "", *_table(report, aside, width), ""]
    lines += _ending(report, aside, width)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def plain(text: str) -> str:
    """Take the colours off."""
    return _PAINT.sub("", text)


def paint(text: str, name: str) -> str:
    """Colour a word or two; ``name`` is a result word, ``bold`` or ``dim``."""
    return f"\x1b[{_COLORS[name]}m{text}\x1b[0m"


def _header(report: Report, width: int) -> list[str]:
    number = "" if report.attempt is None else f", attempt {report.attempt:03}"
    label = "weak jail" if report.measured.tier == "C" else "jail"
    jail = ", ".join(part for part in (report.measured.sandbox, report.limits) if part)
    left, right = f"{report.slug}{number}", f"{label}: {jail}"
    room = width - len(left) - len(right)
    bold = paint(report.slug, "bold") + number
    return [bold + " " * room + right] if room > 1 else [bold, right]


def _table(report: Report, aside: Aside, width: int) -> list[str]:
    narrow, wide = TITLE_COLUMNS
    longest = max((len(criterion.title) for criterion in report.criteria), default=0)
    titles = min(max(longest, narrow), wide)
    rule = "  " + "-" * (width - 5)
    lines = [f"  {'Criterion':<{titles}}{'Points':>{POINTS_COLUMNS}}   Result", rule]
    for criterion in report.criteria:
        lines += _row(criterion, report, titles=titles, width=width)
        lines += _details(criterion, width)
    return [*lines, rule, *_total(report, aside, titles=titles, width=width)]


def _row(criterion: CriterionReport, report: Report, *, titles: int, width: int) -> Iterator[str]:
    verdict_word = word(criterion)
    # A pass needs no words, but a measured number is worth seeing.
    text = seen(criterion, report)
    if verdict_word == "PASS":
        text = text.removesuffix(criterion.feedback).removesuffix("; ")
    left = wrap(criterion.title, titles) or [""]
    right = wrap(escape(text), width - titles - POINTS_COLUMNS - 12) or [""]
    score = "-" if verdict_word == "VOID" else str(criterion.earned)
    for place in range(max(len(left), len(right))):
        title = left[place] if place < len(left) else ""
        said = right[place] if place < len(right) else ""
        first = place == 0
        amount = f"{score}/{criterion.possible}" if first else ""
        shown = paint(verdict_word, verdict_word) if first else "    "
        yield f"  {title:<{titles}}{amount:>{POINTS_COLUMNS}}   {shown}   {said}"


def _details(criterion: CriterionReport, width: int) -> list[str]:
    told = [f"not handled: {text}" for text in not_handled(criterion)]
    told += [f"line {found.line}: {found.text}" for found in criterion.findings[:MOST_FINDINGS]]
    if len(criterion.findings) > MOST_FINDINGS:
        told.append(f"and {len(criterion.findings) - MOST_FINDINGS} more lines")
    return [
        line
        for text in told
        for line in wrap(escape(text), width - 5, initial_indent=" " * 6, subsequent_indent=" " * 8)
    ]


def _total(report: Report, aside: Aside, *, titles: int, width: int) -> list[str]:
    earned = "-" if report.earned is None else str(report.earned)
    amount = f"{earned}/{report.possible}"
    line = f"  {'Total':<{titles}}" + paint(f"{amount:>{POINTS_COLUMNS}}", "bold")
    line += f"   pass mark {report.pass_mark}"
    if report.pending:
        line += f"   {points(report.pending)} pending"
    gained = change(report, aside.previous)
    if not gained:
        return [line]
    last = f"last time {aside.previous}  ({gained})"
    room = width - len(plain(line)) - len(last)
    if room < LEAST_GAP:
        return [line, " " * min(titles + POINTS_COLUMNS + 5, width - len(last)) + last]
    return [line + " " * min(room, WIDEST_GAP) + last]


def _ending(report: Report, aside: Aside, width: int) -> list[str]:
    lines = []
    if report.standing is not Standing.FAILED:
        lines += _paragraph("Standing", verdict(report), width)
    if report.next_step is not None:
        lines += _paragraph("Next step", report.next_step.text, width)
        if report.next_step.ask:
            lines += _paragraph("They ask", report.next_step.ask, width)
        lines += _more(report.next_step.criterion, aside, width)
    if report.standing is Standing.PASSED:
        lines += _paragraph("What now", f"kata solution {report.slug}     kata next", width)
    if report.measured.tier == "C":
        words = "This machine has no kernel jail, so the score is for you alone: see kata doctor."
        lines += _paragraph("Note", words, width)
    return lines


def _more(criterion: str, aside: Aside, width: int) -> list[str]:
    """Give where to read on: on one line where there is room."""
    offers = [f"More: kata explain {escape(criterion)}"]
    if aside.hints_used < aside.hints:
        offers.append(f"Hint {aside.hints_used + 1} of {aside.hints}: kata hint")
    indent = " " * (LABEL_COLUMNS + 2)
    line = indent + (" " * 5).join(offers)
    return [line] if len(line) <= width else [indent + offer for offer in offers]


def _paragraph(label: str, text: str, width: int) -> list[str]:
    lines = []
    for block in escape(text, keep="\n").splitlines():
        lines += wrap(block, width - LABEL_COLUMNS - 4, break_on_hyphens=False) or [""]
    first = f"  {paint(label, 'bold')}{' ' * (LABEL_COLUMNS - len(label))}"
    rest = " " * (LABEL_COLUMNS + 2)
    return [(rest if place else first) + line for place, line in enumerate(lines)]
