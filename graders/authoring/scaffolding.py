"""Make the folder of a new kata: one that works, with TODOs where the author's part begins."""

from __future__ import annotations

import shutil
from pathlib import Path
from string import Template

from graders.catalogue.values import NAME_FIXES, is_snake_case
from graders.engine import ROOT
from graders.errors import UsageError

MODEL = ROOT / "templates" / "kata"


def scaffold(catalogue: Path, slug: str, *, section: str, title: str | None = None) -> Path:
    """
    Make ``catalogue/slug`` from the model folder; nothing is overwritten.

    Raises:
        UsageError: The slug is not a name, or there is such a kata.
    """
    if not is_snake_case(slug):
        raise UsageError(f'"{slug}" is not snake_case', fix=NAME_FIXES["a slug"])
    folder = catalogue / slug
    words = {
        "slug": slug,
        "section": section,
        "title": title or slug.replace("_", " ").capitalize(),
    }
    if '"' in words["title"] or "\\" in words["title"]:
        raise UsageError("a title has no quotes or backslashes", fix="leave them out")
    try:
        folder.mkdir()
    except FileExistsError:
        where = f"{catalogue.name}/{slug}"
        raise UsageError("is there already", where=where, fix="choose another slug") from None
    try:
        for model in sorted(MODEL.rglob("*")):
            name = model.relative_to(MODEL)
            if model.is_dir():
                (folder / name).mkdir()
            else:
                text = Template(model.read_text(encoding="utf-8")).substitute(words)
                (folder / name).write_text(text, encoding="utf-8")
    except BaseException:
        shutil.rmtree(folder)
        raise
    return folder
