"""Hold what was handed over against the event and the rubrics on main."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from graders.catalogue import load_kata
from graders.errors import KataError
from graders.model.kata import Kata
from graders.model.submission import Handover, Pull
from graders.pulls.handover import unpack
from graders.reporting import check_report

HANDOVER = "KATA_HANDOVER"


class Believed(NamedTuple):
    """A handover that adds up, and the kata of each of its reports, by slug."""

    handover: Handover
    katas: Mapping[str, Kata]


def believe(text: str, pull: Pull, catalogue: Path) -> Believed:
    """
    Give what a handover holds, once every point in it follows from a rubric.

    The job that made it ran a stranger's code: schema, bounds and sums are looked
    at again, the scores made again, and it must be about this pull request.

    Args:
        text: The output of the grading job.
        pull: The pull request, as this job's own event tells it.
        catalogue: The katas of main.

    Raises:
        KataError: It cannot be believed; nothing of it may be shown or kept.
    """
    handover = unpack(text)
    if handover.pull != pull:
        fix = "run the whole workflow again, not one job of it"
        what = "what was handed over is about another pull request or commit"
        raise KataError(what, where=HANDOVER, fix=fix)
    # Slugs were looked at by unpack: none of them leads out of the catalogue.
    katas = {report.slug: load_kata(catalogue / report.slug) for report in handover.reports}
    for report in handover.reports:
        check_report(report, katas[report.slug].rubric)
    return Believed(handover, katas)
