"""Where the repository is and which kata a word means; light to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders.errors import CatalogueError, KataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SHOWN_MATCHES = 6


def find_root(start: Path) -> Path:
    """
    Give the repository that a folder lies in.

    The nearest folder upwards with both ``katas/`` and ``pyproject.toml``, else
    the nearest with ``katas/``.

    Raises:
        UsageError: There is none.
    """
    here = start.absolute()
    above = [folder for folder in (here, *here.parents) if (folder / "katas").is_dir()]
    whole = [folder for folder in above if (folder / "pyproject.toml").is_file()]
    for folder in (*whole, *above):
        return folder
    raise UsageError(
        "no kata repository here or in any folder above",
        fix="change into your copy of the repository, or name a catalogue with --katas DIR",
    )


def resolve_slug(word: str, slugs: Iterable[str]) -> str:
    """
    Give the slug that a word means: itself, or the only one that it begins.

    Capitals and hyphens are forgiven.

    Raises:
        UsageError: The word fits no kata, or several.
    """
    known = sorted(slugs)
    wanted = word.strip().lower().replace("-", "_")
    if wanted in known:
        return wanted
    matches = [slug for slug in known if wanted and slug.startswith(wanted)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        shown = ", ".join(matches[:SHOWN_MATCHES])
        more = f" and {len(matches) - SHOWN_MATCHES} more" if len(matches) > SHOWN_MATCHES else ""
        raise UsageError(f'"{word}" is ambiguous: {shown}{more}', fix="type a few letters more")
    raise UsageError(
        f'there is no kata "{word}"', fix=did_you_mean(wanted, known) or "see them all: kata list"
    )


def no_such_folder(name: str) -> CatalogueError:
    """Give the error for a folder of katas that cannot be listed."""
    fix = "name a folder of katas with --katas DIR"
    return CatalogueError([KataError("there is no such folder", where=name, fix=fix)])


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give ``did you mean "…"?`` for the nearest known word; empty when none is near."""
    import difflib

    near = difflib.get_close_matches(word, list(known), n=1)
    return f'did you mean "{near[0]}"?' if near else ""
