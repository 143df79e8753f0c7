"""The solutions that stand in a kata's folder to prove its tests."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from graders.catalogue import load_kata
from graders.checks import tests
from graders.engine import grade
from graders.model.kata import Kata
from graders.model.report import Report
from graders.model.result import CriterionResult, Outcome
from graders.model.rubric import CriterionKind
from graders.sandbox.jail import choose_tier
from graders.trial import Trial
from graders.workspace import read_attempt

CATALOGUE = Path(__file__).parents[2] / "katas"
KEYS = ("Mistake", "Fails", "Say", "Ask")


class Seeded(NamedTuple):
    """One solution of the folder, and what its docstring says of it."""

    path: Path
    said: dict[str, str]

    @property
    def id(self) -> str:
        return f"{self.path.parents[2].name}-{self.path.parent.name}-{self.path.stem}"


def slugs() -> list[str]:
    return sorted(folder.name for folder in CATALOGUE.iterdir() if folder.is_dir())


def solutions(kind: str) -> list[Seeded]:
    """Give the solutions of a kind (reference, wrong, slow, cheats) of all katas."""
    paths = sorted(CATALOGUE.glob(f"*/hidden/{kind}/*.py"))
    return [Seeded(path, _said(path)) for path in paths]


def _said(path: Path) -> dict[str, str]:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    pattern = rf"^({'|'.join(KEYS)}): (.*?)(?=^(?:{'|'.join(KEYS)}): |\Z)"
    found = re.findall(pattern, text, re.MULTILINE | re.DOTALL)
    return {key: " ".join(words.split()) for key, words in found}


@cache
def kata_of(path: Path) -> Kata:
    return load_kata(next(p for p in path.parents if p.parent == CATALOGUE))


def graded(path: Path, seed: int) -> Report:
    kata = kata_of(path)
    return grade(kata, read_attempt(path, kata), seed=f"proof-{seed}")


def tested(path: Path, seed: int) -> dict[str, CriterionResult]:
    """Give the results of the criteria of kind tests alone, with the names of failing tests."""
    kata = kata_of(path)
    criteria = [c for c in kata.rubric.criterion if c.kind is CriterionKind.TESTS]
    attempt = read_attempt(path, kata)
    trial = Trial(kata, attempt, seed=f"proof-{seed}", tier=choose_tier())
    try:
        return {result.criterion: result for result in tests.decide(criteria, trial)}
    finally:
        trial.close()


def failed(report: Report) -> list[str]:
    """Give the criteria that did not pass and were not merely skipped."""
    return [c.id for c in report.criteria if c.outcome.value not in ("passed", "skipped")]


def fails(seeded: Seeded, seed: int) -> tuple[str, ...]:
    """Give the tests of the named criterion that a wrong solution fails."""
    result = tested(seeded.path, seed)[seeded.said["Fails"]]
    assert result.outcome is not Outcome.VOID
    return result.failed_tests


def draws(seeded: Seeded, test: str) -> bool:
    """Whether a hidden test draws from the seed."""
    name = test.rpartition("::")[2].partition("[")[0]
    file = seeded.path.parents[1] / test.partition("::")[0]
    return name in _drawing(file)


@cache
def _drawing(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and {"rng", "measure", "oracle"} & {argument.arg for argument in node.args.args}
    )
