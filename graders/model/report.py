"""The record of one grading, ``kata-report/1``; redacted by construction."""

from __future__ import annotations

from typing import Any

import msgspec

from graders.model.result import Cause, Finding, Outcome, SituationResult
from graders.model.score import Standing

SCHEMA = "kata-report/1"


class CriterionReport(msgspec.Struct, frozen=True, kw_only=True):
    """One criterion as the learner sees it."""

    id: str
    title: str
    kind: str
    outcome: Outcome
    earned: int
    pending: int
    possible: int
    situations: tuple[SituationResult, ...] = ()
    causes: tuple[Cause, ...] = ()
    findings: tuple[Finding, ...] = ()
    feedback: str = ""
    next_step: str = ""


class NextStep(msgspec.Struct, frozen=True, kw_only=True):
    """
    The one thing to do next, and the criterion it would help.

    Attributes:
        ask: What an interviewer would ask about the mistake, where it is known.
    """

    criterion: str
    text: str
    ask: str = ""


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """
    Everything that may differ between two runs of the same attempt.

    Attributes:
        sandbox: Name of the sandbox in force, such as ``landlock+seccomp``.
        tier: ``A``, ``B`` or ``C``.
        criteria: Criterion id to its numbers (``exponent``, ``peak_mib`` …).
    """

    sandbox: str
    tier: str
    wall_seconds: float
    worker_cpu_seconds: float = 0.0
    workers: int = 0
    criteria: dict[str, dict[str, Any]] = {}


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """
    The record of one grading.

    Two reports of the same attempt, kata, grader and seed are equal but for
    ``measured``.

    Attributes:
        earned: Points; ``None`` when a criterion is void.
        seed: The test seed, in hexadecimal.
        attempt: Number of the attempt, ``None`` for one from elsewhere.
        digest: SHA-256 over the attempt's files.
    """

    schema: str
    slug: str
    title: str
    attempt: int | None
    digest: str
    kata_version: str
    grader_version: str
    seed: str
    standing: Standing
    earned: int | None
    pending: int
    possible: int
    pass_mark: int
    criteria: tuple[CriterionReport, ...]
    next_step: NextStep | None
    limits: str
    measured: Measured

    def to_json(self) -> bytes:
        """Give the report as one JSON document, indented, with a final newline."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"
