"""What a process asks of the kernel to lock itself down, told to a kernel that only listens."""

import ctypes
import errno
import os
import resource
import struct
import sys
from pathlib import Path

import pytest
from probing import POLICY, SUPPORT, on_linux

from graders.sandbox import landlock, linux, lockdown, observing, seccomp
from graders.sandbox.syscalls import MACHINES

RULESET = "anon_inode:[landlock-ruleset]"
NO_NEW_PRIVS = ("prctl", 38)
# Bits of Landlock's rights by version: files; then the network from 4, scopes from 6 on.
WORDS = {1: [13], 2: [14], 3: [15], 4: [15, 2], 5: [16, 2], 6: [16, 2, 2], 9: [16, 2, 2]}


class FakeKernel:
    """A C library whose calls are noted, and refused where a test says so."""

    def __init__(self, refuses=()):
        self.asked = []
        self.refuses = refuses
        self.names = {number: name for name, number in linux.machine().numbers.items()}

    def syscall(self, number, *words):
        name = self.names[number.value]
        self.asked.append((name, *[getattr(word, "value", word) for word in words]))
        return self._answer(name)

    def prctl(self, option, value, *_):
        self.asked.append(("prctl", option, value))
        return self._answer("prctl")

    def _answer(self, name):
        ctypes.set_errno(errno.EPERM)
        return -1 if name in self.refuses else 3


@pytest.fixture
def listening(monkeypatch):
    """Give a function that puts a kernel of a test below the calls."""

    def listening(**options):
        kernel = FakeKernel(**options)
        monkeypatch.setattr(linux, "_libc", lambda: kernel)
        return kernel

    return listening


@pytest.fixture
def prepared():
    """Give a policy made ready, with a descriptor that may be closed."""
    support = lockdown.Support(7, seccomp=True, machine="x86_64", reason="")
    program = seccomp.program(MACHINES["x86_64"], threads=False)
    return lockdown.Prepared(
        POLICY, support, os.getpid(), os.open("/dev/null", os.O_RDONLY), program
    )


@pytest.fixture
def limits(monkeypatch):
    """Give what limits were set, with nothing set in truth."""
    told = {}
    names = {getattr(resource, name): name for name in dir(resource) if name.startswith("RLIMIT_")}
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1 << 40, resource.RLIM_INFINITY))
    monkeypatch.setattr(
        resource, "setrlimit", lambda kind, pair: told.__setitem__(names[kind], pair)
    )
    return told


@on_linux
def test_the_filter_comes_last_and_only_to_who_can_gain_no_rights(listening, prepared, limits):
    kernel = listening()

    lockdown.apply(prepared, kernel=True)

    steps = [asked[:2] if asked[0] == "prctl" else asked[0] for asked in kernel.asked]
    assert steps == [
        "capset",
        ("prctl", 1),
        ("prctl", 4),
        NO_NEW_PRIVS,
        "landlock_restrict_self",
        "seccomp",
    ]
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(prepared.ruleset_fd)


@on_linux
def test_a_worker_whose_parent_is_gone_stops_before_the_rules(listening, prepared, limits):
    kernel = listening()
    orphan = prepared._replace(process=1 << 30)

    with pytest.raises(OSError, match="the process that started this one is gone") as caught:
        lockdown.apply(orphan, kernel=True)

    assert caught.value.errno == errno.ESRCH
    assert NO_NEW_PRIVS not in [asked[:2] for asked in kernel.asked]
    os.close(prepared.ruleset_fd)


@on_linux
@pytest.mark.parametrize("step", ["capset", "prctl", "landlock_restrict_self"])
def test_a_refused_step_is_an_error(listening, prepared, limits, step):
    kernel = listening(refuses={step})

    with pytest.raises(PermissionError):
        lockdown.apply(prepared, kernel=True)

    assert kernel.asked[-1][0] == step
    os.close(prepared.ruleset_fd)


@on_linux
def test_limits_only_sink(limits, prepared):
    lockdown.apply(prepared, kernel=False)

    assert limits["RLIMIT_CPU"] == (POLICY.cpu_seconds, POLICY.cpu_seconds)
    assert limits["RLIMIT_NPROC"] == (0, 0)
    assert limits["RLIMIT_DATA"] == (POLICY.memory_bytes, POLICY.memory_bytes)
    assert "RLIMIT_AS" not in limits
    larger = POLICY._replace(memory_bytes=1 << 50, threads=2)
    lockdown.apply(prepared._replace(policy=larger), kernel=False)
    assert limits["RLIMIT_DATA"] == (1 << 40, 1 << 40)
    os.close(prepared.ruleset_fd)


@on_linux
def test_address_space_has_room_for_what_is_mapped_and_for_each_thread():
    alone = lockdown._limits(POLICY, kernel=True)["RLIMIT_AS"]
    ten = lockdown._limits(POLICY._replace(threads=10), kernel=True)

    assert alone > POLICY.memory_bytes
    assert ten["RLIMIT_AS"] >= alone + 10 * (128 << 20)
    assert "RLIMIT_NPROC" not in ten


