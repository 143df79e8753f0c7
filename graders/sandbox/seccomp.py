"""
The worker's system-call filter, as a classic BPF program.

The kernel runs the program with the call's ``struct seccomp_data``: number, machine,
instruction pointer, six arguments. A binary search over the call numbers keeps
it near seven jumps a call, and quick to install.
"""

from __future__ import annotations

import ctypes
import errno
import struct
from typing import NamedTuple

from graders.sandbox import linux
from graders.sandbox.syscalls import ALL_BITS, ALLOWED, REFUSED_WITH, Condition, Machine, conditions

ALLOW = 0x7FFF_0000
KILL_PROCESS = 0x8000_0000
ERRNO = 0x0005_0000

_LOAD, _AND, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
_NUMBER_OFFSET, _MACHINE_OFFSET, _ARGUMENTS_OFFSET = 0, 4, 16
_FARTHEST_JUMP = 255
_INSTRUCTION_BYTES = 8
_SET_MODE_FILTER, _GET_ACTION_AVAILABLE = 1, 2


class _Line(NamedTuple):
    """One instruction; a jump without a target goes on with the next line."""

    code: int
    value: int
    yes: str = ""
    no: str = ""
    label: str = ""


class _Stretch(NamedTuple):
    """Call numbers from ``start`` to the next stretch that go to one label."""

    start: int
    label: str


def is_available() -> bool:
    """Tell whether this kernel takes filters, without installing one."""
    try:
        linux.call("seccomp", _GET_ACTION_AVAILABLE, 0, struct.pack("=I", KILL_PROCESS))
    except OSError:
        return False
    return True


def install(code: bytes) -> None:
    """Put the calling thread under the filter for good; needs no_new_privs."""
    instructions = ctypes.create_string_buffer(code, len(code))
    place = ctypes.addressof(instructions)
    linux.call(
        "seccomp", _SET_MODE_FILTER, 0, struct.pack("HP", len(code) // _INSTRUCTION_BYTES, place)
    )


def program(machine: Machine, *, threads: bool) -> bytes:
    """
    Build the filter: an array of ``struct sock_filter`` in host order.

    A call for another machine kills the process. A call outside the table, and on
    x86_64 every number of the x32 table (bit 30), gives EPERM.

    Args:
        machine: Whose call numbers.
        threads: Whether ``clone`` may make a thread.
    """
    rules = conditions(machine, threads=threads)
    lines = [
        _Line(_LOAD, _MACHINE_OFFSET),
        _Line(_EQUAL, machine.audit, yes="number", no="kill"),
        _Line(_LOAD, _NUMBER_OFFSET, label="number"),
    ]
    _search(lines, _stretches(machine, rules), label="search")
    for name in sorted(rules.keys() & machine.numbers.keys()):
        _check(lines, name, rules[name])
    lines += [_Line(_RETURN, ERRNO | code, label=name) for name, code in REFUSED_WITH.items()]
    lines += [
        _Line(_RETURN, KILL_PROCESS, label="kill"),
        _Line(_RETURN, ERRNO | errno.EPERM, label="refuse"),
        _Line(_RETURN, ALLOW, label="allow"),
    ]
    return _assemble(lines)


def _stretches(machine: Machine, rules: dict[str, tuple[Condition, ...]]) -> list[_Stretch]:
    labels = {}
    for name, number in machine.numbers.items():
        if name in rules or name in REFUSED_WITH:
            labels[number] = name
        elif name in ALLOWED:
            labels[number] = "allow"
    stretches = [_Stretch(0, labels.get(0, "refuse"))]
    for number in range(1, max(labels) + 2):
        label = labels.get(number, "refuse")
        if label != stretches[-1].label:
            stretches.append(_Stretch(number, label))
    return stretches


def _search(lines: list[_Line], stretches: list[_Stretch], *, label: str) -> None:
    half = len(stretches) // 2
    low, high = stretches[:half], stretches[half:]
    targets = [
        part[0].label if len(part) == 1 else f"from {part[0].start} to {part[-1].start}"
        for part in (low, high)
    ]
    lines.append(_Line(_AT_LEAST, high[0].start, yes=targets[1], no=targets[0], label=label))
    for part, target in zip((low, high), targets, strict=True):
        if len(part) > 1:
            _search(lines, part, label=target)


def _check(lines: list[_Line], name: str, rule: tuple[Condition, ...]) -> None:
    label = name
    for index, condition in enumerate(rule, start=1):
        passed = "allow" if index == len(rule) else f"{name} {index}"
        _compare(lines, condition, label=label, passed=passed)
        label = passed


def _compare(lines: list[_Line], condition: Condition, *, label: str, passed: str) -> None:
    low_word = _ARGUMENTS_OFFSET + 8 * condition.argument
    here = label
    if condition.wide:
        here = f"{label} low"
        lines.append(_Line(_LOAD, low_word + 4, label=label))
        lines.append(_Line(_EQUAL, 0, yes=here, no="refuse"))
    lines.append(_Line(_LOAD, low_word, label=here))
    if condition.mask != ALL_BITS:
        lines.append(_Line(_AND, condition.mask))
    *others, last = condition.values
    lines += [_Line(_EQUAL, value, yes=passed) for value in others]
    lines.append(_Line(_EQUAL, last, yes=passed, no="refuse"))


def _assemble(lines: list[_Line]) -> bytes:
    places = {line.label: place for place, line in enumerate(lines) if line.label}
    code = bytearray()
    for place, line in enumerate(lines):
        jumps = [places[target] - place - 1 if target else 0 for target in (line.yes, line.no)]
        if not all(0 <= jump <= _FARTHEST_JUMP for jump in jumps):
            message = f"a jump of the filter is out of reach: {line}"
            raise ValueError(message)
        code += struct.pack("=HBBI", line.code, *jumps, line.value)
    return bytes(code)
