"""What a seeded solution of a kata's folder was seen to do."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from graders.model.report import Measured
from graders.model.result import FailedTest, Outcome


class SeededKind(StrEnum):
    """What a solution in a kata's folder is there to prove; the name of its folder."""

    STUB = "stub"
    REFERENCE = "reference"
    WRONG = "wrong"
    SLOW = "slow"
    CHEAT = "cheats"


class HiddenTest(msgspec.Struct, frozen=True, kw_only=True):
    """
    A hidden test, as it was collected.

    Attributes:
        test: Its node id; with the case in brackets where there are several.
        draws: Whether it depends on the test seed.
        is_spec: Whether it holds a sentence of the statement and need not kill.
    """

    test: str
    criterion: str
    situation: str
    draws: bool = False
    is_spec: bool = False

    @property
    def function(self) -> str:
        """The test without its case."""
        return self.test.partition("[")[0]


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """
    One grading of a seeded solution.

    Attributes:
        seed: Number of the test seed, from 0.
        earned: Points, where every criterion was decided.
        outcomes: Criterion id to outcome, of those that were decided.
        credits: Criterion id to credit, after what other criteria have to say.
        failures: The tests that did not pass.
        told: What a learner would read of it, a line each.
        refused: What the rules found or refused, as sentences and names.
        fault: Why the grading is void.
    """

    seed: int
    measured: Measured
    earned: int | None = None
    outcomes: dict[str, Outcome] = {}
    credits: dict[str, float] = {}
    failures: tuple[FailedTest, ...] = ()
    told: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    fault: str = ""


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """All runs of one seeded solution; ``name`` is its file's, without the suffix."""

    kind: SeededKind
    name: str
    runs: tuple[Run, ...]
