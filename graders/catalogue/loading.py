"""Read kata folders; report every problem of every file at once."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from graders.catalogue.circles import circles
from graders.catalogue.fields import Place, Problem, Table, Walk, quote
from graders.catalogue.finding import did_you_mean, no_such_folder
from graders.catalogue.kata_rules import kata_problems
from graders.catalogue.rubric_rules import rubric_problems
from graders.catalogue.seals import HIDDEN, is_sealed, read_seal
from graders.catalogue.values import NAME_FIXES, is_snake_case
from graders.catalogue.versions import kata_version
from graders.errors import CatalogueError, KataError
from graders.model.kata import Kata, KataFile
from graders.model.rubric import Rubric

# What every kata folder holds beside its two TOML files.
PARTS = {
    "README.md": "write the task down in it",
    "stub.py": "add the file that a learner starts from",
    "hints.md": "add three hints, under ## Hint 1 to ## Hint 3",
    "test_sample.py": "add a few tests that the learner sees",
}

Shape = TypeVar("Shape", bound=msgspec.Struct)


class Catalogue(Mapping[str, Kata]):
    """All katas of a folder: slug to kata, in the order of the slugs."""

    def __init__(self, katas: Mapping[str, Kata]) -> None:
        self._katas = {slug: katas[slug] for slug in sorted(katas)}

    def __getitem__(self, slug: str) -> Kata:
        return self._katas[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._katas)

    def __len__(self) -> int:
        return len(self._katas)


def load_kata(folder: Path) -> Kata:
    """
    Give the kata of one folder.

    Raises:
        CatalogueError: With every problem of its files; where they are is told
            from the catalogue's folder on: ``katas/k_means/rubric.toml``.
    """
    # Not resolved: the name of a link is the name that people typed.
    folder = Path(os.path.abspath(folder))  # noqa: PTH100
    where = f"{folder.parent.name}/{folder.name}"
    if not folder.is_dir():
        raise CatalogueError(
            [KataError("there is no such kata", where=where, fix="see them all: kata list")]
        )
    problems: list[KataError] = []
    if not is_snake_case(folder.name):
        fix = NAME_FIXES["a slug"]
        problems.append(KataError("the folder's name is not snake_case", where=where, fix=fix))
    about = _load(folder / "kata.toml", KataFile, kata_problems, problems)
    rubric = _load(folder / "rubric.toml", Rubric, rubric_problems, problems)
    problems += _missing_parts(folder, where)
    if problems or about is None or rubric is None:
        raise CatalogueError(problems)
    return Kata(
        slug=folder.name,
        folder=folder,
        about=about,
        rubric=rubric,
        version=kata_version(folder),
        is_sealed=is_sealed(folder),
    )


def load_catalogue(root: Path) -> Catalogue:
    """
    Give all katas of a folder, such as ``katas/``.

    Folders whose name begins with a dot or an underscore are passed over.

    Raises:
        CatalogueError: With every problem of every kata.
    """
    root = Path(os.path.abspath(root))  # noqa: PTH100
    if not root.is_dir():
        raise no_such_folder(root.name)
    katas: dict[str, Kata] = {}
    problems: list[KataError] = []
    slugs = kata_folders(root)
    for slug in slugs:
        try:
            katas[slug] = load_kata(root / slug)
        except CatalogueError as error:
            problems += error.problems
    problems += _requirement_problems(katas, slugs, root.name)
    if problems:
        raise CatalogueError(problems)
    return Catalogue(katas)


def kata_folders(root: Path) -> list[str]:
    """Give the names of the kata folders, sorted."""
    return sorted(
        entry.name for entry in root.iterdir() if entry.is_dir() and entry.name[0] not in "._"
    )


def _load(
    path: Path,
    shape: type[Shape],
    rules: Callable[[Table], list[Problem]],
    problems: list[KataError],
) -> Shape | None:
    """Read one TOML file; add what is wrong with it, and then give ``None``."""
    where = "/".join(path.parts[-3:])
    try:
        raw = _read_toml(path)
    except KataError as error:
        problems.append(KataError(error.what, where=where, fix=error.fix))
        return None
    walk = Walk()
    fitting = walk.table(raw, shape, Place())
    found = [*walk.problems, *rules(fitting)]
    problems += [KataError(problem.what, where=where, fix=problem.fix) for problem in found]
    return None if found else msgspec.convert(raw, shape)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise KataError("is missing", fix="add it; kata dev schema says what it holds") from None
    except OSError as error:
        fix = "make it a file that you may read"
        raise KataError(f"cannot be read: {error.strerror}", fix=fix) from error
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        what = f"is not UTF-8: byte 0x{byte:02x} at offset {error.start}"
        raise KataError(what, fix="save it as UTF-8") from error
    except RecursionError as error:
        what = "is not valid TOML: nested too deeply"
        raise KataError(what, fix="use fewer brackets inside brackets") from error
    except ValueError as error:
        raise KataError(f"is not valid TOML: {error}", fix="mend that spot") from error


def _missing_parts(folder: Path, where: str) -> list[KataError]:
    problems = [
        KataError("is missing", where=f"{where}/{name}", fix=fix)
        for name, fix in PARTS.items()
        if not (folder / name).is_file()
    ]
    if is_sealed(folder):
        try:
            read_seal(folder)
        except KataError as error:
            problems.append(error)
    elif not (folder / HIDDEN).is_dir():
        fix = "add a folder with the hidden tests"
        problems.append(KataError("is missing", where=f"{where}/{HIDDEN}", fix=fix))
    return problems


def _requirement_problems(
    katas: Mapping[str, Kata], slugs: list[str], root: str
) -> list[KataError]:
    requires = {slug: kata.about.requires for slug, kata in katas.items()}
    problems = [
        KataError(
            f"requires {quote(other)}, which is no kata",
            where=f"{root}/{slug}/kata.toml",
            fix=did_you_mean(other, slugs) or "see them all: kata list",
        )
        for slug, others in requires.items()
        for other in others
        if other not in slugs
    ]
    return problems + [
        KataError(
            f"katas require each other in a circle: {' -> '.join(circle)}",
            where=f"{root}/{circle[0]}/kata.toml",
            fix="break the circle",
        )
        for circle in circles(requires)
    ]
