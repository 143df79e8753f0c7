"""The hostile files, and what each says of itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
FOLDER = HERE / "corpus"
TARGET = HERE / "target"
KATAS = HERE.parents[1] / "katas"
_LINE = re.compile(r"^(Class|Aim|Kata|Earns|Control): (.+)$", re.MULTILINE)


class Hostile(NamedTuple):
    """One hostile file: its class, its aim, the kata it attacks, and the most it may earn."""

    path: Path
    source: str
    kind: str
    aim: str
    kata: str
    earns: int
    in_control: bool


def read(path: Path) -> Hostile:
    """Give a hostile file; its docstring must name class and aim."""
    source = path.read_text(encoding="utf-8")
    said = dict(_LINE.findall(_docstring(source)))
    return Hostile(
        path=path,
        source=source,
        kind=said["Class"],
        aim=said["Aim"],
        kata=said.get("Kata", TARGET.name),
        earns=int(said.get("Earns", 0)),
        in_control=said.get("Control", "yes") != "no" and "Kata" not in said,
    )


def corpus() -> list[Hostile]:
    """Give all hostile files by name."""
    return [read(path) for path in sorted(FOLDER.glob("*.py"))]


def _docstring(source: str) -> str:
    # Some files cannot be parsed: that is their aim.
    match = re.match(r'\s*"""(.*?)"""', source, re.DOTALL)
    return match.group(1) if match else ast.get_docstring(ast.parse(source)) or ""
