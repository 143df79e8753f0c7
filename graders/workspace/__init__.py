"""The learner's folders: numbered attempts, their editable files, their hints."""

from __future__ import annotations

from graders.workspace.folders import (
    attempt_folder,
    latest_attempt,
    new_attempt,
    reset_attempt,
)
from graders.workspace.hints import hints_used, read_hints, reveal_hint, started_at
from graders.workspace.reading import MAX_FILE_BYTES, read_attempt

__all__ = [
    "MAX_FILE_BYTES",
    "attempt_folder",
    "hints_used",
    "latest_attempt",
    "new_attempt",
    "read_attempt",
    "read_hints",
    "reset_attempt",
    "reveal_hint",
    "started_at",
]
