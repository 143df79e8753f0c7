"""
The outer jail: a zygote in namespaces of its own, by bubblewrap.

Optional, and never instead of ``lockdown``: it hides the names and sizes of
files, which the inner jail cannot. Standard library only.
"""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

_ISOLATION = (
    "--unshare-user --unshare-pid --unshare-net --unshare-ipc --unshare-uts --unshare-cgroup"
    " --hostname jail --die-with-parent --new-session --clearenv --cap-drop ALL"
)
_LOADER = ("/etc/ld.so.cache", "/lib64", "/usr/lib64")
_LIBRARY_ROOTS = ("/lib", "/usr/lib")
_TRIAL_SECONDS = 10


def command(readable: Sequence[str], python: str) -> list[str] | None:
    """
    Give the words to put before ``python ...``; ``None`` without bubblewrap.

    Inside there are the readable paths and the interpreter's own files, read-only,
    an empty ``/tmp``, ``/dev/null``, no ``/proc`` and no environment. Descriptors that
    the caller passes on stay open.

    Args:
        readable: Files and directories, by the names they have outside.
        python: The interpreter that will be started; its version's standard library and
            shared libraries are bound too.
    """
    program = shutil.which("bwrap")
    if program is None:
        return None
    return arguments(program, visible=[*readable, *interpreter_files(python), *_loader_files()])


def arguments(program: str, *, visible: Iterable[str]) -> list[str]:
    """Put the words together; ``visible`` paths that do not exist are left out."""
    words = [program, *_ISOLATION.split(), "--tmpfs", "/tmp"]  # noqa: S108 - the jail's own
    words += ["--dev-bind", "/dev/null", "/dev/null"]
    for path in _outermost(visible):
        words += ["--ro-bind-try", path, path]
    return [*words, "--remount-ro", "/tmp", "--remount-ro", "/", "--chdir", "/"]  # noqa: S108


@functools.cache
def works() -> bool:
    """Tell whether an interpreter starts inside; asked once a process."""
    prefix = command((), sys.executable)
    if prefix is None:
        return False
    words = [*prefix, sys.executable, "-I", "-S", "-c", "import ctypes"]
    try:
        trial = subprocess.run(words, capture_output=True, timeout=_TRIAL_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return trial.returncode == 0


def interpreter_files(python: str) -> list[str]:
    """Name what an interpreter reads to start: itself, its library, its configuration."""
    started, real = Path(python), Path(python).resolve()
    prefix = real.parent.parent
    files = [started, real, started.parent.parent / "pyvenv.cfg"]
    files += sorted(prefix.glob("lib*/python3.*"))
    files += sorted(prefix.glob("lib*/libpython3*.so*"))
    return [str(path) for path in files]


def _loader_files() -> list[str]:
    # Debian keeps the libraries of one machine apart; elsewhere they share lib with the rest.
    split = [path for root in _LIBRARY_ROOTS for path in Path(root).glob("*-linux-gnu*")]
    return [*_LOADER, *(map(str, split) if split else _LIBRARY_ROOTS)]


def _outermost(paths: Iterable[str]) -> list[str]:
    """Drop what lies inside another path; a later mount would hide it, or find it read-only."""
    kept: list[Path] = []
    for path in sorted({Path(path) for path in paths}):
        if not any(path.is_relative_to(outer) for outer in kept):
            kept.append(path)
    return [str(path) for path in kept]
