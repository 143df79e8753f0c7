"""Whether hidden tests ever stood in the repository's history for all to read."""

from __future__ import annotations

from pathlib import Path

from graders import git
from graders.catalogue.seals import HIDDEN
from graders.errors import KataError

_OPENLY = "--already-public seals them all the same; it keeps no secret"


def check_history(folder: Path) -> None:
    """
    Refuse to seal what was committed in plain; outside a repository there is nothing to refuse.

    All branches, tags and remotes count, and a hidden test that stood elsewhere
    under another name.

    Args:
        folder: The kata's.

    Raises:
        KataError: It was committed, or nobody can tell; ``fix`` says how to go on.
        GitError: Git cannot say.
    """
    if not any((above / ".git").exists() for above in (folder, *folder.parents)):
        return
    env = git.persons_own()
    where = f"{folder.parent.name}/{folder.name}/{HIDDEN}"
    if git.run("rev-parse", "--is-shallow-repository", cwd=folder, env=env).strip() == b"true":
        what = "the history here is cut off, so nobody can tell whether these tests were public"
        raise KataError(what, where=where, fix=f"git fetch --unshallow; or {_OPENLY}")
    log = ("log", "--all", "--full-history", "-1", "--format=%h", "--", HIDDEN)
    commit = git.run(*log, cwd=folder, env=env).decode("ascii").strip()
    if commit:
        what = f"these tests are in the history in plain: commit {commit}; sealing hides nothing"
        raise KataError(
            what, where=where, fix=f"write new tests in a private repository; {_OPENLY}"
        )
    elsewhere = _elsewhere(folder, env)
    if elsewhere:
        what = f"a test of it is in the history in plain as {elsewhere}; sealing hides nothing"
        raise KataError(
            what, where=where, fix=f"write new tests in a private repository; {_OPENLY}"
        )


def _elsewhere(folder: Path, env: dict[str, str]) -> str:
    """Give a path under which one of the hidden tests was committed; empty where none was."""
    paths = sorted((folder / HIDDEN).glob("test_*.py"))
    listed = "".join(f"{path}\n" for path in paths).encode()
    hashed = git.run(
        "hash-object", "--no-filters", "--stdin-paths", cwd=folder, input=listed, env=env
    )
    wanted = set(hashed.decode("ascii").split())
    for line in git.run("rev-list", "--all", "--objects", cwd=folder, env=env).splitlines():
        oid, _, path = line.decode("utf-8", "backslashreplace").partition(" ")
        if oid in wanted and not path.startswith("templates/"):
            return path
    return ""
