"""Make the kill matrix of what was checked."""

from __future__ import annotations

from graders.authoring.checking import Checked
from graders.authoring.judging import Proved
from graders.model.matrix import Cell, KillMatrix, Row
from graders.model.proof import HiddenTest, SeededKind
from graders.model.result import Outcome

_SHOWN = (SeededKind.WRONG, SeededKind.SLOW, SeededKind.CHEAT)


def tabulate(checked: Checked, *, seeds: int) -> KillMatrix:
    """Give the kill matrix of a kata; without rows where nothing could be graded."""
    kata = checked.kata
    criteria = {c.id: c.title for c in kata.rubric.criterion} if kata else {}
    rows = [
        _row(proved, criteria, checked.tests)
        for proved in checked.proved
        if proved.solution.kind in _SHOWN
    ]
    return KillMatrix(
        slug=checked.slug,
        title=kata.about.title if kata else checked.slug,
        seeds=seeds,
        tests=len(checked.tests),
        criteria=criteria,
        rows=tuple(rows),
        findings=tuple(f"{f.where}: {f.what}" for f in checked.findings if not f.is_warning),
    )


def _row(proved: Proved, criteria: dict[str, str], tests: tuple[HiddenTest, ...]) -> Row:
    solution, proof = proved
    said = solution.said
    home = {test.test: test.criterion for test in tests}
    failing = {home[f.test] for run in proof.runs for f in run.failures if f.test in home}
    first = proof.runs[0]
    cells = {}
    for name in criteria:
        outcome = first.outcomes.get(name)
        if outcome is Outcome.PASSED and not first.credits.get(name):
            outcome = Outcome.SKIPPED  # what it requires failed
        is_named = name == said.get("Fails")
        cells[name] = _cell(outcome, is_named=is_named, fails=name in failing)
    return Row(
        name=solution.name,
        kind=solution.kind,
        mistake=said.get("Mistake", ""),
        fails=said.get("Fails", ""),
        say=said.get("Say", ""),
        ask=said.get("Ask", ""),
        told=proof.runs[0].told if solution.kind is SeededKind.WRONG else (),
        cells=cells,
    )


def _cell(outcome: Outcome | None, *, is_named: bool, fails: bool) -> Cell:
    if outcome is Outcome.SKIPPED:
        return Cell.SKIPPED
    if fails or outcome not in (None, Outcome.PASSED):
        return Cell.NAMED if is_named else Cell.KILLED
    return Cell.NOT_RUN if outcome is None else Cell.PASSED
