"""
The ledger of a class: the branch ``kata-data``, written with git's plumbing alone.

One file a submission, so that writers never touch the same line; who loses the
race for the branch fetches its new tip, adds the file to that, and tries again.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from graders import git
from graders.errors import LedgerError
from graders.ledger.pull_entry import (
    FOLDER,
    MAX_ENTRY_BYTES,
    PullEntry,
    decode,
    encode,
    is_path,
    says_the_same,
)

BRANCH: Final = "kata-data"
PATIENCE_SECONDS: Final = 480.0  # a little less than the job has
MAX_FAILURES: Final = 8  # in a row, while nobody else moved the branch
FIRST_PAUSE_SECONDS: Final = 0.1
LONGEST_PAUSE_SECONDS: Final = 5.0
FETCH_SECONDS: Final = 180.0

_REMOTE = "data"
_TIP = "refs/kata/tip"
_NO_BRANCH = "couldn't find remote ref"
_BOT = "github-actions[bot]"
_ADDRESS = "41898282+github-actions[bot]@users.noreply.github.com"
_BY = {
    "GIT_AUTHOR_NAME": _BOT,
    "GIT_AUTHOR_EMAIL": _ADDRESS,
    "GIT_COMMITTER_NAME": _BOT,
    "GIT_COMMITTER_EMAIL": _ADDRESS,
}


class Contents(NamedTuple):
    """
    What the branch holds.

    Attributes:
        entries: By path.
        damaged: Files below ``entries/`` that are no entry; they count for nothing.
    """

    entries: tuple[PullEntry, ...]
    damaged: tuple[str, ...]


class DataBranch:
    """
    The branch ``kata-data`` of a repository; made by the first entry.

    Args:
        remote: URL or folder of the repository.
        token: Shown to that server alone.
        sleep: Waits between two tries.
        clock: Gives seconds.
        chance: Gives a number from 0 to 1, so that writers do not stay in step.
    """

    def __init__(
        self,
        remote: str,
        *,
        token: str = "",
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        # git runs in another folder
        self._url = str(Path(remote).absolute()) if Path(remote).exists() else remote
        self._env = git.authorisation(self._url, token)
        self._sleep = sleep
        self._clock = clock
        self._chance = chance

    def add(self, entries: Sequence[PullEntry]) -> list[str]:
        """
        Add entries in one commit; what the branch says already is left as it is.

        A commit that is graded again with another outcome replaces its entry; the
        history of the branch keeps the old one.

        Returns:
            The paths written, sorted.

        Raises:
            LedgerError: An entry cannot be, or the branch stayed too busy.
            GitError: The branch cannot be read or written.
        """
        new = {entry.path: (entry, encode(entry)) for entry in entries}
        if not new:
            return []
        with tempfile.TemporaryDirectory(prefix="kata-data-") as folder:
            self._prepare(Path(folder))
            return self._add(Path(folder), new)

    def read(self) -> Contents:
        """
        Give all entries.

        Raises:
            GitError: The branch cannot be read.
        """
        with tempfile.TemporaryDirectory(prefix="kata-data-") as name:
            folder = Path(name)
            self._prepare(folder)
            tip = self._fetch(folder)
            return _contents(folder, tip) if tip else Contents((), ())

    def _prepare(self, folder: Path) -> None:
        git.run("init", "--quiet", "--bare", "--template=", cwd=folder)
        git.run("remote", "add", "--", _REMOTE, self._url, cwd=folder)

    def _add(self, folder: Path, new: Mapping[str, tuple[PullEntry, bytes]]) -> list[str]:
        """Try until it is in; others moving the branch costs patience, nothing else."""
        ends = self._clock() + PATIENCE_SECONDS
        written: set[str] = set()  # a push may arrive though its answer does not
        tries = failures = 0
        tried = None
        while True:
            try:
                tip = self._fetch(folder, "--filter=blob:none")
                failures, tried = failures if tip == tried else 0, tip
                news = {
                    path: pair for path, pair in new.items() if self._is_news(folder, tip, pair)
                }
                if news:
                    written |= news.keys()
                    self._push(folder, _commit(folder, tip, news))
            except git.GitError as error:
                tries, failures = tries + 1, failures + 1
                if failures >= MAX_FAILURES:
                    raise
                if self._clock() >= ends:
                    raise _too_busy(tries) from error
                self._pause(tries)
            else:
                return sorted(written)

    def _fetch(self, folder: Path, *options: str) -> str:
        """Fetch the branch's tip, and give its name; empty when there is no branch."""
        words = ("fetch", "--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", *options)
        refs = f"+refs/heads/{BRANCH}:{_TIP}"
        try:
            git.run(*words, _REMOTE, refs, cwd=folder, env=self._env, timeout=FETCH_SECONDS)
        except git.GitError as error:
            if _NO_BRANCH in error.said:
                return ""
            raise
        return _text(git.run("rev-parse", "--verify", _TIP, cwd=folder))

    def _is_news(self, folder: Path, tip: str, pair: tuple[PullEntry, bytes]) -> bool:
        """Tell whether the branch does not say the same of that submission already."""
        entry, _ = pair
        row = git.run("ls-tree", tip, entry.path, cwd=folder) if tip else b""
        if not row:
            return True
        oid = _text(row.split()[2])
        # Asked for by name: the fetch left all contents out. As git's own lazy fetches
        # do, without telling what is here: git would not look at the answer otherwise.
        git.run("config", "fetch.negotiationAlgorithm", "noop", cwd=folder)
        words = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", _REMOTE, oid)
        git.run(*words, cwd=folder, env=self._env, timeout=FETCH_SECONDS)
        try:
            there = decode(entry.path, git.run("cat-file", "blob", oid, cwd=folder))
        except LedgerError:
            return True
        return not says_the_same(there, entry)

    def _push(self, folder: Path, commit: str) -> None:
        # Not thin: the contents that a delta could build on were never fetched.
        words = ("push", "--quiet", "--no-thin", _REMOTE, f"{commit}:refs/heads/{BRANCH}")
        git.run(*words, cwd=folder, env=self._env, timeout=FETCH_SECONDS)

    def _pause(self, tries: int) -> None:
        longest = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2.0 ** min(tries, 10))
        self._sleep(longest * self._chance())


