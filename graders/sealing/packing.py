"""A ``hidden/`` as one archive, the same bytes for the same files."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import tarfile
import zlib
from pathlib import Path, PurePosixPath

from graders.errors import KataError

MAX_BYTES = 64 * 1024 * 1024
MAX_FILES = 2000
_MOST_HEADS = 2 * 1024 * MAX_FILES  # what tar adds to the files
_AGAIN = "put the committed file back, or seal the hidden tests again: kata dev seal"
_GZIP = 31  # zlib's word for "expect gzip's head and sum"


def pack(hidden: Path) -> bytes:
    """
    Give a folder's files as a tar archive: sorted, without times, owners and byte code.

    Raises:
        KataError: It holds a link or something else that is no file, or too much.
        OSError: A file cannot be read.
    """
    archive = io.BytesIO()
    total = 0
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.PAX_FORMAT) as tar:
        paths = _files(hidden)
        for path in paths:
            data = path.read_bytes()
            total += len(data)
            if total > MAX_BYTES or len(paths) > MAX_FILES:
                what = f"holds more than {MAX_BYTES:,} bytes or {MAX_FILES:,} files"
                raise KataError(what, where=_shown(hidden), fix="take out what is not needed")
            entry = tarfile.TarInfo(path.relative_to(hidden).as_posix())
            entry.size, entry.mode = len(data), 0o644
            tar.addfile(entry, io.BytesIO(data))
    return archive.getvalue()


def shrink(archive: bytes) -> bytes:
    """Give an archive compressed: once it is encrypted, git cannot."""
    return gzip.compress(archive, mtime=0)


def unshrink(data: bytes) -> bytes:
    """
    Undo ``shrink``; no more than an archive may hold is ever built.

    Raises:
        KataError: It is not compressed, or holds more.
    """
    stream = zlib.decompressobj(_GZIP)
    try:
        archive = stream.decompress(data, MAX_BYTES + _MOST_HEADS)
    except zlib.error as error:
        raise KataError("holds no archive of hidden tests", fix=_AGAIN) from error
    if not stream.eof or stream.unused_data:
        raise KataError("is cut off, or holds more than it may", fix=_AGAIN)
    return archive


def unpack(archive: bytes, hidden: Path) -> None:
    """
    Write an archive's files below a folder that is not there yet; nobody else may read them.

    Raises:
        KataError: It is no archive that ``pack`` makes.
        OSError: A file cannot be written.
    """
    hidden.mkdir(mode=0o700)
    try:
        with tarfile.open(fileobj=io.BytesIO(archive), mode="r:") as tar:
            for count, entry in enumerate(tar, start=1):
                name = PurePosixPath(entry.name)
                is_plain = entry.isreg() and not name.is_absolute() and ".." not in name.parts
                source = tar.extractfile(entry) if is_plain and count <= MAX_FILES else None
                if source is None:
                    raise _not_ours(hidden)
                _write(hidden.joinpath(*name.parts), source.read())
    except tarfile.TarError as error:
        raise _not_ours(hidden) from error


def digest(archive: bytes) -> str:
    """Give an archive's SHA-256, in hexadecimal."""
    return hashlib.sha256(archive).hexdigest()


def _files(hidden: Path) -> list[Path]:
    found = []
    for parent, folders, names in os.walk(hidden):
        folders[:] = [name for name in folders if name != "__pycache__"]
        paths = [Path(parent, name) for name in names if not name.endswith(".pyc")]
        for path in (*paths, *(Path(parent, name) for name in folders)):
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                where = f"{_shown(hidden)}/{path.relative_to(hidden).as_posix()}"
                fix = "put a file in its place, or take it out"
                raise KataError("is a link or no file, and cannot be sealed", where=where, fix=fix)
        found += paths
    return sorted(found, key=lambda path: path.relative_to(hidden).as_posix())


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
        file.write(data)


def _not_ours(hidden: Path) -> KataError:
    fix = f"seal the hidden tests again: kata dev seal {hidden.parent.name}"
    return KataError("what is sealed is no archive of hidden tests", where=_shown(hidden), fix=fix)


def _shown(path: Path) -> str:
    return "/".join(path.parts[-3:])
