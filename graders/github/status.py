"""The status beside a commit: one word, one line, one link."""

from __future__ import annotations

from typing import Final, Protocol

from graders.github.api import State
from graders.model.submission import Pull

CONTEXT: Final = "kata/score"
MAX_DESCRIPTION: Final = 140  # GitHub refuses more


class Statuses(Protocol):
    """Where statuses are set; ``Api`` is one."""

    def create_status(  # noqa: PLR0913 - GitHub's own fields
        self,
        repository: str,
        sha: str,
        *,
        state: State,
        description: str,
        context: str,
        target_url: str = "",
    ) -> None:
        """Set one."""


def set_status(
    api: Statuses, pull: Pull, *, state: State, description: str, target_url: str = ""
) -> None:
    """
    Set ``kata/score`` on the commit that was graded.

    Args:
        api: Where statuses are set.
        pull: Its head is the commit, whatever was pushed since.
        state: What it says.
        description: One line; what is beyond 140 characters is cut at a word.
        target_url: Where a click leads, such as the comment.

    Raises:
        ApiError: GitHub refuses.
    """
    api.create_status(
        pull.repository,
        pull.head_sha,
        state=state,
        description=_short(description),
        context=CONTEXT,
        target_url=target_url,
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= MAX_DESCRIPTION:
        return line
    kept, _, _ = line[:MAX_DESCRIPTION].rpartition(" ")
    return f"{kept or line[: MAX_DESCRIPTION - 1]}\u2026"
