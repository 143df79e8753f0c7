"""What a check says of one criterion."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec


class Outcome(StrEnum):
    """
    How a criterion, situation or test ended.

    ``void`` is an error of our own in a trusted process, never anything a
    submission can bring about. A hung, dead or flooding worker is ``failed``,
    ``errored`` or ``timed_out``.
    """

    PASSED = "passed"
    FAILED = "failed"
    ERRORED = "errored"
    TIMED_OUT = "timed_out"
    SKIPPED = "skipped"
    PENDING = "pending"
    VOID = "void"


class CauseKind(StrEnum):
    """Why something failed, in a closed set that can be published safely."""

    WRONG_VALUE = "wrong_value"
    RAISED = "raised"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    KILLED = "killed"
    EXITED = "exited"
    REFUSED_VALUE = "refused_value"
    REFUSED_IMPORT = "refused_import"
    REFUSED_NAME = "refused_name"
    MISSING_NAME = "missing_name"
    NOT_LOADED = "not_loaded"
    TODO = "todo"
    TOO_MUCH_OUTPUT = "too_much_output"
    BUDGET = "budget"
    BAD_REPLY = "bad_reply"
    TOO_SLOW = "too_slow"
    TOO_MUCH_MEMORY = "too_much_memory"
    RULE = "rule"


class Cause(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """
    A named cause; holds nothing that a submission could smuggle out.

    Attributes:
        error: Exception class: a built-in one, or one whose name stands in the
            learner's own source; else empty.
        line: Line of the learner's file, from 1; 0 when unknown.
        name: An identifier of the learner's source or the kata's rules.
    """

    kind: CauseKind
    error: str = ""
    line: int = 0
    name: str = ""


class SituationResult(msgspec.Struct, frozen=True, kw_only=True):
    """How one kind of situation was handled; ``text`` is the author's."""

    id: str
    text: str
    outcome: Outcome


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A rule broken on a line of the learner's own file."""

    line: int
    text: str


class FailedTest(msgspec.Struct, frozen=True, kw_only=True):
    """A hidden test that did not pass, and what it saw; private."""

    test: str
    cause: Cause | None = None


class CriterionResult(msgspec.Struct, frozen=True, kw_only=True):
    """
    What a check says of one criterion.

    Attributes:
        credit: Share of the points earned, 0.0 to 1.0.
        pending: Share of the points that a person has yet to settle.
        causes: The distinct causes, most frequent first; safe to publish.
        findings: Broken rules, by line.
        measured: Numbers that differ from run to run (exponents, bytes).
        failures: The failing tests; private, for signatures only.
        private: Evidence for authors, never published.
    """

    criterion: str
    outcome: Outcome
    credit: float = 0.0
    pending: float = 0.0
    situations: tuple[SituationResult, ...] = ()
    causes: tuple[Cause, ...] = ()
    findings: tuple[Finding, ...] = ()
    measured: dict[str, Any] = {}
    failures: tuple[FailedTest, ...] = ()
    private: tuple[str, ...] = ()
