"""Look this machine over: what works, what does not, and how to repair it."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import sys
import time
from typing import NamedTuple

from graders.errors import CannotGrade
from graders.model.limits import Limits
from graders.sandbox import bubblewrap, lockdown
from graders.sandbox.jail import Jail, Order, Strictness, Tier, choose_tier
from graders.sandbox.link import Budget, Stopped
from graders.sandbox.peer import Peer, Settings
from graders.sandbox.proxy import Proxies, Solution

_PACKAGES = (
    "click",
    "jinja2",
    "msgspec",
    "numpy",
    "pytest",
    "pytest-json-report",
    "pytest-timeout",
)
_PROBES = """
import os

def answers():
    return 42

def reads_a_file():
    return open(os.path.abspath(os.sep) + "etc/hostname").read()

def opens_a_socket():
    import socket
    return socket.socket().fileno()

def starts_a_process():
    return os.fork()

def sees_the_environment():
    return os.environ.get("HOME") or os.environ.get("PATH")
"""

_REFUSED = ("reads_a_file", "opens_a_socket", "starts_a_process", "sees_the_environment")


class Finding(NamedTuple):
    """One thing looked at: whether it is well, what was seen, how to repair it."""

    name: str
    ok: bool
    text: str
    fix: str = ""


def diagnose() -> list[Finding]:
    """Give the findings; the sandbox is tried, not only looked up."""
    return [_python(), _packages(), *_kernel(), *_sandbox(), _git()]


def _python() -> Finding:
    ok = sys.version_info >= (3, 11)
    text = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    return Finding("python", ok, text, "" if ok else "install Python 3.11 or newer")


def _packages() -> Finding:
    missing = []
    for name in _PACKAGES:
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return Finding("packages", False, f"missing: {', '.join(missing)}", "make demo")
    return Finding("packages", True, f"{len(_PACKAGES)} of {len(_PACKAGES)} installed")


def _kernel() -> list[Finding]:
    support = lockdown.probe()
    fix = "" if not support.reason else "use Linux 5.13 or newer, or a container that allows it"
    filters = "yes" if support.seccomp else "no"
    kernel = f"Landlock {support.landlock_abi or 'missing'}, seccomp {filters}"
    bwrap = "works" if bubblewrap.works() else "not here, and not needed"
    return [
        Finding("kernel", not support.reason, support.reason or kernel, fix),
        Finding("bubblewrap", True, bwrap),
    ]


def _sandbox() -> list[Finding]:
    try:
        tier = choose_tier(Strictness.AUTO)
        return [_in_force(tier), *_try_out(tier)]
    except CannotGrade as error:
        return [Finding("sandbox", False, error.what, error.fix)]


def _in_force(tier: Tier) -> Finding:
    text = f"in force: tier {tier.letter}, {tier.name}"
    if tier.kernel:
        return Finding("sandbox", True, text)
    return Finding(
        "sandbox",
        False,
        f"{text}; files, environment and network are not protected",
        "grade where the kernel can jail; feedback here is for you alone",
    )


def _try_out(tier: Tier) -> list[Finding]:
    limits = Limits()
    started = time.monotonic()
    with Jail(Order(limits=limits), tier) as jail:
        peer = Peer(jail, Budget(limits), Settings(source=_PROBES), proxies=Proxies())
        solution = Solution(peer)
        findings = []
        try:
            answered = solution.answers() == 42  # noqa: PLR2004 - what the probe returns
            took = f"{(time.monotonic() - started) * 1000:.0f} ms"
            findings.append(Finding("worker", answered, f"answers, {took} after the start"))
            if tier.kernel:
                names = (
                    "reads_a_file",
                    "opens_a_socket",
                    "starts_a_process",
                    "sees_the_environment",
                )
                findings += [_refused(solution, name) for name in names]
        except Stopped as stopped:
            fix = "kata --verbose doctor"
            findings.append(Finding("worker", False, f"no answer: {stopped}", fix))
        finally:
            peer.link.close()
    return findings


def _refused(solution: Solution, name: str) -> Finding:
    words = name.replace("_", " ")
    try:
        value = getattr(solution, name)()
    except (OSError, Stopped):
        return Finding("refused", True, words)
    if value is None:
        return Finding("refused", True, words)
    return Finding("refused", False, f"a worker {words}", "do not grade strangers' code here")


def _git() -> Finding:
    found = shutil.which("git") is not None
    return Finding("git", found, "found" if found else "missing", "" if found else "install git")
