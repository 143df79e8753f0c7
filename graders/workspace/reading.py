"""Read an attempt's editable files, and nothing else that its author left there."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from graders.errors import AttemptError
from graders.model.attempt import Attempt

if TYPE_CHECKING:
    from graders.model.kata import Kata

MAX_FILE_BYTES = 256 * 1024
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

# A FIFO opened without O_NONBLOCK waits for a writer; Windows knows neither flag.
OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFLNK: "a link",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def read_attempt(place: Path, kata: Kata, *, number: int | None = None) -> Attempt:
    """
    Read an attempt once; only the kata's editable files are opened.

    Args:
        place: The attempt's folder; or a file of any name, where the kata has a
            single editable file and that is Python.
        kata: What it is an attempt at.
        number: Its number below ``attempts/``, if it has one.

    Raises:
        AttemptError: A file is missing, a link, no regular file, too large or
            not UTF-8.
    """
    editable = kata.about.editable
    if stat.S_ISREG(_mode(place, kata)):
        if len(editable) != 1 or not editable[0].endswith(".py"):
            raise AttemptError(
                f"{kata.slug} takes {', '.join(editable)}, not one file",
                where=shown(place),
                fix="name the folder that holds them",
            )
        text = read_text(place, missing=_how_to_start(kata))
        return Attempt(
            slug=kata.slug, number=number, files={editable[0]: text}, folder=place.parent
        )
    _refuse_unless(place, _mode(place, kata), stat.S_IFDIR)
    files = {name: _read_inside(place, name, kata) for name in editable}
    return Attempt(slug=kata.slug, number=number, files=files, folder=place)


def read_text(path: Path, *, missing: str) -> str:
    """
    Give the text of a regular file, without byte-order mark, with plain line feeds.

    Args:
        path: The file; a link is refused, and nothing is waited for.
        missing: What to do when it is not there.

    Raises:
        AttemptError: It cannot be read as UTF-8 text of a fair size.
    """
    try:
        data = _read_bytes(path)
    except FileNotFoundError:
        raise AttemptError("is missing", where=shown(path), fix=missing) from None
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise AttemptError(what, where=shown(path), fix="make it readable for you") from error
    marked = len(BYTE_ORDER_MARK) if data.startswith(BYTE_ORDER_MARK) else 0
    try:
        text = data[marked:].decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start + marked
        what = f"is not UTF-8: byte 0x{data[offset]:02x} at offset {offset}"
        raise AttemptError(what, where=shown(path), fix="save it as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def shown(path: Path) -> str:
    """Give a path as people know it: from the folder they are in, where it lies below."""
    absolute, here = Path(os.path.abspath(path)), Path.cwd()  # noqa: PTH100 - keep links
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else path)


def _read_inside(folder: Path, name: str, kata: Kata) -> str:
    """Read one editable file; no folder on the way to it may be a link either."""
    path = folder
    for part in name.split("/")[:-1]:
        path /= part
        _refuse_unless(path, _mode(path, kata), stat.S_IFDIR)
    return read_text(folder / name, missing=_how_to_start(kata))


def _read_bytes(path: Path) -> bytes:
    # Opening a device or a socket can do things by itself, so look first.
    _refuse_unless(path, path.lstat().st_mode, stat.S_IFREG)
    descriptor = os.open(path, OPEN_FLAGS)
    with open(descriptor, "rb") as file:  # noqa: PTH123 - of a descriptor
        # And look again at what was opened: the name may mean another file by now.
        found = os.fstat(descriptor)
        _refuse_unless(path, found.st_mode, stat.S_IFREG)
        data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise AttemptError(
            f"holds {max(found.st_size, len(data)):,} bytes; at most {MAX_FILE_BYTES:,} are read",
            where=shown(path),
            fix="keep data out of it",
        )
    return data


def _mode(path: Path, kata: Kata) -> int:
    try:
        return path.lstat().st_mode
    except FileNotFoundError:
        raise AttemptError("is missing", where=shown(path), fix=_how_to_start(kata)) from None
    except (OSError, ValueError) as error:
        what = f"cannot be read: {getattr(error, 'strerror', error)}"
        raise AttemptError(what, where=shown(path), fix="name a file or folder of yours") from error


def _refuse_unless(path: Path, mode: int, wanted: int) -> None:
    if stat.S_IFMT(mode) == wanted:
        return
    kind = KINDS.get(stat.S_IFMT(mode), "a file")
    needed = "a folder" if wanted == stat.S_IFDIR else "a regular file"
    fix = f"put {needed} in its place"
    raise AttemptError(f"is {kind}, not {needed}", where=shown(path), fix=fix)


def _how_to_start(kata: Kata) -> str:
    return f"start a fresh attempt: kata new {kata.slug}"
