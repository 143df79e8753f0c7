"""
The kernel jail: a process locks itself down before it runs a learner's code.

The zygote calls ``prepare`` once; each forked worker calls ``apply``, and there is no
way back. Standard library only, because this runs inside the worker. Resource limits
bound what the worker uses up, Landlock what it opens, seccomp what it asks of
the kernel; the last two exist on Linux alone.
"""

from __future__ import annotations

import errno
import os
import struct
import sys
from typing import NamedTuple

from graders.sandbox import landlock, linux, seccomp

try:
    import resource
except ImportError:  # pragma: no cover - Windows has no resource limits
    resource = None  # type: ignore[assignment]

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_CAPABILITY_VERSION_3 = 0x2008_0522
_SIGKILL = 9  # the signal module is slow to import
_MIB = 1 << 20
_LARGEST_STACK_BYTES = 64 * _MIB
# Address space beyond what is mapped and RLIMIT_DATA: libraries loaded later, and for each
# thread an allocator arena that is reserved before it is used.
_SPARE_ADDRESS_BYTES = 256 * _MIB
_THREAD_ADDRESS_BYTES = 144 * _MIB
_UNKNOWN_ADDRESS_BYTES = 2048 * _MIB


class Policy(NamedTuple):
    """
    What a worker may use and see.

    Attributes:
        readable: Files and directories it may read; those that are missing are skipped.
        memory_bytes: Heap and writable mappings, what was loaded before included.
        cpu_seconds: Processor time of the process; it is killed at the end of it.
        output_bytes: Size to which it may write any one file.
        open_files: Number of descriptors.
        threads: Above 0, threads may be started; how many, a watcher outside decides.
    """

    readable: tuple[str, ...]
    memory_bytes: int
    cpu_seconds: int
    output_bytes: int
    open_files: int
    threads: int


class Support(NamedTuple):
    """
    What this machine offers.

    Attributes:
        landlock_abi: Version of Landlock; 0 is none.
        seccomp: Whether system calls can be filtered.
        machine: Processor family, as ``uname -m`` names it.
        reason: Why there is no kernel jail, one sentence; empty where there is one.
    """

    landlock_abi: int
    seccomp: bool
    machine: str
    reason: str


class Prepared(NamedTuple):
    """
    A policy made ready, so that ``apply`` is quick.

    Attributes:
        process: Who prepared it: the worker itself, or the parent that must be alive.
        ruleset_fd: Descriptor of the Landlock rules; -1 without a kernel jail.
        program: The seccomp filter; empty without a kernel jail.
    """

    policy: Policy
    support: Support
    process: int
    ruleset_fd: int
    program: bytes


def probe() -> Support:
    """Find out what this machine offers, changing nothing about the process."""
    name, table = linux.machine_name(), linux.machine()
    if sys.platform != "linux":
        return Support(0, False, name, f"a kernel jail needs Linux; this is {sys.platform}.")
    if table is None:
        where = name or "an unknown machine"
        reason = f"there is no system-call table for this Python, on {where}."
        return Support(0, False, name, reason)
    abi, filters = landlock.abi(), seccomp.is_available()
    reason = ""
    if not filters:
        reason = "this kernel, or the container around us, does not allow seccomp filters."
    elif not abi:
        reason = "this kernel, or the container around us, does not offer Landlock."
    return Support(abi, filters, name, reason)


def prepare(policy: Policy) -> Prepared:
    """
    Build what ``apply`` needs; on a machine without a kernel jail, the limits alone.

    Raises:
        OSError: A path of the policy cannot be opened, or the kernel refused a rule.
    """
    support, table = probe(), linux.machine()
    if support.reason or table is None:
        return Prepared(policy, support, os.getpid(), -1, b"")
    return Prepared(
        policy=policy,
        support=support,
        process=os.getpid(),
        ruleset_fd=landlock.ruleset(policy.readable, version=support.landlock_abi),
        program=seccomp.program(table, threads=policy.threads > 0),
    )


def apply(prepared: Prepared, *, kernel: bool) -> None:
    """
    Lock the calling process down, for good.

    It must have a single thread: what the kernel takes away it takes from the caller.

    Args:
        prepared: From ``prepare``, in this process or its parent.
        kernel: Whether to put up the kernel jail; else only the resource limits
            that this machine has.

    Raises:
        OSError: A step failed, and is named; the process must not run anything then.
    """
    if kernel and not prepared.program:
        raise OSError(errno.ENOSYS, f"lockdown: {prepared.support.reason}")
    for name, value in _limits(prepared.policy, kernel=kernel).items():
        _limit(name, value, strict=kernel)
    if kernel:
        _close_the_jail(prepared)


def _limits(policy: Policy, *, kernel: bool) -> dict[str, int]:
    limits = {
        "RLIMIT_CORE": 0,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_STACK": _LARGEST_STACK_BYTES,
        "RLIMIT_CPU": policy.cpu_seconds,
        "RLIMIT_FSIZE": policy.output_bytes,
        "RLIMIT_NOFILE": policy.open_files,
        "RLIMIT_DATA": policy.memory_bytes,
    }
    if policy.threads == 0:
        limits["RLIMIT_NPROC"] = 0  # does not bind root: seccomp refuses clone as well
    if kernel:
        # RLIMIT_DATA forgets a page that is filled and then made read-only.
        limits["RLIMIT_AS"] = _address_bytes(policy)
    return limits


def _address_bytes(policy: Policy) -> int:
    try:
        with open("/proc/self/statm", "rb") as statm:  # noqa: PTH123 - pathlib is slow to import
            pages = int(statm.read().split()[0])
        mapped = pages * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # a jail around us has no /proc
        mapped = _UNKNOWN_ADDRESS_BYTES
    spare = _SPARE_ADDRESS_BYTES + policy.threads * _THREAD_ADDRESS_BYTES
    return mapped + policy.memory_bytes + spare


def _limit(name: str, value: int, *, strict: bool) -> None:
    kind = getattr(resource, name, None)
    if kind is None:
        return
    try:
        soft, hard = resource.getrlimit(kind)
        bounds = [value, *(old for old in (soft, hard) if old != resource.RLIM_INFINITY)]
        resource.setrlimit(kind, (min(bounds), min(bounds)))
    except (OSError, ValueError) as error:
        if strict:
            code = error.errno if isinstance(error, OSError) and error.errno else errno.EINVAL
            raise OSError(code, f"{name}: {error}") from error


def _close_the_jail(prepared: Prepared) -> None:
    capabilities = struct.pack("=II", _CAPABILITY_VERSION_3, 0), bytes(24)
    linux.call("capset", *capabilities)
    linux.prctl("PR_SET_PDEATHSIG", _PR_SET_PDEATHSIG, _SIGKILL)
    # A parent that died before the line above sends nothing. It is 0 in a new pid namespace.
    if os.getpid() != prepared.process and os.getppid() not in (prepared.process, 0):
        raise OSError(errno.ESRCH, "PR_SET_PDEATHSIG: the process that started this one is gone")
    linux.prctl("PR_SET_DUMPABLE", _PR_SET_DUMPABLE, 0)
    linux.prctl("PR_SET_NO_NEW_PRIVS", _PR_SET_NO_NEW_PRIVS, 1)
    landlock.restrict_self(prepared.ruleset_fd, version=prepared.support.landlock_abi)
    os.close(prepared.ruleset_fd)
    seccomp.install(prepared.program)
