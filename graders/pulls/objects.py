"""Read single objects of a repository that strangers filled; nothing is checked out."""

from __future__ import annotations

import re
import stat
import subprocess
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from graders import git
from graders.errors import KataError

MAX_TREE_BYTES = 1024 * 1024
# A mode in octal, a name, the 20 bytes of an object's name.
_ENTRY = re.compile(rb"([0-7]{5,6}) ([^\0]+)\0(.{20})", re.DOTALL)


class ObjectError(KataError):
    """An object that is not taken; ``what`` is a line for whoever made it."""


class Entry(NamedTuple):
    r"""
    One name in a folder.

    Attributes:
        name: As UTF-8; other bytes are shown as ``\xff``.
    """

    mode: int
    name: str
    oid: str

    @property
    def kind(self) -> str:
        """What it is, in words: ``a file``, ``a folder``, ``a link``, ``a submodule``."""
        kinds = {stat.S_IFREG: "a file", stat.S_IFDIR: "a folder", stat.S_IFLNK: "a link"}
        return kinds.get(stat.S_IFMT(self.mode), "a submodule")


class Objects:
    """
    The objects of a repository, read one at a time by one process.

    Each is asked for its size first, so that a large one is never read.
    """

    def __init__(self, repository: Path) -> None:
        self._git = git.start("cat-file", "--batch-command", cwd=repository)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._git.kill()
        self._git.communicate()

    def tree(self, oid: str) -> list[Entry]:
        """
        Give the entries of a folder.

        Raises:
            ObjectError: It is too large, malformed, or not there.
        """
        data = self._read(oid, "tree", MAX_TREE_BYTES)
        entries, at = [], 0
        while at < len(data):
            match = _ENTRY.match(data, at)
            if match is None:
                raise ObjectError("is a malformed folder")
            mode, name, raw = match.groups()
            shown = name.decode("utf-8", "backslashreplace")
            entries.append(Entry(mode=int(mode, 8), name=shown, oid=raw.hex()))
            at = match.end()
        return entries

    def blob(self, oid: str, most: int) -> bytes:
        """
        Give the bytes of a file.

        Args:
            oid: The object's name.
            most: The most bytes that are read; a larger file was not fetched
                either.

        Raises:
            ObjectError: It holds more, or is no file.
        """
        return self._read(oid, "blob", most)

    def _read(self, oid: str, wanted: str, most: int) -> bytes:
        kind, size = self._ask(f"info {oid}")
        if kind == "missing" or size > most:
            raise ObjectError(f"holds more than {most:,} bytes")
        if kind != wanted:
            raise ObjectError(f"is a {kind}, not a {wanted}")
        self._ask(f"contents {oid}")
        assert self._git.stdout is not None
        data = self._git.stdout.read(size)
        self._git.stdout.read(1)  # the line end after it
        return data

    def _ask(self, question: str) -> tuple[str, int]:
        """Give kind and size; ``missing`` and 0 for what is not there."""
        assert self._git.stdin is not None
        assert self._git.stdout is not None
        try:
            self._git.stdin.write(f"{question}\n".encode("ascii"))
            self._git.stdin.flush()
            words = self._git.stdout.readline().decode("ascii").split()
        except (OSError, UnicodeDecodeError) as error:
            raise _gone(self._git) from error
        if words[1:] == ["missing"]:
            return "missing", 0
        if len(words) != len(("oid", "kind", "size")):
            raise _gone(self._git)
        return words[1], int(words[2])


def _gone(process: subprocess.Popen[bytes]) -> git.GitError:
    return git.GitError(
        "ended without an answer",
        where="git cat-file",
        fix="run the workflow again; git 2.36 or newer is needed",
        status=process.poll(),
    )
