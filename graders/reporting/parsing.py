"""Read a report that came from elsewhere; believe only what adds up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from graders.errors import GraderError, KataError
from graders.model.report import SCHEMA, Report
from graders.model.result import CriterionResult
from graders.model.score import Score, Standing
from graders.reporting.wording import safe_cause
from graders.scoring import score, standing

if TYPE_CHECKING:
    from graders.model.rubric import Criterion, Rubric

NAME = re.compile(r"kata-report/([1-9][0-9]{0,5})")
CURRENT = 1
MAX_BYTES = 1_000_000
MAX_ITEMS = 1_000
MAX_TEXT = 4_000
MAX_REASON = 200
MAX_NUMBER = 10**15
HEX = re.compile(r"[0-9a-f]{1,128}")
SEED = re.compile(r"[0-9A-Za-z_-]{1,128}")  # people may choose their own
SLUG = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")

# A version to a function that gives the next version's document.
Migrations = Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]
MIGRATIONS: Migrations = {}


def parse_report(data: bytes) -> Report:
    """
    Give the report that a JSON document holds; keys that are not known are dropped.

    Raises:
        KataError: It is no report, was made by a newer grader, holds more than a
            report may, or its points do not add up.
    """
    if len(data) > MAX_BYTES:
        raise _refusal(f"it holds {len(data):,} bytes, more than {MAX_BYTES:,}")
    try:
        document = msgspec.json.decode(data)
        for problem in _out_of_bounds(document):
            raise _refusal(problem)
        report = msgspec.convert(migrate(document, MIGRATIONS), Report)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        # It may quote the document: msgspec escapes what it quotes, but does not shorten it.
        raise _refusal(str(error)[:MAX_REASON]) from error
    for problem in _unsound(report):
        raise _refusal(problem)
    return report


def migrate(document: Any, migrations: Migrations, current: int = CURRENT) -> dict[str, Any]:
    """
    Give a report's document in the current format.

    Raises:
        KataError: It is no report, or newer than this grader.
    """
    schema = document.get("schema") if isinstance(document, dict) else None
    match = NAME.fullmatch(schema) if isinstance(schema, str) else None
    if match is None:
        raise _refusal(f'it does not begin with "schema": "{SCHEMA}"')
    version = int(match[1])
    if version > current:
        raise KataError(
            f"the report was made by a newer grader: {match[0]}, not {SCHEMA}",
            fix="update the grader: git pull, then make",
        )
    for older in range(version, current):
        document = migrations[older](document)
    return dict(document)


def check_report(report: Report, rubric: Rubric) -> None:
    """
    Hold a report against the rubric: score it again, and compare.

    Raises:
        KataError: Its criteria or points are not the rubric's.
    """
    if [row.id for row in report.criteria] != [one.id for one in rubric.criterion]:
        raise _mismatch("its criteria are not the rubric's")
    for row, criterion in zip(report.criteria, rubric.criterion, strict=True):
        found = (row.title, row.kind, {seen.id: seen.text for seen in row.situations})
        if found != (criterion.title, criterion.kind.value, criterion.situations):
            raise _mismatch(f"criterion {row.id!r} does not read as in the rubric")
    try:
        again = score(rubric, [_result(report, one) for one in rubric.criterion])
    except GraderError as error:
        raise _mismatch(error.what) from error
    for row, earned in zip(report.criteria, again.by_criterion, strict=True):
        points = (row.earned, row.pending, row.possible, row.outcome == "skipped")
        if points != (earned.earned, earned.pending, earned.possible, earned.skipped):
            raise _mismatch(f"the points of criterion {row.id!r} do not follow from the rubric")
    if _totals(report) != _totals(again):
        raise _mismatch("its totals do not follow from the rubric")


def _result(report: Report, criterion: Criterion) -> CriterionResult:
    """Give the result that a criterion's points in a report stand for."""
    row = next(row for row in report.criteria if row.id == criterion.id)
    return CriterionResult(
        criterion=row.id,
        outcome=row.outcome,
        credit=row.earned / criterion.points,
        pending=row.pending / criterion.points,
    )


def _totals(record: Report | Score) -> tuple[object, ...]:
    return (record.earned, record.pending, record.possible, record.pass_mark, record.standing)


def _out_of_bounds(document: Any) -> Iterator[str]:
    """Give what is too long, too many or too large, anywhere in a document."""
    waiting: list[Any] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and len(value) > MAX_TEXT:
            yield f"a text of it is longer than {MAX_TEXT:,}"
        if isinstance(value, (int, float)) and not -MAX_NUMBER <= value <= MAX_NUMBER:
            yield "a number of it is too large"
        if isinstance(value, (dict, list)) and len(value) > MAX_ITEMS:
            yield f"a list of it is longer than {MAX_ITEMS:,}"
        if isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]
        if isinstance(value, list):
            waiting += value


def _unsound(report: Report) -> Iterator[str]:
    """Give what cannot be, whatever the rubric."""
    if not SLUG.fullmatch(report.slug):
        yield "its slug is not snake_case"
    if not SEED.fullmatch(report.seed):
        yield "its seed is no plain word"
    for key in ("digest", "kata_version", "grader_version"):
        if not HEX.fullmatch(getattr(report, key)):
            yield f"its {key} is not hexadecimal"
    for row in report.criteria:
        if min(row.earned, row.pending, row.possible - row.earned - row.pending) < 0:
            yield f"the points of criterion {row.id!r} cannot be"
        if any(cause != safe_cause(cause) for cause in row.causes):
            yield f"a cause of criterion {row.id!r} holds more than names and lines"
    earned = sum(row.earned for row in report.criteria)
    pending = sum(row.pending for row in report.criteria)
    possible = sum(row.possible for row in report.criteria)
    totals: tuple[object, ...] = (
        earned,
        pending,
        possible,
        standing(earned, pending, report.pass_mark),
    )
    if any(row.outcome == "void" for row in report.criteria):
        totals = (None, pending, possible, Standing.VOID)
    if totals != (report.earned, report.pending, report.possible, report.standing):
        yield "its points do not add up"


def _refusal(reason: str) -> KataError:
    fix = "grade again: kata grade --json"
    return KataError(f"this is no report that can be believed: {reason}", fix=fix)


def _mismatch(reason: str) -> KataError:
    fix = "grade again with the kata as it is now"
    return KataError(f"the report does not fit the kata: {reason}", fix=fix)
