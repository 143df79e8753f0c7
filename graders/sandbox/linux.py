"""Raw calls to the Linux kernel, for what Python has no function."""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import struct
import sys

from graders.sandbox.syscalls import MACHINES, Machine

_POINTER_BITS = 8 * struct.calcsize("P")


@functools.cache
def machine_name() -> str:
    """Name the processor family as ``uname -m`` does; empty where there is no uname."""
    return os.uname().machine if hasattr(os, "uname") else ""


@functools.cache
def machine() -> Machine | None:
    """Give the call table; ``None`` where none is known or the interpreter is 32-bit."""
    if sys.platform != "linux" or _POINTER_BITS != 64:  # noqa: PLR2004 - bits of the tables
        return None
    return MACHINES.get(machine_name())


@functools.cache
def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    libc.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    return libc


def call(name: str, *arguments: object) -> int:
    """
    Make one system call.

    Integers go as C longs, byte strings as pointers, ``None`` as NULL.

    Raises:
        OSError: The kernel refused, or has no such call; names the call.
    """
    table = machine()
    if table is None:
        raise OSError(errno.ENOSYS, f"{name}: no call table for this machine")
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in arguments]
    result = _libc().syscall(ctypes.c_long(table.numbers[name]), *words)
    return _checked(name, int(result))


def prctl(step: str, option: int, value: int = 0) -> None:
    """Set one property of this process; OSError names ``step``."""
    _checked(step, int(_libc().prctl(option, value, 0, 0, 0)))


def _checked(step: str, result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{step}: {os.strerror(code)}")
    return result
