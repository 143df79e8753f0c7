"""The solutions that stand in a kata's folder to prove its tests."""

import ast
import re
from pathlib import Path
from typing import NamedTuple

from graders.catalogue import load_kata
from graders.engine import grade
from graders.model.kata import Kata
from graders.model.report import Report
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


def graded(path: Path, seed: int) -> Report:
    kata = kata_of(path)
    return grade(kata, read_attempt(path, kata), seed=f"proof-{seed}")


def kata_of(path: Path) -> Kata:
    return load_kata(next(p for p in path.parents if p.parent == CATALOGUE))


def failed(report: Report) -> list[str]:
    """Give the criteria that did not pass and were not merely skipped."""
    return [c.id for c in report.criteria if c.outcome.value not in ("passed", "skipped")]
