"""The attempts that a commit holds: what is taken of them, what is refused, and why."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path

from graders.catalogue import load_kata
from graders.catalogue.finding import did_you_mean
from graders.catalogue.loading import kata_folders
from graders.errors import AttemptError, KataError
from graders.model.kata import Kata
from graders.model.submission import Refusal, Submission
from graders.pulls.handover import MAX_LEFT_OUT, MAX_LINE, MAX_REFUSALS, MAX_REPORTS
from graders.pulls.objects import Entry, ObjectError, Objects
from graders.render.plain import escape
from graders.workspace import MAX_FILE_BYTES, attempt_folder, read_attempt
from graders.workspace.folders import ATTEMPTS
from graders.workspace.reading import BYTE_ORDER_MARK

MAX_FOLDERS = 20
_NUMBER = re.compile(r"[0-9]{3,6}")
# What turns the order of signs round on the screen: code would not read as it runs.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LFS = b"version https://git-lfs.github.com/spec/"
_MORE = "more was refused than can be listed here"


class Reader:
    """
    Takes the newest attempt at each kata out of a commit's tree.

    Only names that the catalogue knows are opened; what lies beside them is
    passed over, whatever it is.

    Attributes:
        submissions: At most ten, by slug.
        left_out: The katas beyond them.
    """

    def __init__(self, objects: Objects, catalogue: Path) -> None:
        self._objects = objects
        self._catalogue = catalogue
        self._refused: list[Refusal] = []
        self.submissions: list[Submission] = []
        self.left_out: list[str] = []

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """What was not taken; the last line says so where there was more."""
        if len(self._refused) <= MAX_REFUSALS:
            return tuple(self._refused)
        return (*self._refused[: MAX_REFUSALS - 1], Refusal(path=ATTEMPTS, why=_MORE))

    def read(self, root: str) -> None:
        """Read the attempts below a tree, given by its object's name."""
        folder = self._folder(self._entries(root, ""), ATTEMPTS, "")
        if folder is None:
            return
        slugs = frozenset(kata_folders(self._catalogue))
        for entry in sorted(folder, key=lambda entry: entry.name):
            path = f"{ATTEMPTS}/{entry.name}"
            if entry.name not in slugs:
                self._refuse_slug(entry, slugs)
            elif len(self.submissions) < MAX_REPORTS:
                self._read_slug(entry, path)
            elif len(self.left_out) < MAX_LEFT_OUT:
                self.left_out.append(entry.name)

    def _read_slug(self, entry: Entry, path: str) -> None:
        folders = self._entries_of(entry, path)
        if folders is None:
            return
        try:
            kata = load_kata(self._catalogue / entry.name)
        except KataError:
            self._refuse(path, "this kata is broken on main, which is not your doing")
            return
        numbered = self._numbered(folders, path)
        if not numbered:
            why = f"holds no attempt; put your files into {path}/001/"
            self._refuse(path, why)
        for folder in numbered[:MAX_FOLDERS]:
            files = self._files(kata, folder, f"{path}/{folder.name}")
            if files is None:
                return
            number = int(folder.name)
            if files != self._on_main(kata, number):  # one that was merged is nobody's news
                self.submissions.append(Submission(slug=kata.slug, attempt=number, files=files))
                return

    def _numbered(self, folders: Sequence[Entry], path: str) -> list[Entry]:
        """Give the attempts' folders, newest first."""
        found = []
        for entry in folders:
            plain = _folded(entry.name)
            if not plain.isascii() or not plain.isdecimal():
                continue
            name = f"{int(plain):03d}" if len(plain) < MAX_LINE else ""
            if entry.name == name and _NUMBER.fullmatch(name) and int(name) > 0:
                found.append(entry)
            else:
                self._refuse(f"{path}/{entry.name}", "is no attempt's number, such as 001")
        return sorted(found, key=lambda entry: int(entry.name), reverse=True)

    def _files(self, kata: Kata, folder: Entry, path: str) -> dict[str, str] | None:
        """Give an attempt's editable files; ``None`` when one of them is refused."""
        entries = self._entries_of(folder, path)
        if entries is None:
            return None
        files = {name: self._file(entries, name, path) for name in kata.about.editable}
        taken = {name: text for name, text in files.items() if text is not None}
        return taken if len(taken) == len(files) else None

    def _file(self, entries: Sequence[Entry], name: str, path: str) -> str | None:
        *parents, last = name.split("/")
        inside: Sequence[Entry] | None = entries
        for parent in parents:
            inside = self._folder(inside, parent, path)
            path = f"{path}/{parent}"
        entry = self._named(inside, last, path) if inside is not None else None
        if entry is None:
            return None
        path = f"{path}/{last}"
        if entry.kind != "a file":
            self._refuse(path, f"is {entry.kind}, not a file")
            return None
        try:
            return _text(self._objects.blob(entry.oid, MAX_FILE_BYTES))
        except ObjectError as error:
            self._refuse(path, error.what)
            return None

    def _on_main(self, kata: Kata, number: int) -> dict[str, str] | None:
        root = self._catalogue.parent
        try:
            return read_attempt(attempt_folder(root, kata.slug, number), kata).files
        except AttemptError:
            return None

    def _folder(
        self, entries: Sequence[Entry] | None, name: str, path: str
    ) -> Sequence[Entry] | None:
        entry = self._named(entries, name, path) if entries is not None else None
        return entry and self._entries_of(entry, _below(path, name))

    def _entries_of(self, entry: Entry, path: str) -> Sequence[Entry] | None:
        if entry.kind == "a folder":
            return self._entries(entry.oid, path)
        self._refuse(path, f"is {entry.kind}, not a folder")
        return None

    def _entries(self, oid: str, path: str) -> Sequence[Entry] | None:
        try:
            return self._objects.tree(oid)
        except ObjectError as error:
            self._refuse(path, error.what)
            return None

    def _named(self, entries: Sequence[Entry], name: str, path: str) -> Entry | None:
        """Give the entry of that name; names that only look like it are refused."""
        found = None
        for entry in entries:
            if entry.name == name:
                found = entry
            elif _folded(entry.name) == name.casefold():
                why = f"looks like {name}, but is another name"
                self._refuse(_below(path, entry.name), why)
        if found is None:
            self._refuse(_below(path, name), "is missing")
        return found

    def _refuse_slug(self, entry: Entry, slugs: Collection[str]) -> None:
        if entry.kind == "a file" and _folded(entry.name) not in slugs:
            return  # such as a README
        near = (
            did_you_mean(entry.name[:MAX_LINE], slugs) if len(self._refused) < MAX_REFUSALS else ""
        )
        why = f"there is no such kata; {near}" if near else "there is no such kata"
        self._refuse(f"{ATTEMPTS}/{entry.name}", why)

    def _refuse(self, path: str, why: str) -> None:
        if len(self._refused) <= MAX_REFUSALS:
            self._refused.append(Refusal(path=_shown(path or "/"), why=why))


def _below(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


def _folded(name: str) -> str:
    """Give a name without what people cannot see or some machines pass over."""
    plain = unicodedata.normalize("NFKC", name[:MAX_LINE]).casefold()
    return "".join(sign for sign in plain if sign.isprintable()).strip(" .")


def _shown(path: str) -> str:
    """Give a path on one line that may be printed anywhere."""
    shown = escape(path)
    return shown if len(shown) <= MAX_LINE else f"{shown[: MAX_LINE - 3]}..."


def _text(data: bytes) -> str:
    """
    Give a file's text, without byte-order mark, with plain line feeds.

    Raises:
        ObjectError: It is no text, or does not read as it is.
    """
    if data.startswith(_LFS):
        raise ObjectError("is a Git LFS pointer, not the file; commit the file itself")
    if b"\0" in data:
        raise ObjectError("is binary, not text")
    try:
        text = data.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        raise ObjectError("is not UTF-8; save it as UTF-8") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    turned = _TURNING.search(text)
    if turned:
        line = text.count("\n", 0, turned.start()) + 1
        raise ObjectError(f"turns the direction of its text round in line {line}; remove that sign")
    return text
