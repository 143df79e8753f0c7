"""
What ``kata list`` shows of each kata, fast.

Nothing here may import more than the command line has loaded anyway; the
loader proper comes in only for katas that changed since the cache was written.
"""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from graders.catalogue.finding import no_such_folder

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = "kata-index/1"


class Entry(NamedTuple):
    """
    One kata in a list.

    Attributes:
        section: Empty when the kata could not be loaded, like all that follows.
        problem: Why it could not be loaded; empty when it could.
    """

    slug: str
    title: str
    section: str
    level: str
    minutes: int
    topics: tuple[str, ...]
    summary: str
    pass_mark: int
    requires: tuple[str, ...]
    problem: str


_ROW = (str, str, str, str, int, list, str, int, list, str)


def index(root: Path, cache: Path | None = None) -> list[Entry]:
    """
    Give an entry for each kata below ``root``, by slug; also for those that do not load.

    Args:
        root: A folder of katas.
        cache: A file to remember the entries in. One that cannot be read or
            written is ignored.

    Raises:
        CatalogueError: There is no such folder.
    """
    where = os.path.abspath(root)  # noqa: PTH100 - pathlib is not loaded on this path
    stamps = _stamps(where)
    source = _source_stamp()
    rows = _remembered(cache, where, source) if cache else {}
    entries = {
        slug: _entry(rows[slug][1])
        for slug, stamp in stamps.items()
        if slug in rows and rows[slug][0] == stamp
    }
    stale = [slug for slug in stamps if slug not in entries]
    entries.update({slug: _load(root, slug) for slug in stale})
    if cache and (stale or len(rows) != len(stamps)):
        katas = {slug: [stamp, entries[slug]] for slug, stamp in stamps.items()}
        _remember(cache, {"schema": SCHEMA, "root": where, "source": source, "katas": katas})
    return [entries[slug] for slug in stamps]


def _remembered(cache: Path, root: str, source: int) -> dict[str, Any]:
    """Give slug to ``[stamp, row]`` from the cache; nothing unless all of it can be believed."""
    try:
        with open(cache, encoding="utf-8") as file:  # noqa: PTH123
            held = json.load(file)
        head = (held["schema"], held["root"], held["source"])
        rows: dict[str, Any] = held["katas"]
        is_sound = head == (SCHEMA, root, source) and all(
            len(pair) == len(("stamp", "row")) and _is_row(pair[1]) for pair in rows.values()
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}
    return rows if is_sound else {}


def _is_row(row: Any) -> bool:
    words = [*row[5], *row[8]]
    return tuple(map(type, row)) == _ROW and all(type(word) is str for word in words)


def _entry(row: list[Any]) -> Entry:
    entry = Entry(*row)
    return entry._replace(topics=tuple(entry.topics), requires=tuple(entry.requires))


def _load(root: Path, slug: str) -> Entry:
    from graders.catalogue.loading import load_kata
    from graders.errors import CatalogueError

    try:
        kata = load_kata(root / slug)
    except CatalogueError as error:
        return Entry(slug, slug, "", "", 0, (), "", 0, (), str(error))
    about = kata.about
    return Entry(
        slug,
        about.title,
        about.section.value,
        about.level.value,
        about.minutes,
        about.topics,
        about.summary,
        kata.rubric.pass_mark,
        about.requires,
        "",
    )


def _remember(cache: Path, held: dict[str, Any]) -> None:
    """Write the cache in one step; another process reads the old or the new, never a part."""
    draft = f"{cache}.{os.getpid()}.new"
    with contextlib.suppress(OSError):
        os.makedirs(cache.parent, exist_ok=True)  # noqa: PTH103
        try:
            with open(draft, "w", encoding="utf-8") as file:  # noqa: PTH123
                json.dump(held, file)
            os.replace(draft, cache)  # noqa: PTH105
        except OSError:
            os.unlink(draft)  # noqa: PTH108
            raise


def _stamps(root: str) -> dict[str, list[int]]:
    """Give what changes when a kata does, for each folder: times and sizes."""
    try:
        names = sorted(
            entry.name for entry in os.scandir(root) if entry.name[0] not in "._" and entry.is_dir()
        )
    except OSError as error:
        raise no_such_folder(os.path.basename(root)) from error  # noqa: PTH119
    return {
        name: [
            *_stamp(f"{root}/{name}")[:1],
            *_stamp(f"{root}/{name}/kata.toml"),
            *_stamp(f"{root}/{name}/rubric.toml"),
        ]
        for name in names
    }


def _stamp(path: str) -> list[int]:
    try:
        found = os.stat(path)  # noqa: PTH116 - pathlib is not loaded on this path
    except OSError:
        return [0, 0]
    return [found.st_mtime_ns, found.st_size]


def _source_stamp() -> int:
    """Give the time of the newest file that decides whether a kata is valid."""
    here = os.path.dirname(__file__)  # noqa: PTH120
    folders = (here, os.path.join(here, os.pardir, "model"))  # noqa: PTH118
    return max(
        entry.stat().st_mtime_ns
        for folder in folders
        for entry in os.scandir(folder)
        if entry.name.endswith(".py")
    )
