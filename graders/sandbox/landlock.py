"""
Landlock: which files a worker may open.

A ruleset names every right that the running kernel can take away, and gives back
reading beneath some paths. Constants are from ``linux/landlock.h``.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterable

from graders.sandbox import linux

_QUERY_VERSION = 1
_PATH_BENEATH = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_LOG_NOTHING = 1  # LANDLOCK_RESTRICT_SELF_LOG_SAME_EXEC_OFF: no flooding of the audit log

# Rights over files known to ABI 1, 2 (refer), 3 (truncate), 4, 5 (ioctl on devices).
_FILE_RIGHTS_BY_ABI = (13, 14, 15, 15, 16)
_NETWORK_ABI, _SCOPE_ABI, _LOG_ABI = 4, 6, 7
_BIND_AND_CONNECT_TCP = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11


def abi() -> int:
    """Give the version of Landlock that runs here; 0 where there is none."""
    if linux.machine() is None:
        return 0
    try:
        return linux.call("landlock_create_ruleset", None, 0, _QUERY_VERSION)
    except OSError:
        return 0


def ruleset(readable: Iterable[str], *, version: int) -> int:
    """
    Build a ruleset; give its descriptor, which closes on exec.

    Args:
        readable: Files and directories; a path that does not exist is skipped.
        version: The ABI, at least 1; a newer one than known is used as the newest known.

    Raises:
        OSError: Naming the call that failed.
    """
    attributes = _attributes(version)
    descriptor = linux.call("landlock_create_ruleset", attributes, len(attributes), 0)
    for path in readable:
        _give(descriptor, path)
    return descriptor


def restrict_self(descriptor: int, *, version: int) -> None:
    """Put the calling thread under the ruleset for good; needs no_new_privs."""
    flags = _LOG_NOTHING if version >= _LOG_ABI else 0
    linux.call("landlock_restrict_self", descriptor, flags)


def _attributes(version: int) -> bytes:
    rights = _FILE_RIGHTS_BY_ABI[min(version, len(_FILE_RIGHTS_BY_ABI)) - 1]
    words = [(1 << rights) - 1]
    if version >= _NETWORK_ABI:
        words.append(_BIND_AND_CONNECT_TCP)
    if version >= _SCOPE_ABI:
        words.append(_ABSTRACT_SOCKETS_AND_SIGNALS)
    return struct.pack(f"={len(words)}Q", *words)


def _give(descriptor: int, path: str) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return
    try:
        is_directory = stat.S_ISDIR(os.fstat(place).st_mode)
        rights = _READ_FILE | _READ_DIR if is_directory else _READ_FILE
        rule = struct.pack("=Qi", rights, place)
        linux.call("landlock_add_rule", descriptor, _PATH_BENEATH, rule, 0)
    finally:
        os.close(place)
