"""Grade what was fetched, and hand the reports over."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from graders.catalogue import load_kata
from graders.engine import grade as grade_attempt
from graders.errors import CatalogueError, GraderError
from graders.github.actions import set_output
from graders.model.attempt import Attempt
from graders.model.kata import Kata
from graders.model.report import Report
from graders.model.submission import Handover, Refusal, Submission
from graders.pulls.fetching import read_fetched
from graders.pulls.handover import MAX_REFUSALS, pack
from graders.pulls.unsealing import discard, kata_folder
from graders.workspace import attempt_folder
from graders.workspace.folders import ATTEMPTS

OUTPUT = "report"
# What has not begun by then is named and left for the next push: the job itself
# ends a little later, and then nobody would hear of anything.
BUDGET_SECONDS = 20 * 60.0

_NOT_GRADED = "this kata cannot be graded right now; that is on us, and costs you nothing"


class Grade(Protocol):
    """Grades one attempt, as ``engine.grade`` does."""

    def __call__(self, kata: Kata, attempt: Attempt, /, *, sandbox: str) -> Report:
        """Give the report."""


def grade(
    work: Path,
    catalogue: Path,
    *,
    sandbox: str = "strict",
    grade_one: Grade = grade_attempt,
    clock: Callable[[], float] = time.monotonic,
) -> Handover:
    """
    Grade what ``fetch`` wrote, and set the job's output ``report``.

    Args:
        work: The folder that ``fetch`` wrote to; what ``unseal`` put there is
            removed afterwards.
        catalogue: The katas of main.
        sandbox: ``strict`` refuses a jail weaker than the kernel's.
        grade_one: Grades one attempt.
        clock: Gives seconds; what has not begun when the budget is used up is
            left out.

    Raises:
        CannotGrade: The sandbox did not start: so it would for all.
        GraderError: The reports do not fit.
    """
    fetched = read_fetched(work)
    ends = clock() + BUDGET_SECONDS
    reports: list[Report] = []
    refused: list[Refusal] = []
    left_out = list(fetched.left_out)
    try:
        for submission in fetched.submissions:
            if clock() >= ends:
                left_out.append(submission.slug)
                continue
            folder = kata_folder(work, catalogue, submission.slug)
            try:
                reports.append(_graded(submission, folder, grade_one, sandbox=sandbox))
            except (CatalogueError, GraderError):
                refused.append(_not_graded(submission))
    finally:
        discard(work)
    handover = Handover(
        pull=fetched.pull,
        reports=tuple(reports),
        refused=(*refused, *fetched.refused)[:MAX_REFUSALS],
        left_out=tuple(sorted(left_out)),
    )
    set_output(OUTPUT, pack(handover))
    return handover


def _not_graded(submission: Submission) -> Refusal:
    path = f"{ATTEMPTS}/{submission.slug}/{submission.attempt:03d}"
    return Refusal(path=path, why=_NOT_GRADED)


def _graded(submission: Submission, folder: Path, grade_one: Grade, *, sandbox: str) -> Report:
    kata = load_kata(folder)
    if kata.is_sealed:
        raise GraderError(f"{kata.slug} is sealed", fix="run kata ci unseal before")
    attempt = Attempt(
        slug=kata.slug,
        number=submission.attempt,
        files=submission.files,
        folder=attempt_folder(folder.parent, kata.slug, submission.attempt),
    )
    return grade_one(kata, attempt, sandbox=sandbox)
