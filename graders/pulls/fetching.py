"""Fetch the head commit of a pull request, and read its attempts as data."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from graders import git
from graders.errors import KataError
from graders.github.event import on_roster, read_event
from graders.model.submission import Fetched, Pull, Refusal
from graders.pulls.attempts import Reader
from graders.pulls.objects import Objects
from graders.workspace import MAX_FILE_BYTES
from graders.workspace.folders import ATTEMPTS

FETCHED = "fetched.json"
MAX_PACK_MIB = 256
_REMOTE = "head"
FETCH_SECONDS = 180.0
PAUSES_SECONDS = (2.0, 8.0)

_NOT_ON_ROSTER = "you are not on this class's roster; ask the person who runs it to add you"
_TOO_LARGE = "the commit holds too much; start from the newest main and add your attempt alone"
_MALFORMED = re.compile(r"^error: object [0-9a-f]{40}: ([A-Za-z0-9]+): ", re.MULTILINE)
_MEANINGS = {
    "duplicateEntries": "a folder holds one name twice",
    "fullPathname": "a folder holds a name with a slash",
    "hasDot": "a folder holds an entry named .",
    "hasDotdot": "a folder holds an entry named ..",
    "hasDotgit": "a folder holds an entry named .git",
    "treeNotSorted": "a folder is not in order",
}
# git's words for a server that does not have the commit: asking again is no use.
_GONE = ("not our ref", "couldn't find remote ref", "no such remote ref")


def fetch(
    event: Path,
    work: Path,
    catalogue: Path,
    *,
    remote: str | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched:
    """
    Read the attempts of a pull request's head commit, and write ``work/fetched.json``.

    Args:
        event: The event's payload.
        work: A private folder; it is made where it is missing.
        catalogue: The katas of main.
        remote: Where to fetch from; else GitHub, with ``GITHUB_TOKEN`` where
            there is one.
        sleep: Waits between two tries.

    Raises:
        KataError: The event makes no sense.
        GitError: The commit cannot be had.
    """
    pull = _read_pull(event)
    work.mkdir(mode=0o700, parents=True, exist_ok=True)
    if on_roster(pull, os.environ.get("KATA_ROSTER_IDS", "")):
        with tempfile.TemporaryDirectory(prefix="head-", dir=work) as folder:
            fetched = _fetch(pull, Path(folder), catalogue, remote=remote, sleep=sleep)
    else:
        fetched = _refused(pull, _NOT_ON_ROSTER)
    (work / FETCHED).write_bytes(msgspec.json.encode(fetched))
    return fetched


def read_fetched(work: Path) -> Fetched:
    """
    Give what an earlier step fetched.

    Raises:
        KataError: It is not there.
    """
    where = f"{work.name}/{FETCHED}"
    fix = "run kata ci fetch first, with the same --work"
    try:
        return msgspec.json.decode((work / FETCHED).read_bytes(), type=Fetched)
    except OSError as error:
        raise KataError(f"cannot be read: {error.strerror}", where=where, fix=fix) from error
    except msgspec.MsgspecError as error:
        raise KataError("does not hold what was fetched", where=where, fix=fix) from error


def _read_pull(event: Path) -> Pull:
    try:
        payload = event.read_bytes()
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        fix = "name the event's payload with --event"
        raise KataError(what, where=event.name, fix=fix) from error
    return read_event(payload)


def _fetch(
    pull: Pull,
    folder: Path,
    catalogue: Path,
    *,
    remote: str | None,
    sleep: Callable[[float], None],
) -> Fetched:
    url = remote or git.remote_url(pull.repository)
    if Path(url).exists():
        url = str(Path(url).absolute())  # git runs in another folder
    refusal = _fetch_commit(pull, folder, url, sleep=sleep)
    if refusal:
        return _refused(pull, refusal)
    root = git.run("rev-parse", "--verify", f"{pull.head_sha}^{{tree}}", cwd=folder)
    with Objects(folder) as objects:
        reader = Reader(objects, catalogue)
        reader.read(root.decode("ascii").strip())
    return Fetched(
        pull=pull,
        submissions=tuple(reader.submissions),
        refused=reader.refused,
        left_out=tuple(reader.left_out),
    )


def _fetch_commit(pull: Pull, folder: Path, url: str, *, sleep: Callable[[float], None]) -> str:
    """Fetch the one commit into a bare repository; give why git refuses it, or nothing."""
    git.run("init", "--quiet", "--bare", "--template=", cwd=folder)
    config = (folder / "config").read_bytes()
    # By a name: git takes no plain path for the promisor that a filter needs.
    git.run("remote", "add", "--", _REMOTE, url, cwd=folder)
    pauses = iter(PAUSES_SECONDS)
    while True:
        try:
            _fetch_once(pull, folder, url)
        except git.GitError as error:
            refusal = _refusal(error)
            if refusal:
                return refusal
            pause = next(pauses, None)
            if pause is None or any(words in error.said for words in _GONE):
                raise
            sleep(pause)
        else:
            # Forget where it came from: what is missing must never be fetched by itself.
            (folder / "config").write_bytes(config)
            return ""


def _fetch_once(pull: Pull, folder: Path, url: str) -> None:
    git.run(
        "fetch",
        "--quiet",
        "--depth=1",
        "--no-tags",
        "--no-write-fetch-head",
        f"--filter=blob:limit={MAX_FILE_BYTES + 1}",
        _REMOTE,
        pull.head_sha,
        cwd=folder,
        env=git.authorisation(url, os.environ.get("GITHUB_TOKEN", "")),
        timeout=FETCH_SECONDS,
        file_mib=MAX_PACK_MIB,
    )


def _refusal(error: git.GitError) -> str:
    """Give why a commit is refused; empty when the fault is not the commit's."""
    malformed = _MALFORMED.search(error.said)
    if malformed:
        meaning = _MEANINGS.get(malformed[1], f"git calls it {malformed[1]}")
        return f"the commit is malformed: {meaning}"
    return _TOO_LARGE if "died of signal 25" in error.said else ""


def _refused(pull: Pull, why: str) -> Fetched:
    return Fetched(pull=pull, refused=(Refusal(path=ATTEMPTS, why=why),))