@on_linux
@pytest.mark.parametrize(("strict", "raised"), [(True, True), (False, False)])
def test_a_limit_that_cannot_be_set_matters_in_the_kernels_jail_alone(monkeypatch, strict, raised):
    def refuse(*_):
        raise ValueError("not allowed to raise maximum limit")

    monkeypatch.setattr(resource, "setrlimit", refuse)
    error = None

    try:
        lockdown._limit("RLIMIT_CORE", 0, strict=strict)
        lockdown._limit("RLIMIT_OF_ANOTHER_SYSTEM", 0, strict=strict)
    except OSError as caught:
        error = caught

    assert (error is not None) == raised
    assert error is None or "RLIMIT_CORE: not allowed" in str(error)


@on_linux
@pytest.mark.parametrize(
    ("refuses", "sentence"),
    [
        ({"seccomp"}, "does not allow seccomp filters"),
        ({"landlock_create_ruleset"}, "does not offer Landlock"),
        ((), ""),
    ],
    ids=["no filters", "no rules", "both"],
)
def test_what_a_kernel_lacks_is_said(listening, refuses, sentence):
    listening(refuses=refuses)

    support = lockdown.probe()

    assert sentence in support.reason
    assert bool(support.reason) == bool(sentence)
    assert support.seccomp == ("seccomp" not in refuses)
    assert support.landlock_abi == (0 if "landlock_create_ruleset" in refuses else 3)


@pytest.mark.skipif(bool(SUPPORT.reason), reason=SUPPORT.reason or "there is a jail")
def test_rules_and_filter_are_made_ready_before_any_worker(tmp_path):
    file = tmp_path / "file"
    file.touch()

    prepared = lockdown.prepare(POLICY._replace(readable=(str(tmp_path), str(file), "/no/where")))

    try:
        assert Path(f"/proc/self/fd/{prepared.ruleset_fd}").readlink().name == RULESET
        assert prepared.process == os.getpid()
        assert prepared.program
    finally:
        os.close(prepared.ruleset_fd)


@on_linux
@pytest.mark.parametrize(("version", "bits"), WORDS.items())
def test_every_right_that_a_version_knows_is_taken_away(listening, version, bits):
    kernel = listening()

    descriptor = landlock.ruleset((), version=version)

    ((name, told, size, flags),) = kernel.asked
    assert (descriptor, name, flags) == (3, "landlock_create_ruleset", 0)
    assert size == len(told)
    assert struct.unpack(f"={len(bits)}Q", told) == tuple((1 << count) - 1 for count in bits)


@on_linux
def test_a_directory_may_be_listed_and_a_file_only_read(listening, tmp_path):
    kernel = listening()
    (tmp_path / "file").touch()

    landlock.ruleset([str(tmp_path), str(tmp_path / "file"), "/no/where"], version=1)

    rules = [asked for asked in kernel.asked if asked[0] == "landlock_add_rule"]
    assert [struct.unpack("=Qi", rule[3])[0] for rule in rules] == [0b1100, 0b100]


@pytest.fixture
def elsewhere():
    """Forget which machine this is, before and after."""
    for cached in (linux.machine, linux.machine_name):
        cached.cache_clear()
    yield
    for cached in (linux.machine, linux.machine_name):
        cached.cache_clear()


@pytest.mark.usefixtures("elsewhere")
def test_a_system_that_is_not_linux_has_no_jail(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(sys, "platform", "darwin")
        support = lockdown.probe()
        version = landlock.abi()
        prepared = lockdown.prepare(POLICY)
        with pytest.raises(OSError, match="capset: no call table for this machine"):
            linux.call("capset")
        seconds = observing.cpu_seconds(os.getpid())

    assert support.reason == "a kernel jail needs Linux; this is darwin."
    assert (version, seconds) == (0, None)
    assert (prepared.ruleset_fd, prepared.program) == (-1, b"")


@on_linux
@pytest.mark.usefixtures("elsewhere")
def test_a_machine_whose_calls_are_unknown_has_no_jail(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(os, "uname", lambda: os.uname_result(("Linux", "", "", "", "vax")))
        reason = lockdown.probe().reason

    assert reason == "there is no system-call table for this Python, on vax."


@on_linux
def test_a_process_that_is_gone_has_no_time_no_memory_and_no_threads():
    gone = (1 << 22) + 1

    assert observing.cpu_seconds(gone) is None
    assert (observing.peak_bytes(gone), observing.threads(gone)) == (0, 0)
    assert observing.peak_bytes(os.getpid()) > 1 << 20
    assert observing.threads(os.getpid()) >= 1


def test_a_filter_too_long_to_jump_through_is_refused():
    far = [seccomp._Line(seccomp._EQUAL, 0, yes="end")] * 300
    end = seccomp._Line(seccomp._EQUAL, 0, label="end")

    with pytest.raises(ValueError, match="out of reach"):
        seccomp._assemble([*far, end])
