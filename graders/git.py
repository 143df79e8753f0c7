"""
Git as a tool that takes nothing from its surroundings.

No hook, prompt, editor, pager or configuration of the machine's has a say, and only the protocols
named here are spoken. A token travels in the environment, never in the words of a command.
"""

from __future__ import annotations

import base64
import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from graders.errors import KataError
from graders.render.plain import escape

TIMEOUT_SECONDS: Final = 60.0
_MOST_SAID = 300
_BLOCKS_A_MIB = 2048  # POSIX counts ulimit -f in blocks of 512 bytes

# What the network needs where the machine stands behind a proxy, and nothing else.
_KEPT = (
    *("PATH", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO"),
    *("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"),
    *("NO_PROXY", "no_proxy"),
)
_SET = {
    "LC_ALL": "C",  # what git says is read here
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "true",
    "SSH_ASKPASS": "true",
    "GIT_EDITOR": "true",
    "GIT_PAGER": "cat",
    "GIT_ALLOW_PROTOCOL": "https:file",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
}
_PERSONS = ("HOME", "XDG_CONFIG_HOME", "SSH_AUTH_SOCK", "GIT_SSH_COMMAND", "USER", "LOGNAME")
_OPTIONS = (
    f"core.hooksPath={os.devnull}",
    "core.fsmonitor=false",
    "core.quotePath=true",
    "fetch.recurseSubmodules=false",
    "gc.auto=0",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=30",
    "maintenance.auto=false",
    "submodule.recurse=false",
    "transfer.fsckObjects=true",
)


class GitError(KataError):
    """
    A git command failed.

    Attributes:
        status: What git exited with; negative after a signal, ``None`` when it
            never started or took too long.
        said: What git wrote to stderr, as it is: for telling cases apart, not
            for showing.
    """

    def __init__(
        self, what: str, *, where: str, fix: str, status: int | None = None, said: str = ""
    ) -> None:
        super().__init__(what, where=where, fix=fix)
        self.status = status
        self.said = said


def run(
    *words: str,
    cwd: Path,
    input: bytes | None = None,  # noqa: A002 - as in subprocess
    env: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT_SECONDS,
    file_mib: int | None = None,
) -> bytes:
    """
    Run a git command and give what it wrote to stdout.

    Args:
        words: The command, such as ``"rev-parse", "HEAD"``; no secret may stand here.
        cwd: Where it runs.
        input: What it reads from stdin.
        env: More environment, such as ``GIT_INDEX_FILE``, an author's name, or
            what ``authorisation`` gives.
        timeout: Seconds after which it is ended, with all that it started.
        file_mib: The largest file it may write.

    Raises:
        GitError: It failed, was ended, or git is not there.
    """
    with _popen(words, cwd, env=env, file_mib=file_mib, stderr=subprocess.PIPE) as process:
        try:
            out, err = process.communicate(input, timeout)
        except subprocess.TimeoutExpired as error:
            what = f"took longer than {timeout:g} seconds"
            fix = "try again; the network or the other side is slow"
            raise GitError(what, where=_named(words), fix=fix) from error
        finally:
            _end(process)
    if process.returncode:
        said = err.decode("utf-8", "backslashreplace")
        raise GitError(
            _summary(said) or f"ended with {process.returncode}",
            where=_named(words),
            fix="check the network and your rights on the repository, then try again",
            status=process.returncode,
            said=said,
        )
    return out


def start(*words: str, cwd: Path) -> subprocess.Popen[bytes]:
    """
    Start a git command that answers on stdout what it is asked on stdin.

    Raises:
        GitError: Git is not there.
    """
    return _popen(words, cwd, env=None, file_mib=None, stderr=subprocess.DEVNULL)


def authorisation(url: str, token: str) -> dict[str, str]:
    """
    Give the environment in which git shows a token to one server alone.

    Empty without a token, and for an URL that is not ``https``.
    """
    server = urlsplit(url)
    if not token or server.scheme != "https":
        return {}
    word = base64.b64encode(f"x-access-token:{token}".encode()).decode("ascii")
    return {
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": f"http.https://{server.netloc}/.extraheader",
        "GIT_CONFIG_VALUE_0": f"AUTHORIZATION: basic {word}",
        "GIT_CONFIG_KEY_1": "http.followRedirects",  # the header would go along
        "GIT_CONFIG_VALUE_1": "false",
    }


def persons_own() -> dict[str, str]:
    """
    Give the environment in which a person's own settings and keys count.

    For commands that a person typed; hooks and prompts stay off.
    """
    kept = {name: os.environ[name] for name in _PERSONS if name in os.environ}
    settings = os.environ.get("GIT_CONFIG_GLOBAL") or str(Path.home() / ".gitconfig")
    return {**kept, "GIT_CONFIG_GLOBAL": settings, "GIT_ALLOW_PROTOCOL": "https:ssh:file"}


def remote_url(repository: str) -> str:
    """Give where a repository, ``owner/name``, is fetched from and pushed to."""
    server = os.environ.get("GITHUB_SERVER_URL") or "https://github.com"
    return f"{server.rstrip('/')}/{repository}.git"


def _popen(
    words: tuple[str, ...],
    cwd: Path,
    *,
    env: Mapping[str, str] | None,
    file_mib: int | None,
    stderr: int,
) -> subprocess.Popen[bytes]:
    command = ["git", "--no-pager", *(w for o in _OPTIONS for w in ("-c", o)), *words]
    if file_mib is not None:
        script = 'ulimit -f "$0" && exec "$@"'
        command = ["/bin/sh", "-c", script, str(file_mib * _BLOCKS_A_MIB), *command]
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        return subprocess.Popen(
            command,
            cwd=cwd,
            env={**kept, **_SET, **(env or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            start_new_session=True,  # no terminal to ask on, and one group to end
        )
    except OSError as error:
        what = f"cannot be started: {error.strerror}"
        raise GitError(what, where=_named(words), fix="install git, then try again") from error


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command that still runs, and what it started: that would outlive it."""
    if process.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _named(words: tuple[str, ...]) -> str:
    verb = next((word for word in words if not word.startswith("-")), "")
    return f"git {verb}".rstrip()


def _summary(said: str) -> str:
    """Give the line that tells most, safe to print: the other side had a hand in it."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith(("fatal:", "error:", "! "))]
    for line in telling or lines[-1:]:
        return escape(line.removeprefix("fatal: "))[:_MOST_SAID]
    return ""