def _commit(folder: Path, tip: str, new: Mapping[str, tuple[PullEntry, bytes]]) -> str:
    """Make a commit that adds files to the tip, and give its name; no work tree is needed."""
    rows = []
    for path, (_, data) in sorted(new.items()):
        oid = _text(git.run("hash-object", "-w", "--stdin", cwd=folder, input=data))
        rows.append(f"100644 {oid}\t{path}\n")
    index = {"GIT_INDEX_FILE": str(folder / "index.entries")}
    git.run("read-tree", tip or "--empty", cwd=folder, env=index)
    listed = "".join(rows).encode("ascii")
    git.run("update-index", "--add", "--index-info", cwd=folder, env=index, input=listed)
    tree = _text(git.run("write-tree", "--missing-ok", cwd=folder, env=index))
    parents = ("-p", tip) if tip else ()
    words = ("commit-tree", tree, *parents, "-m", _message(new))
    return _text(git.run(*words, cwd=folder, env=_BY))


def _message(new: Mapping[str, tuple[PullEntry, bytes]]) -> str:
    entries = [entry for entry, _ in new.values()]
    slugs = ", ".join(sorted({entry.report.slug for entry in entries}))
    # No "#": the pull request's page would show each of these commits.
    return f"record pull request {entries[0].pull}: {slugs}"


def _contents(folder: Path, tip: str) -> Contents:
    listed = git.run("ls-tree", "-r", "-l", "-z", tip, f"{FOLDER}/", cwd=folder)
    files: dict[str, str] = {}
    damaged = []
    for row in listed.decode("utf-8", "backslashreplace").split("\0")[:-1]:
        about, _, path = row.partition("\t")
        mode, kind, oid, size = about.split()
        if (mode, kind) == ("100644", "blob") and is_path(path) and int(size) <= MAX_ENTRY_BYTES:
            files[path] = oid
        else:
            damaged.append(path)
    entries = []
    for path, data in zip(files, _blobs(folder, list(files.values())), strict=True):
        try:
            entries.append(decode(path, data))
        except LedgerError:
            damaged.append(path)
    return Contents(tuple(entries), tuple(sorted(damaged)))


def _blobs(folder: Path, oids: Sequence[str]) -> list[bytes]:
    """Give what the files hold, in that order."""
    asked = "".join(f"{oid}\n" for oid in oids).encode("ascii")
    answer = git.run("cat-file", "--batch", cwd=folder, input=asked, timeout=FETCH_SECONDS)
    found = []
    at = 0
    for _ in oids:
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split()[2])
        found.append(answer[end + 1 : end + 1 + size])
        at = end + 1 + size + 1
    return found


def _text(line: bytes) -> str:
    return line.decode("ascii").strip()


def _too_busy(tries: int) -> LedgerError:
    return LedgerError(
        f"others wrote first, {tries} times",
        where=BRANCH,
        fix="run the job again: nothing of it is lost",
    )
