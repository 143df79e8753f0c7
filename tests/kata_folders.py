"""Kata folders and katas for tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders.catalogue import load_catalogue, load_kata
from graders.errors import CatalogueError
from graders.model.kata import Kata, KataFile, Level, Section
from graders.model.rubric import Criterion, CriterionKind, Rubric

A_SLUG = "use lower case, digits and single underscores, as in k_means"

KATA_TOML = """\
title = "K-means"
section = "coding"
level = "medium"
minutes = 30
topics = ["clustering"]
summary = "Group points around means."
"""

RUBRIC_TOML = """\
pass_mark = 80

[[criterion]]
id = "correct"
title = "Assigns correctly"
kind = "tests"
points = 60
situations = { one = "one cluster", many = "many clusters" }

[[criterion]]
id = "scales"
title = "Scales linearly"
kind = "complexity"
points = 40
requires = ["correct"]
situations = { growing = "more and more points" }
options = { method = "cpu_slope", target = "n", sizes = [1000, 2000, 4000], limit = 1.4 }
"""

HINTS = """\
# Hints

## Hint 1

What is the mean of a group?

## Hint 2: look closer

Which mean is nearest?

## Hint 3

Repeat until nothing moves.
"""

STUB = "def k_means(points, k):\n    raise NotImplementedError  # TODO\n"


def write_kata(
    root: Path, slug: str = "k_means", *, kata: str = KATA_TOML, rubric: str = RUBRIC_TOML
) -> Path:
    """Write a valid kata folder, but for what the arguments change."""
    folder = root / slug
    (folder / "hidden").mkdir(parents=True)
    for name, text in {
        "kata.toml": kata,
        "rubric.toml": rubric,
        "README.md": "# K-means\n",
        "hints.md": HINTS,
        "stub.py": STUB,
        "test_sample.py": "def test_sample(solution): ...\n",
        "hidden/test_k_means.py": "def test_hidden(solution): ...\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def make_kata(
    folder: Path = Path("katas/k_means"),
    *,
    editable: tuple[str, ...] = ("solution.py",),
    rubric: Rubric | None = None,
) -> Kata:
    """Give a kata that was never on a disk."""
    about = KataFile(
        title="K-means",
        section=Section.CODING,
        level=Level.MEDIUM,
        minutes=30,
        topics=("clustering",),
        editable=editable,
    )
    return Kata(
        slug=folder.name,
        folder=folder,
        about=about,
        rubric=rubric or make_rubric(("correct", 60), ("scales", 40)),
        version="c0ffee",
    )


def make_rubric(
    *points: tuple[str, int],
    requires: dict[str, tuple[str, ...]] | None = None,
    pass_mark: int = 80,
) -> Rubric:
    """Give a rubric of criteria with the given points."""
    criteria = (
        Criterion(
            id=name,
            title=name.replace("_", " ").capitalize(),
            kind=CriterionKind.TESTS,
            points=number,
            requires=(requires or {}).get(name, ()),
            situations={"small": "a small input", "large": "a large input"},
        )
        for name, number in points
    )
    return Rubric(pass_mark=pass_mark, criterion=tuple(criteria))


def problems_of(path: Path) -> list[tuple[str, str, str]]:
    """Give what, where and fix of every problem of a kata, or of a catalogue."""
    is_kata = (path / "kata.toml").exists() or (path / "rubric.toml").exists()
    with pytest.raises(CatalogueError) as caught:
        (load_kata if is_kata else load_catalogue)(path)
    return [(problem.what, problem.where, problem.fix) for problem in caught.value.problems]
