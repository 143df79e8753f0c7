"""
Deliver an attempt as a pull request; the work tree, the index and the branches stay as they are.

The commit is built by git's plumbing: the tip of the class's ``main``, and on it the files of one
attempt that count.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from graders import git
from graders.errors import KataError, UsageError
from graders.github.api import Api
from graders.github.event import is_repository
from graders.github.failures import SignInError

UPSTREAM: Final = "upstream"
FORK: Final = "origin"
BASE: Final = "main"
GH_SECONDS: Final = 60.0

_TIP = "refs/kata/upstream"
_OWNER_AND_NAME = re.compile(r"(?:^|[/:])([^/:]+/[^/:]+?)(?:\.git)?/?$")
_NOBODY = ("Please tell me who you are", "empty ident name", "auto-detect email")
_UNKNOWN = (
    *("Authentication failed", "could not read Username", "could not read Password"),
    *("Permission denied (publickey", "terminal prompts disabled"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """
    What is delivered, and between which repositories.

    Attributes:
        root: The repository's folder.
        paths: The files that count, from the root.
        upstream: ``owner/name`` of the class's repository.
        fork: ``owner/name`` of the learner's.
    """

    root: Path
    slug: str
    attempt: int
    paths: tuple[str, ...]
    upstream: str
    fork: str

    @property
    def branch(self) -> str:
        """The branch of the fork; one a kata."""
        return f"kata/{self.slug}"

    @property
    def login(self) -> str:
        """Whose fork it is."""
        return self.fork.partition("/")[0]

    @property
    def title(self) -> str:
        """Of the commit and of the pull request."""
        return f"{self.slug}, attempt {self.attempt:03d}"

    @property
    def body(self) -> str:
        """What the pull request says."""
        return f"An attempt at {self.slug}, made by kata submit. To be graded, not merged."

    @property
    def compare_url(self) -> str:
        """The page on which a person opens the pull request."""
        server = git.remote_url(self.upstream).removesuffix(".git")
        return f"{server}/compare/{BASE}...{self.login}:{self.branch}?expand=1"


class Pushed(NamedTuple):
    """The commit that the branch holds; not ``is_news`` when it held the same files before."""

    commit: str
    is_news: bool


class Opened(NamedTuple):
    """The pull request's page; empty when a person has to open it."""

    url: str
    is_new: bool


def plan(root: Path, slug: str, *, attempt: int, paths: tuple[str, ...]) -> Plan:
    """
    Find out where an attempt goes.

    Raises:
        UsageError: The folder is no clone of a fork that knows the class's repository.
    """
    try:
        prefix = _git("rev-parse", "--show-prefix", cwd=root)
    except git.GitError as error:
        fix = "fork the class's repository, clone your fork, and work in there"
        raise UsageError("this folder is no git repository", fix=fix) from error
    if prefix:
        fix = "clone your fork by itself: attempts/ has to lie at its top"
        raise UsageError("this folder lies inside another git repository", fix=fix)
    return Plan(
        root=root,
        slug=slug,
        attempt=attempt,
        paths=paths,
        upstream=_repository(root, UPSTREAM, "the class's repository"),
        fork=_repository(root, FORK, "your fork"),
    )


def script(made: Plan) -> list[str]:
    """Give the commands that do it, one a line, for a shell in the repository's folder."""
    rows = [
        shlex.join(["git", "fetch", "--no-tags", UPSTREAM, f"+refs/heads/{BASE}:{_TIP}"]),
        'export GIT_INDEX_FILE="$(git rev-parse --absolute-git-dir)/kata-submit"',
        f"git read-tree {_TIP}",
    ]
    for path in made.paths:
        name = shlex.quote(path)
        oid = f'"$(git hash-object -w --no-filters -- {name})"'
        rows.append(f"git update-index --add --cacheinfo 100644,{oid},{name}")
    message = shlex.quote(made.title)
    commit = f'"$(git commit-tree -p {_TIP} -m {message} "$(git write-tree)")"'
    rows += [
        f"git push {FORK} +{commit}:{shlex.quote(f'refs/heads/{made.branch}')}",
        shlex.join(["gh", *_create(made)]),
    ]
    return rows


def push(made: Plan, environment: Mapping[str, str] = os.environ) -> Pushed:
    """
    Put the attempt on the fork's branch; a branch that somebody else moved is left alone.

    Raises:
        SignInError: GitHub does not know who pushes.
        GitError: A repository cannot be read or written.
    """
    token = environment.get("GH_TOKEN") or ""
    try:
        refs = f"+refs/heads/{BASE}:{_TIP}"
        words = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", UPSTREAM, refs)
        _git(*words, cwd=made.root, token=token)
        ref = f"refs/heads/{made.branch}"
        row = _git("ls-remote", FORK, ref, cwd=made.root, token=token)
        before = row.split()[0] if row else ""
        commit = _commit(made)
        if before and _holds_the_same(made, before, commit):
            return Pushed(before, is_news=False)
        lease = f"--force-with-lease={ref}:{before}"
        _git("push", "--quiet", lease, FORK, f"{commit}:{ref}", cwd=made.root, token=token)
    except git.GitError as error:
        raise _told(error) from error
    return Pushed(commit, is_news=True)


