"""One exercise: what it is, what it may use, how it is judged."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import msgspec

from graders.model.limits import Limits
from graders.model.rubric import Rubric


class Section(StrEnum):
    """The part of an interview a kata belongs to."""

    CODING = "coding"
    DESIGN = "design"
    DOMAIN = "domain"
    BEHAVIOURAL = "behavioural"


class Level(StrEnum):
    """How hard a kata is for its section."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Rules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """
    What a submission must do without.

    Attributes:
        forbidden_imports: Modules; refused in the source and at run time.
        forbidden_names: Dotted functions or classes, such as
            ``sys.setrecursionlimit``; refused in the source and at run time.
        forbidden_methods: Attribute names, such as ``count``; refused in the
            source only, so pair one with a criterion that measures.
        max_function_lines: Longest function allowed; 0 is no limit.
    """

    forbidden_imports: tuple[str, ...] = ()
    forbidden_names: tuple[str, ...] = ()
    forbidden_methods: tuple[str, ...] = ()
    max_function_lines: int = 0


class KataFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """
    The contents of ``kata.toml``.

    Attributes:
        requires: Slugs of katas to take first.
        editable: The files taken from an attempt; no other is read.
        packages: Third-party packages the jail may import.
        records: Class name to field names: instances of these classes cross
            the jail's wall as data, with identity kept.
    """

    title: str
    section: Section
    level: Level
    minutes: int
    topics: tuple[str, ...]
    summary: str = ""
    requires: tuple[str, ...] = ()
    editable: tuple[str, ...] = ("solution.py",)
    packages: tuple[str, ...] = ()
    records: dict[str, tuple[str, ...]] = {}
    limits: Limits = Limits()
    rules: Rules = Rules()


class Kata(msgspec.Struct, frozen=True, kw_only=True):
    """
    One kata, loaded and checked.

    Attributes:
        folder: Where its files are.
        version: SHA-256 over the folder's graded files, in hexadecimal.
        is_sealed: Whether its hidden tests are there encrypted only.
    """

    slug: str
    folder: Path
    about: KataFile
    rubric: Rubric
    version: str
    is_sealed: bool = False
