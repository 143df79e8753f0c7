"""The solutions that stand in a kata's folder to prove its tests."""

from __future__ import annotations

import ast
import hashlib
import re
from functools import cached_property
from pathlib import Path

from graders.model.kata import Kata
from graders.model.proof import SeededKind

# What the docstring of a wrong, slow or cheating solution says, in this order.
KEYS = ("Mistake", "Fails", "Say", "Ask")
_KEY = f"(?:{'|'.join(KEYS)})"
_SAID = re.compile(rf"^({_KEY}): (.*?)(?=^{_KEY}: |\Z)", re.MULTILINE | re.DOTALL)


class Seeded:
    """
    One solution of a kata's folder.

    Attributes:
        name: The file's name without its suffix.
        said: What its docstring says: mistake, failing criterion, sentence, question.
    """

    def __init__(self, kind: SeededKind, path: Path) -> None:
        self.kind = kind
        self.path = path
        self.name = path.stem

    @property
    def where(self) -> str:
        """The file from the catalogue's folder on, for people."""
        parts = self.path.parts
        return "/".join(parts[-3:] if self.kind is SeededKind.STUB else parts[-5:])

    @cached_property
    def said(self) -> dict[str, str]:
        """What the docstring says; empty where there is none or the file does not compile."""
        try:
            text = ast.get_docstring(ast.parse(self.path.read_bytes())) or ""
        except (SyntaxError, ValueError):
            return {}
        return {key: " ".join(words.split()) for key, words in _SAID.findall(text)}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file, in hexadecimal."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


def solutions(kata: Kata) -> list[Seeded]:
    """Give the stub and all seeded solutions, by kind and name."""
    found = [Seeded(SeededKind.STUB, kata.folder / "stub.py")]
    for kind in list(SeededKind)[1:]:
        folder = kata.folder / "hidden" / kind.value
        found += [Seeded(kind, path) for path in sorted(folder.glob("*.py"))]
    return found
