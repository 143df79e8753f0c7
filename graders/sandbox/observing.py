"""What the kernel says of another process: its time, its memory, its threads."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path

_CPU_CLOCK = 2  # of a process, by its number: clock_getcpuclockid(3)
_KIB = 1024


def cpu_seconds(pid: int) -> float | None:
    """Give the processor time of a process, ``None`` where it cannot be had."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            return time.clock_gettime((~pid << 3) | _CPU_CLOCK)
    return None


def peak_bytes(pid: int) -> int:
    """Give the most memory a process ever held, 0 where the system does not say."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * _KIB
    return 0


def threads(pid: int) -> int:
    """Give the number of threads of a process, 0 where the system does not say."""
    with contextlib.suppress(OSError):
        return len(os.listdir(f"/proc/{pid}/task"))  # noqa: PTH208 - pathlib would make objects
    return 0


def pid_behind(pidfd: int, *, inner: bool = False) -> int:
    """Give the process behind a pidfd, numbered as here or as in its own namespace; else 0."""
    field = "NSpid:" if inner else "Pid:"
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines():
            if line.startswith(field):
                return int(line.split()[-1])
    return 0
