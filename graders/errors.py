"""Every error raised on purpose; the class says whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence


class KataError(Exception):
    """
    Something a person can put right: what happened, where, what to type next.

    Attributes:
        exit_code: What the command line exits with.
    """

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


class UsageError(KataError):
    """The learner's turn: a word on the command line does not fit."""


class AttemptError(KataError):
    """The learner's turn: the attempt cannot be read."""


class CatalogueError(KataError):
    """
    The author's turn: a kata's files are not valid.

    Attributes:
        problems: Every problem found, in the order of the files.
    """

    def __init__(self, problems: Sequence[KataError]) -> None:
        first = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(first.what + more, where=first.where, fix=first.fix)
        self.problems = tuple(problems)


class LedgerError(KataError):
    """The learner's turn: the list of graded attempts cannot be read."""


class CannotGrade(KataError):  # noqa: N818 - the exit code's own words
    """Our turn: the sandbox did not start; the learner loses nothing."""

    exit_code = 3


class GraderError(KataError):
    """Our turn: the grader itself broke; the criterion is void."""

    exit_code = 3
