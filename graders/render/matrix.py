"""Kill matrices as text, as a page and as a picture; and all messages on one page."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from graders.model.matrix import Cell, KillMatrix, Row
from graders.model.proof import SeededKind
from graders.render.environment import environment

# One sign a cell; the legend under a matrix explains them.
SIGNS = {
    Cell.NAMED: "X",
    Cell.KILLED: "x",
    Cell.PASSED: ".",
    Cell.SKIPPED: "-",
    Cell.NOT_RUN: " ",
}
LEGEND = "X fails what it should   x fails too   . passes   - skipped   blank: not run"
KINDS = {SeededKind.WRONG: "wrong", SeededKind.SLOW: "slow", SeededKind.CHEAT: "cheat"}
_RULE = "  " + "-" * 75


def matrix_text(matrix: KillMatrix, *, width: int = 80) -> str:
    """Give one matrix as lines of text: a row a solution, a column a criterion."""
    columns = list(matrix.criteria)
    room = width - 10 - 3 * len(columns)
    head = " " * (10 + room) + "".join(f"{place:>3}" for place in range(1, len(columns) + 1))
    lines = [f"{matrix.slug}: {matrix.title}", head]
    for row in matrix.rows:
        name = row.name if len(row.name) < room else f"{row.name[: room - 3]}.."
        signs = "".join(f"{SIGNS[row.cells[column]]:>3}" for column in columns)
        lines.append(f"  {KINDS[row.kind]:<7} {name:<{room}}{signs}")
    # A number and its name stay on one line.
    names = "   ".join(f"{place}\0{name}" for place, name in enumerate(columns, 1))
    legend = wrap(names, width - 2, initial_indent="  ", subsequent_indent="  ")
    lines += ["", *(line.replace("\0", " ") for line in legend)]
    return "\n".join([*lines, f"  {LEGEND}"]) + "\n"


def summary_text(matrices: Sequence[KillMatrix]) -> str:
    """Give a table: a line a kata, with how many of its seeded solutions are stopped."""
    lines = [f"  {'Kata':<30}{'Tests':>6}{'Wrong':>9}{'Slow':>8}{'Cheats':>9}   Result", _RULE]
    for matrix in matrices:
        counts = [_stopped(matrix, kind) for kind in KINDS]
        result = f"{len(matrix.findings)} to mend" if matrix.findings else "proved"
        sizes = zip(counts, (9, 8, 9), strict=True)
        shares = "".join(f"{count:>{size}}" for count, size in sizes)
        lines.append(f"  {matrix.slug:<30}{matrix.tests:>6}{shares}   {result}")
    return "\n".join([*lines, _RULE]) + "\n"


def _stopped(matrix: KillMatrix, kind: SeededKind) -> str:
    rows = matrix.of_kind(kind)
    return f"{sum(map(_is_caught, rows))}/{len(rows)}"


def matrix_page(matrices: Sequence[KillMatrix]) -> str:
    """Give a self-contained HTML page of all matrices."""
    template = environment().get_template("proof.html.j2")
    return template.render(matrices=matrices, picture=matrix_picture(matrices), kinds=KINDS)


def matrix_picture(matrices: Sequence[KillMatrix]) -> str:
    """Give an SVG: a line a kata, a square a seeded solution."""
    widest = max((len(matrix.rows) for matrix in matrices), default=1)
    template = environment().get_template("proof.svg.j2")
    return template.render(matrices=matrices, widest=widest, caught=_is_caught)


def messages_page(matrices: Sequence[KillMatrix]) -> str:
    """Give, as Markdown, every message that a seeded wrong solution brings about."""
    return environment().get_template("messages.md.j2").render(matrices=matrices, wrong=_wrong)


def _wrong(matrix: KillMatrix) -> list[Row]:
    return matrix.of_kind(SeededKind.WRONG)


def _is_caught(row: Row) -> bool:
    """Whether the named criterion pays nothing; a cheat may fail even what that one needs."""
    cell = row.cells.get(row.fails)
    return cell is Cell.NAMED or (row.kind is SeededKind.CHEAT and cell is Cell.SKIPPED)
