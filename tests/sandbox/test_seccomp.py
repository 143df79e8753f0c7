"""The filter program, run by an interpreter of classic BPF written here."""

import errno
import functools
import re
import struct
from pathlib import Path

import pytest

from graders.sandbox.seccomp import ALLOW, ERRNO, KILL_PROCESS, program
from graders.sandbox.syscalls import ALLOWED, MACHINES, REFUSED_WITH, conditions

EPERM = ERRNO | errno.EPERM
X86, ARM = MACHINES["x86_64"], MACHINES["aarch64"]
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}
THREAD_FLAGS = 0x3D0F00
# What the architectures do not share: octal, from each one's fcntl.h.
O_DIRECTORY = {"x86_64": 0o200000, "aarch64": 0o40000}
O_NOFOLLOW = {"x86_64": 0o400000, "aarch64": 0o100000}


def run(code, data):
    """Interpret a filter; gives what it returns."""
    accumulator, place = 0, 0
    while True:
        operation, yes, no, value = struct.unpack_from("=HBBI", code, 8 * place)
        place += 1
        if operation == 0x06:
            return value
        if operation == 0x20:
            (accumulator,) = struct.unpack_from("=I", data, value)
        elif operation == 0x54:
            accumulator &= value
        elif operation in (0x15, 0x35):
            holds = accumulator == value if operation == 0x15 else accumulator >= value
            place += yes if holds else no
        else:
            raise AssertionError(f"unknown instruction {operation:#x}")


def decide(machine, number, *arguments, threads=False):
    words = [*arguments, *[0] * (6 - len(arguments))]
    words = [word & (1 << 64) - 1 for word in words]
    data = struct.pack("=IIQ6Q", number, machine.audit, 0, *words)
    return run(built(machine.audit, threads), data)


@functools.cache
def built(audit, threads):
    (machine,) = [machine for machine in MACHINES.values() if machine.audit == audit]
    return program(machine, threads=threads)


def written_numbers(header):
    """Read call names and numbers from a C header, without the generic one's prefixes."""
    found = re.findall(r"#define __NR(?:3264)?_(\w+) (\d+)", header.read_text())
    numbers = {name: int(number) for name, number in found}
    return {**numbers, "newfstatat": numbers.get("newfstatat", numbers.get("fstatat"))}


@pytest.mark.parametrize("name", MACHINES)
def test_every_call_number_is_the_one_of_the_kernel_headers(name):
    if not HEADERS[name].exists():
        pytest.skip("the kernel's headers are not installed")
    header = written_numbers(HEADERS[name])

    wrong = {
        call: number
        for call, number in MACHINES[name].numbers.items()
        if header.get(call) != number
    }

    assert wrong == {}


@pytest.mark.parametrize("name", MACHINES)
def test_every_call_that_a_machine_has_and_the_list_allows_is_numbered(name):
    if not HEADERS[name].exists():
        pytest.skip("the kernel's headers are not installed")
    wanted = ALLOWED | REFUSED_WITH.keys() | conditions(MACHINES[name], threads=True).keys()

    forgotten = wanted & written_numbers(HEADERS[name]).keys() - MACHINES[name].numbers.keys()

    assert forgotten == set()


@pytest.mark.parametrize("threads", [False, True], ids=["alone", "with threads"])
@pytest.mark.parametrize("name", MACHINES)
def test_the_program_decides_every_number_as_the_tables_say(name, threads):
    machine = MACHINES[name]
    names = {number: call for call, number in machine.numbers.items()}
    refused = {call: ERRNO | code for call, code in REFUSED_WITH.items()}
    allowed = dict.fromkeys(ALLOWED, ALLOW)
    # All-ones arguments pass no test of an argument, and matter to no other call.
    hostile = [(1 << 64) - 1] * 6

    decisions = {
        number: decide(machine, number, *hostile, threads=threads) for number in range(461)
    }

    table = {**allowed, **refused}
    assert decisions == {number: table.get(names.get(number), EPERM) for number in range(461)}


@pytest.mark.parametrize("name", MACHINES)
def test_every_jump_of_the_program_lands_inside_it_and_the_last_line_returns(name):
    code = program(MACHINES[name], threads=True)
    lines = list(struct.iter_unpack("=HBBI", code))

    outside = [
        place
        for place, (_, yes, no, _) in enumerate(lines)
        if place + 1 + max(yes, no) >= len(lines) and lines[place][0] != 0x06
    ]

    assert outside == []
    assert lines[-1][0] == 0x06
    assert len(lines) < 256


@pytest.mark.parametrize(("machine", "audit"), [(X86, 0x40000003), (ARM, 0x40000028), (X86, 0)])
def test_a_call_of_another_machine_kills_the_process(machine, audit):
    code = program(machine, threads=False)

    decision = run(code, struct.pack("=IIQ6Q", 1, audit, 0, *[0] * 6))

    assert decision == KILL_PROCESS


