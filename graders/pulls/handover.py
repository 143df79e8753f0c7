"""What one job hands to the next, as a text that fits an output; believed only when it is sound."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from typing import Any

import msgspec

from graders.errors import GraderError, KataError
from graders.github.event import unsound
from graders.model.report import CriterionReport, Report
from graders.model.submission import HANDOVER, Handover
from graders.reporting.parsing import parse_report

MAX_PACKED = 96 * 1024
MAX_INFLATED = 1024 * 1024
MAX_REPORTS = 10
MAX_REFUSALS = 50
MAX_LINE = 400
MAX_LEFT_OUT = 500
_FEW_REFUSALS = 10
_MAX_REASON = 200

_SLUG = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def pack(handover: Handover) -> str:
    """
    Give a handover as base64 of zlib of JSON, at most 96 KiB.

    What does not fit loses feedback, then the next steps and all but a few
    refusals; never a criterion or a point. ``shortened`` tells.

    Raises:
        GraderError: Even its points do not fit, or could not be unpacked again.
    """
    for made in (handover, _without_feedback(handover), _points_alone(handover)):
        document = msgspec.json.encode(made)
        text = base64.b64encode(zlib.compress(document, 9)).decode("ascii")
        try:
            unpack(text)
        except KataError as error:
            reason = error
        else:
            return text
    raise GraderError(
        f"the reports cannot be handed over: {reason.what}",
        fix="grade fewer katas in one pull request",
    ) from reason


def unpack(text: str) -> Handover:
    """
    Give the handover that a text holds.

    Each report in it adds up; whether it fits the rubric is for
    ``reporting.parsing.check_report`` to say.

    Raises:
        KataError: It is no handover, holds more than one may, or is not sound.
    """
    document = _decode(_inflate(text))
    reports = document.get("reports", [])
    if not isinstance(reports, list) or len(reports) > MAX_REPORTS:
        raise _refusal(f"it holds no list of at most {MAX_REPORTS} reports")
    parsed = tuple(parse_report(msgspec.json.encode(report)) for report in reports)
    try:
        handover = msgspec.convert({**document, "reports": []}, Handover)
    except msgspec.ValidationError as error:
        raise _refusal(str(error)[:_MAX_REASON]) from error
    handover = msgspec.structs.replace(handover, reports=parsed)
    for problem in _unsound(handover):
        raise _refusal(problem)
    return handover


def _inflate(text: str) -> bytes:
    """Undo base64 and zlib; no more than the cap is ever built."""
    if len(text) > MAX_PACKED:
        raise _refusal(f"it holds {len(text):,} characters, more than {MAX_PACKED:,}")
    stream = zlib.decompressobj()
    try:
        packed = base64.b64decode(text.encode("ascii"), validate=True)
        data = stream.decompress(packed, MAX_INFLATED)
    except (UnicodeEncodeError, binascii.Error, zlib.error) as error:
        raise _refusal("it is not base64 of zlib") from error
    if not stream.eof or stream.unused_data:
        # Its end is missing, lies beyond the cap, or is followed by something.
        raise _refusal(f"it is cut off, or inflates to more than {MAX_INFLATED:,} bytes")
    return data


def _decode(data: bytes) -> dict[str, Any]:
    try:
        document = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _refusal(str(error)[:_MAX_REASON]) from error
    schema = document.get("schema") if isinstance(document, dict) else None
    if schema != HANDOVER:
        raise _refusal(f'it does not say "schema": "{HANDOVER}"')
    return dict(document)


def _unsound(handover: Handover) -> Iterator[str]:
    for problem in unsound(handover.pull):
        yield f"of its pull request, {problem}"
    slugs = [report.slug for report in handover.reports]
    if len(set(slugs)) != len(slugs):
        yield "it holds two reports of one kata"
    if len(handover.refused) > MAX_REFUSALS:
        yield f"it refuses more than {MAX_REFUSALS} things"
    for refusal in handover.refused:
        if not all(_is_line(text) for text in (refusal.path, refusal.why)):
            yield "a refusal of it is no short line"
    if len(handover.left_out) > MAX_LEFT_OUT:
        yield f"it leaves out more than {MAX_LEFT_OUT} katas"
    if not all(len(slug) <= MAX_LINE and _SLUG.fullmatch(slug) for slug in handover.left_out):
        yield "a slug of it is not snake_case"


def _is_line(text: str) -> bool:
    return len(text) <= MAX_LINE and text.isprintable()


def _without_feedback(handover: Handover) -> Handover:
    def plain(row: CriterionReport) -> CriterionReport:
        return msgspec.structs.replace(row, causes=(), findings=(), feedback="")

    def shorter(report: Report) -> Report:
        return msgspec.structs.replace(
            report,
            criteria=tuple(plain(row) for row in report.criteria),
            measured=msgspec.structs.replace(report.measured, criteria={}),
        )

    reports = tuple(shorter(report) for report in handover.reports)
    return msgspec.structs.replace(handover, reports=reports, shortened=True)


def _points_alone(handover: Handover) -> Handover:
    def bare(report: Report) -> Report:
        rows = (msgspec.structs.replace(row, next_step="") for row in report.criteria)
        return msgspec.structs.replace(report, criteria=tuple(rows), next_step=None)

    less = _without_feedback(handover)
    return msgspec.structs.replace(
        less,
        reports=tuple(bare(report) for report in less.reports),
        refused=less.refused[:_FEW_REFUSALS],
    )


def _refusal(reason: str) -> KataError:
    fix = "run the workflow again; if it stays, open an issue"
    return KataError(f"this is no handover that can be believed: {reason}", fix=fix)
