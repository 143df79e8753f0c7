"""The rubric: criteria, points, pass mark."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec


class CriterionKind(StrEnum):
    """Which check decides a criterion."""

    TESTS = "tests"
    COMPLEXITY = "complexity"
    STATIC = "static"
    WRITTEN = "written"
    REVIEW = "review"


class Criterion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """
    One line of a rubric.

    Attributes:
        id: Permanent name, snake_case; hidden tests refer to it.
        points: Whole points; all criteria of a rubric sum to 100.
        requires: Criteria that must pass first, else this one is skipped.
        situations: Kinds of situation, id to words for the learner. The credit
            is the share of situations that are handled.
        explain: What the criterion asks for; ``kata explain`` prints it.
        next_step: What to try when it fails and no named mistake fits.
        options: Settings of the check, see the check of that kind.
    """

    id: str
    title: str
    kind: CriterionKind
    points: int
    requires: tuple[str, ...] = ()
    situations: dict[str, str] = {}
    explain: str = ""
    next_step: str = ""
    options: dict[str, Any] = {}


class Rubric(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All criteria of one kata and the points a pass takes."""

    pass_mark: int
    criterion: tuple[Criterion, ...]

    def named(self, criterion_id: str) -> Criterion:
        """
        Give the criterion of that id.

        Raises:
            KeyError: There is none.
        """
        for criterion in self.criterion:
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)