@pytest.mark.parametrize("number", [0x40000000, 0x40000001, 0x400000E7, 0xFFFFFFFF])
def test_a_number_of_the_x32_table_is_refused(number):
    assert decide(X86, number) == EPERM


@pytest.mark.parametrize("name", MACHINES)
@pytest.mark.parametrize(
    ("what", "flags", "decision"),
    [
        ("to read", 0, ALLOW),
        ("to read, closed on exec", 0o2000000, ALLOW),
        ("to write", 0o1, EPERM),
        ("to read and write", 0o2, EPERM),
        ("with no access mode", 0o3, EPERM),
        ("to create", 0o100, EPERM),
        ("to truncate", 0o1000, EPERM),
        ("to append", 0o2000, EPERM),
        ("as a path only", 0o10000000, EPERM),
        ("as a nameless file", 0o20000000, EPERM),
        ("with a signal to the owner", 0o20000, EPERM),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_may_be_opened_to_be_read_and_no_otherwise(name, what, flags, decision):
    machine = MACHINES[name]

    assert decide(machine, machine.numbers["openat"], 0, 0, flags) == decision
    if "open" in machine.numbers:
        assert decide(machine, machine.numbers["open"], 0, flags) == decision


@pytest.mark.parametrize("name", MACHINES)
def test_a_directory_may_be_opened_with_the_bits_of_its_own_machine(name):
    machine = MACHINES[name]
    flags = O_DIRECTORY[name] | O_NOFOLLOW[name] | 0o2000000

    assert decide(machine, machine.numbers["openat"], 0, 0, flags) == ALLOW


@pytest.mark.parametrize("name", MACHINES)
@pytest.mark.parametrize(
    ("what", "flags", "decision"),
    [
        ("private", 0x02, ALLOW),
        ("private anonymous", 0x22, ALLOW),
        ("a thread's stack", 0x20022, ALLOW),
        ("an arena", 0x4022, ALLOW),
        ("a library's segment", 0x812, ALLOW),
        ("shared", 0x01, EPERM),
        ("shared anonymous", 0x21, EPERM),
        ("shared, validated", 0x03, EPERM),
        ("droppable", 0x28, EPERM),
        ("growing down", 0x122, EPERM),
        ("locked", 0x2022, EPERM),
        ("huge pages", 0x40022, EPERM),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_memory_is_mapped_only_where_the_limit_counts_it(name, what, flags, decision):
    machine = MACHINES[name]

    assert decide(machine, machine.numbers["mmap"], 0, 4096, 3, flags) == decision


@pytest.mark.parametrize("name", MACHINES)
@pytest.mark.parametrize(
    ("what", "flags", "decision"),
    [
        ("as pthread_create does", THREAD_FLAGS, ALLOW),
        ("as musl does", THREAD_FLAGS | 0x400000, ALLOW),
        ("as fork does", 0x1200011, EPERM),
        ("as vfork does", 0x4111, EPERM),
        ("in a new user namespace", THREAD_FLAGS | 0x10000000, EPERM),
        ("in a new network", THREAD_FLAGS | 0x40000000, EPERM),
        ("traced", THREAD_FLAGS | 0x2000, EPERM),
        ("without CLONE_THREAD", THREAD_FLAGS & ~0x10000, EPERM),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_clone_makes_threads_only_and_only_where_they_are_allowed(name, what, flags, decision):
    machine = MACHINES[name]
    number = machine.numbers["clone"]

    assert decide(machine, number, flags, threads=True) == decision
    assert decide(machine, number, flags, threads=False) == EPERM


@pytest.mark.parametrize("name", MACHINES)
def test_limits_can_be_read_and_never_set(name):
    machine = MACHINES[name]
    number = machine.numbers["prlimit64"]

    assert decide(machine, number, 0, 7, 0, 0x7F0000001000) == ALLOW
    assert decide(machine, number, 0, 7, 0x1000, 0) == EPERM
    assert decide(machine, number, 0, 7, 0x7F00_0000_0000, 0) == EPERM
    assert decide(machine, number, 4321, 7, 0, 0x1000) == EPERM


@pytest.mark.parametrize("name", MACHINES)
def test_descriptor_flags_are_all_that_fcntl_changes(name):
    machine = MACHINES[name]
    number = machine.numbers["fcntl"]

    allowed = [command for command in range(1100) if decide(machine, number, 3, command) == ALLOW]

    assert allowed == [1, 2, 3]


@pytest.mark.parametrize("name", MACHINES)
def test_advice_on_memory_never_poisons_pages_of_the_host(name):
    machine = MACHINES[name]
    number = machine.numbers["madvise"]

    allowed = [advice for advice in range(128) if decide(machine, number, 0, 0, advice) == ALLOW]

    assert allowed == [4, 8, 14, 15]