def open_pull(made: Plan, environment: Mapping[str, str] = os.environ) -> Opened:
    """
    Give the pull request of the branch; it is opened where there is none.

    By ``gh`` where it is there and signed in, else with ``GH_TOKEN``; with neither the
    address stays empty.

    Raises:
        ApiError: GitHub refuses.
    """
    opened = _by_gh(made)
    if opened is not None:
        return opened
    token = environment.get("GH_TOKEN")
    if not token:
        return Opened("", is_new=False)
    api = Api.from_environment({**environment, "GITHUB_TOKEN": token})
    head = f"{made.login}:{made.branch}"
    found = api.pulls(made.upstream, head=head, base=BASE)
    if found:
        return Opened(_page(made, found[0].number), is_new=False)
    new = api.create_pull(made.upstream, head=head, base=BASE, title=made.title, body=made.body)
    return Opened(_page(made, new.number), is_new=True)


def _repository(root: Path, remote: str, meaning: str) -> str:
    fix = f"name {meaning}: git remote add {remote} https://github.com/OWNER/NAME.git"
    try:
        url = _git("remote", "get-url", remote, cwd=root)
    except git.GitError as error:
        raise UsageError(f'git knows no remote "{remote}"', fix=fix) from error
    match = _OWNER_AND_NAME.search(url)
    if match is None or not is_repository(match[1]):
        fix = fix.replace("add", "set-url")
        raise UsageError(f'the remote "{remote}" names no repository on GitHub', fix=fix)
    return match[1]


def _commit(made: Plan) -> str:
    with tempfile.TemporaryDirectory(prefix="kata-submit-") as folder:
        index = {"GIT_INDEX_FILE": f"{folder}/index"}
        _git("read-tree", _TIP, cwd=made.root, env=index)
        for path in made.paths:
            oid = _git("hash-object", "-w", "--no-filters", "--", path, cwd=made.root)
            listed = ("--add", "--cacheinfo", f"100644,{oid},{path}")
            _git("update-index", *listed, cwd=made.root, env=index)
        tree = _git("write-tree", cwd=made.root, env=index)
    return _git("commit-tree", "-p", _TIP, "-m", made.title, tree, cwd=made.root)


def _holds_the_same(made: Plan, before: str, commit: str) -> bool:
    """Tell whether a commit that is known here holds the attempt already, file for file."""
    folder = "/".join(made.paths[0].split("/")[:3])
    try:
        there = _git("rev-parse", "--verify", "--quiet", f"{before}:{folder}", cwd=made.root)
    except git.GitError:
        return False
    return there == _git("rev-parse", f"{commit}:{folder}", cwd=made.root)


def _by_gh(made: Plan) -> Opened | None:
    """Open it by GitHub's own command; ``None`` where that is missing or will not."""
    words = ("--base", BASE, "--state", "open", "--json", "url,headRepositoryOwner")
    listed = _gh("pr", "list", "-R", made.upstream, "--head", made.branch, *words)
    if listed is None:
        return None
    try:
        for row in json.loads(listed):
            # Others have a branch of that name too.
            if row["headRepositoryOwner"]["login"].lower() == made.login.lower():
                return Opened(str(row["url"]), is_new=False)
    except (ValueError, TypeError, LookupError, AttributeError):
        return None
    created = _gh(*_create(made))
    lines = (created or "").split()
    return Opened(lines[-1], is_new=True) if lines else None


def _create(made: Plan) -> tuple[str, ...]:
    head = f"{made.login}:{made.branch}"
    words = ("pr", "create", "-R", made.upstream, "--base", BASE, "--head", head)
    return (*words, "--no-maintainer-edit", "--title", made.title, "--body", made.body)


def _gh(*words: str) -> str | None:
    program = shutil.which("gh")
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, *words],
            check=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=GH_SECONDS,
            env={**os.environ, "GH_PROMPT_DISABLED": "1", "NO_COLOR": "1"},
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return done.stdout


def _page(made: Plan, number: int) -> str:
    return f"{git.remote_url(made.upstream).removesuffix('.git')}/pull/{number}"


def _git(*words: str, cwd: Path, token: str = "", env: Mapping[str, str] | None = None) -> str:
    """Run git as the person who typed the command, and give what it says."""
    shown = git.authorisation(git.remote_url("o/r"), token)
    whole = {**git.persons_own(), **shown, **(env or {})}
    return git.run(*words, cwd=cwd, env=whole, timeout=180.0).decode("utf-8").strip()


def _told(error: git.GitError) -> KataError:
    """Give the error in a person's words, where the cause is known."""
    if any(words in error.said for words in _NOBODY):
        fix = 'git config user.name "Your Name" and git config user.email you@example.org'
        return KataError("git does not know your name", where="git", fix=fix)
    if any(words in error.said for words in _UNKNOWN):
        fix = "sign in: gh auth login, then gh auth setup-git; or set GH_TOKEN"
        return SignInError("GitHub does not know who you are", where=error.where, fix=fix)
    if "stale info" in error.said:
        fix = "run kata submit again; it looks at the branch anew"
        return KataError("somebody else moved the branch", where="git push", fix=fix)
    return error
