"""The kill matrix of a kata: which criterion stops which seeded solution."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from graders.model.proof import SeededKind

SCHEMA = "kata-proof/1"


class Cell(StrEnum):
    """What a criterion made of a seeded solution."""

    NAMED = "named"  # failed, as its docstring says
    KILLED = "killed"  # failed as well
    PASSED = "passed"
    SKIPPED = "skipped"
    NOT_RUN = "not_run"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """
    One seeded solution.

    Attributes:
        mistake: What is wrong with it, in its author's words.
        fails: The criterion it must fail.
        say: The sentence for a learner who made the mistake.
        ask: An interviewer's follow-up question.
        told: What a learner who made the mistake reads of the criteria, a line each.
        cells: Criterion id to what it made of the solution.
    """

    name: str
    kind: SeededKind
    mistake: str
    fails: str
    say: str
    ask: str
    told: tuple[str, ...]
    cells: dict[str, Cell]


class KillMatrix(msgspec.Struct, frozen=True, kw_only=True):
    """
    Seeded solutions against criteria, for one kata.

    Attributes:
        seeds: Test seeds that every solution was graded with.
        tests: How many hidden tests there are.
        criteria: Criterion id to title, in the order of the rubric.
        findings: What stands against the kata, a sentence each.
    """

    slug: str
    title: str
    seeds: int
    tests: int
    criteria: dict[str, str]
    rows: tuple[Row, ...]
    findings: tuple[str, ...] = ()

    def of_kind(self, kind: SeededKind) -> list[Row]:
        """Give the rows of one kind."""
        return [row for row in self.rows if row.kind is kind]

    @property
    def killed(self) -> int:
        """How many wrong solutions fail the criterion that they name."""
        return sum(row.cells.get(row.fails) is Cell.NAMED for row in self.of_kind(SeededKind.WRONG))


class ProofDocument(msgspec.Struct, frozen=True, kw_only=True):
    """The kill matrices of all katas that were checked, as one JSON document."""

    schema: str = SCHEMA
    katas: tuple[KillMatrix, ...] = ()

    def to_json(self) -> bytes:
        """Give the document, a line a seeded solution, so that a change shows as one."""
        head = b'{"schema": %s, "katas": [\n' % msgspec.json.encode(self.schema)
        return head + b",\n".join(map(_lines, self.katas)) + b"\n]}\n"


def _lines(matrix: KillMatrix) -> bytes:
    fields = msgspec.json.encode(msgspec.structs.replace(matrix, rows=()))
    rows = b",\n".join(map(msgspec.json.encode, matrix.rows))
    return fields.replace(b'"rows":[]', b'"rows":[\n%s\n]' % rows, 1)
