"""What is told of a pull request's reports, and where; pure text, no network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from graders.errors import GraderError
from graders.github.actions import MAX_SUMMARY_BYTES, Annotation, Level
from graders.github.api import State
from graders.model.kata import Kata
from graders.model.report import CriterionReport, Report
from graders.model.score import Standing
from graders.model.submission import Handover
from graders.render.markdown import Delivery, Detail, render
from graders.render.words import points, verdict
from graders.reporting.wording import sentence
from graders.workspace.folders import ATTEMPTS

MAX_BODY_BYTES: Final = 60_000  # GitHub refuses comments a little above 65,000
CANNOT: Final = "We could not grade this, and there is nothing for you to do."

# The first of these that a report has decides: what is red for one kata is red for all.
_STATES = {
    Standing.FAILED: State.FAILURE,
    Standing.VOID: State.ERROR,
    Standing.UNDECIDED: State.PENDING,
    Standing.PASSED: State.SUCCESS,
}
_COUNTED = {
    Standing.PASSED: "passed",
    Standing.FAILED: "not there yet",
    Standing.UNDECIDED: "undecided",
    Standing.VOID: "could not be graded",
}


def delivery(handover: Handover, *, newer: str = "", run_url: str = "") -> Delivery:
    """
    Give what is told of a handover beside its reports.

    Args:
        handover: What was graded.
        newer: The commit that was pushed since; empty while this is the newest.
        run_url: The page of the workflow's run; empty outside a workflow.
    """
    return Delivery(
        pull=handover.pull,
        refused=handover.refused,
        left_out=handover.left_out,
        shortened=handover.shortened,
        newer=newer,
        run_url=run_url,
    )


def comment(
    handover: Handover,
    before: Mapping[str, Report],
    *,
    newer: str = "",
    run_url: str = "",
    limit: int = MAX_BODY_BYTES,
) -> str:
    """
    Give the comment under a pull request: all of it, or as much as there is room for.

    Where not all of it fits it tells of what did not pass, and where that does not
    fit of the totals; each is whole Markdown.

    Args:
        handover: What was graded.
        before: The last report of each kata from an earlier push, by slug.
        newer: The commit that was pushed since; empty while this is the newest.
        run_url: The page of the workflow's run; empty outside a workflow.
        limit: The most bytes.

    Raises:
        GraderError: Not even the totals fit.
    """
    told = delivery(handover, newer=newer, run_url=run_url)

    def draw(detail: Detail) -> str:
        return render(handover.reports, before, delivery=told, detail=detail)

    return _fitting(draw, limit)


def summary(handover: Handover, before: Mapping[str, Report], *, newer: str = "") -> str:
    """Give the summary of the workflow's run: as the comment, with room for a MiB."""
    return comment(handover, before, newer=newer, limit=MAX_SUMMARY_BYTES)


def state(handover: Handover) -> State:
    """Give what the commit's status says."""
    standings = {report.standing for report in handover.reports}
    for standing, its_state in _STATES.items():
        if standing in standings:
            return its_state
    return State.FAILURE  # nothing was there to be graded


def description(handover: Handover) -> str:
    """Give the status's one line; the score comes first, for it may be cut."""
    return "; ".join([_scores(handover), *_not_scored(handover)])


def remarks(handover: Handover, katas: Mapping[str, Kata]) -> Iterator[Annotation]:
    """
    Give remarks on lines of the learner's own files.

    Args:
        handover: What was graded.
        katas: The kata of each report, by slug.
    """
    for report in handover.reports:
        kata = katas[report.slug]
        path = _path(report, kata)
        for row in report.criteria:
            for line, message in _remarks_of(row, kata):
                title = f"{report.slug}: {row.title}"
                yield Annotation(
                    level=Level.NOTICE, title=title, message=message, path=path, line=line
                )


def _fitting(draw: Callable[[Detail], str], limit: int) -> str:
    for detail in Detail:
        text = draw(detail)
        if len(text.encode("utf-8")) <= limit:
            return text
    what = f"not even the totals fit in {limit:,} bytes"
    raise GraderError(what, fix="grade fewer katas in one pull request")


def _scores(handover: Handover) -> str:
    reports = handover.reports
    if not reports:
        return "Nothing was graded"
    if len(reports) == 1:
        return _score(reports[0])
    counts = Counter(report.standing for report in reports)
    parts = (f"{counts[one]} {words}" for one, words in _COUNTED.items() if counts[one])
    return f"{len(reports)} katas: {', '.join(parts)}"


def _score(report: Report) -> str:
    if report.earned is None:
        return CANNOT
    words = verdict(report)
    if report.standing is Standing.PASSED:
        return words
    return f"{report.earned} of {report.possible} points. {words}"


def _not_scored(handover: Handover) -> Iterator[str]:
    if handover.refused:
        yield f"{len(handover.refused)} not taken"
    if handover.left_out:
        yield f"{len(handover.left_out)} left for another push"


def _path(report: Report, kata: Kata) -> str:
    """Give where the attempt's code is in the repository; empty when nobody knows."""
    code = [name for name in kata.about.editable if name.endswith(".py")]
    if report.attempt is None or len(code) != 1:
        return ""
    return f"{ATTEMPTS}/{report.slug}/{report.attempt:03d}/{code[0]}"


def _remarks_of(row: CriterionReport, kata: Kata) -> Iterator[tuple[int, str]]:
    """Give line and words of each thing that a criterion found on a line."""
    for finding in row.findings:
        yield finding.line, finding.text
    criterion = kata.rubric.named(row.id)
    for cause in row.causes:
        if cause.line and not row.findings:
            said = sentence(cause, criterion, kata.about.limits)
            yield cause.line, f"{said} ({_worth(row)})"


def _worth(row: CriterionReport) -> str:
    missing = row.possible - row.earned
    return f"{points(missing)} to gain" if missing else "no points lost"
