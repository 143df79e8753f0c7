"""What a check is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from graders.model.result import CriterionResult
from graders.model.rubric import Criterion
from graders.trial import Trial


class Check(Protocol):
    """Decides all criteria of its kinds in one go."""

    def __call__(self, criteria: Sequence[Criterion], trial: Trial) -> list[CriterionResult]:
        """
        Give one result a criterion.

        Raises:
            GraderError: The check itself broke; its criteria are void.
        """
