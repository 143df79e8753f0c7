"""
What a worker may ask of the kernel: names, numbers, and conditions.

An allow-list: a call that is not named here does not exist for a worker. Numbers
are from ``asm/unistd_64.h`` (x86_64) and ``asm-generic/unistd.h`` (aarch64); a
machine that lacks a name, as aarch64 lacks ``open``, simply does not list it.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from typing import Final, NamedTuple


class Condition(NamedTuple):
    """
    A call may pass when ``argument & mask`` is one of ``values``.

    Attributes:
        argument: Position, from 0. The kernel reads only the low 32 bits of
            flags and commands, and so does the filter.
        mask: Bits that are looked at.
        values: What they may be.
        wide: The high 32 bits must be 0 as well, as for a pointer that is NULL.
    """

    argument: int
    mask: int
    values: tuple[int, ...]
    wide: bool = False


class Machine(NamedTuple):
    """
    One processor family.

    Attributes:
        audit: What the kernel calls it (``AUDIT_ARCH_*``).
        numbers: Call name to call number.
        open_flags: ``O_*`` bits that only read: O_NOCTTY, O_NONBLOCK, O_LARGEFILE,
            O_DIRECTORY, O_NOFOLLOW and O_CLOEXEC.
    """

    audit: int
    numbers: Mapping[str, int]
    open_flags: int


ALL_BITS: Final = 0xFFFF_FFFF

_ALLOWED_BY_PURPOSE: Final[Mapping[str, str]] = {
    "descriptors that are open already": """
        read write readv writev pread64 pwrite64 preadv preadv2 pwritev pwritev2 lseek close
        poll ppoll select pselect6""",
    "looking at files; Landlock decides which may be read": """
        stat fstat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat getcwd
        getdents getdents64""",
    "memory; mmap and madvise have conditions": """
        mprotect munmap mremap brk""",
    "time and chance": """
        time gettimeofday clock_gettime clock_getres clock_nanosleep nanosleep getrandom""",
    "threads of this process, and how it takes signals": """
        futex set_robust_list get_robust_list rseq membarrier sched_yield sched_getaffinity getcpu
        rt_sigaction rt_sigprocmask rt_sigpending rt_sigreturn sigaltstack restart_syscall""",
    "who and where it is": """
        getpid gettid getppid getpgid getpgrp getsid getuid geteuid getgid getegid getresuid
        getresgid getgroups getrlimit getrusage times sysinfo uname""",
    "the end": """
        exit exit_group""",
}
ALLOWED: Final = frozenset(" ".join(_ALLOWED_BY_PURPOSE.values()).split())

REFUSED_WITH: Final[Mapping[str, int]] = {
    # Python asks each file whether it is a terminal and expects this answer.
    "ioctl": errno.ENOTTY,
    # Its flags lie behind a pointer, out of a filter's sight; libc then takes clone.
    "clone3": errno.ENOSYS,
}

_MAP_PRIVATE = 0x02
# MAP_32BIT, FIXED, ANONYMOUS, DENYWRITE, EXECUTABLE, NORESERVE, POPULATE, NONBLOCK, STACK,
# FIXED_NOREPLACE. Left out: what RLIMIT_DATA does not count (SHARED, DROPPABLE, GROWSDOWN)
# and what takes pages that cannot be swapped (LOCKED, HUGETLB).
_MAP_FLAGS = 0x40 | 0x10 | 0x20 | 0x800 | 0x1000 | 0x4000 | 0x8000 | 0x1_0000 | 0x2_0000 | 0x10_0000
# DONTNEED, FREE, HUGEPAGE, NOHUGEPAGE; HWPOISON (100) takes memory from the host for good.
_ADVICE = (4, 8, 14, 15)
_F_GETFD, _F_SETFD, _F_GETFL = 1, 2, 3
# VM, FS, FILES, SIGHAND, THREAD, SYSVSEM, SETTLS, PARENT_SETTID, CHILD_CLEARTID: pthread_create's
# very words. musl adds DETACHED, which Linux ignores.
_THREAD_FLAGS = 0x003D_0F00
_CLONE_DETACHED = 0x0040_0000


def conditions(machine: Machine, *, threads: bool) -> dict[str, tuple[Condition, ...]]:
    """Give the calls that depend on their arguments; all conditions must hold."""
    reading = ALL_BITS & ~machine.open_flags
    rules = {
        "open": (Condition(1, reading, (0,)),),
        "openat": (Condition(2, reading, (0,)),),
        "mmap": (Condition(3, ALL_BITS & ~_MAP_FLAGS, (_MAP_PRIVATE,)),),
        "madvise": (Condition(2, ALL_BITS, _ADVICE),),
        "fcntl": (Condition(1, ALL_BITS, (_F_GETFD, _F_SETFD, _F_GETFL)),),
        # its own limits only, and only to read them
        "prlimit64": (Condition(0, ALL_BITS, (0,)), Condition(2, ALL_BITS, (0,), wide=True)),
    }
    if threads:
        rules["clone"] = (Condition(0, ALL_BITS & ~_CLONE_DETACHED, (_THREAD_FLAGS,)),)
    return rules


def _numbers(text: str) -> dict[str, int]:
    words = text.split()
    return dict(zip(words[::2], map(int, words[1::2]), strict=True))


MACHINES: Final[Mapping[str, Machine]] = {
    "x86_64": Machine(
        audit=0xC000_003E,
        open_flags=0o400 | 0o4000 | 0o100000 | 0o200000 | 0o400000 | 0o2000000,
        numbers=_numbers("""
            read 0 write 1 open 2 close 3 stat 4 fstat 5 lstat 6 poll 7 lseek 8 mmap 9 mprotect 10
            munmap 11 brk 12 rt_sigaction 13 rt_sigprocmask 14 rt_sigreturn 15 ioctl 16 pread64 17
            pwrite64 18 readv 19 writev 20 access 21 select 23 sched_yield 24 mremap 25 madvise 28
            nanosleep 35 getpid 39 clone 56 exit 60 uname 63 fcntl 72 getdents 78 getcwd 79
            readlink 89 gettimeofday 96 getrlimit 97 getrusage 98 sysinfo 99 times 100 getuid 102
            getgid 104 geteuid 107 getegid 108 getppid 110 getpgrp 111 getgroups 115 getresuid 118
            getresgid 120 getpgid 121 getsid 124 capset 126 rt_sigpending 127 sigaltstack 131
            gettid 186 time 201 futex 202 sched_getaffinity 204 getdents64 217 restart_syscall 219
            clock_gettime 228 clock_getres 229 clock_nanosleep 230 exit_group 231 openat 257
            newfstatat 262 readlinkat 267 faccessat 269 pselect6 270 ppoll 271 set_robust_list 273
            get_robust_list 274 preadv 295 pwritev 296 prlimit64 302 getcpu 309 seccomp 317
            getrandom 318 membarrier 324 preadv2 327 pwritev2 328 statx 332 rseq 334 clone3 435
            faccessat2 439 landlock_create_ruleset 444 landlock_add_rule 445
            landlock_restrict_self 446
        """),
    ),
    "aarch64": Machine(
        audit=0xC000_00B7,
        open_flags=0o400 | 0o4000 | 0o400000 | 0o40000 | 0o100000 | 0o2000000,
        numbers=_numbers("""
            getcwd 17 fcntl 25 ioctl 29 faccessat 48 openat 56 close 57 getdents64 61 lseek 62
            read 63 write 64 readv 65 writev 66 pread64 67 pwrite64 68 preadv 69 pwritev 70
            pselect6 72 ppoll 73 readlinkat 78 newfstatat 79 fstat 80 capset 91 exit 93
            exit_group 94 futex 98 set_robust_list 99 get_robust_list 100 nanosleep 101
            clock_gettime 113 clock_getres 114 clock_nanosleep 115 sched_getaffinity 123
            sched_yield 124 restart_syscall 128 sigaltstack 132 rt_sigaction 134
            rt_sigprocmask 135 rt_sigpending 136 rt_sigreturn 139 getresuid 148 getresgid 150
            times 153 getpgid 155 getsid 156 getgroups 158 uname 160 getrlimit 163 getrusage 165
            getcpu 168 gettimeofday 169 getpid 172 getppid 173 getuid 174 geteuid 175 getgid 176
            getegid 177 gettid 178 sysinfo 179 brk 214 munmap 215 mremap 216 clone 220 mmap 222
            mprotect 226 madvise 233 prlimit64 261 seccomp 277 getrandom 278 membarrier 283
            preadv2 286 pwritev2 287 statx 291 rseq 293 clone3 435 faccessat2 439
            landlock_create_ruleset 444 landlock_add_rule 445 landlock_restrict_self 446
        """),
    ),
}
