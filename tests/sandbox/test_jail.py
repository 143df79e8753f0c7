"""The real jail: every way to fail has its name, and ends in time."""

import contextlib
import os
import time
from pathlib import Path

import msgspec
import numpy as np
import pytest

from graders.errors import CannotGrade
from graders.model.limits import Limits
from graders.model.result import CauseKind
from graders.sandbox import faults, lockdown
from graders.sandbox import jail as jails
from graders.sandbox.jail import Jail, Order, Strictness, choose_tier
from graders.sandbox.link import Budget, Stopped
from graders.sandbox.peer import Peer, Settings
from graders.sandbox.proxy import Proxies, Solution

SUPPORT = lockdown.probe()
pytestmark = pytest.mark.skipif(bool(SUPPORT.reason), reason=SUPPORT.reason or "there is a jail")
TIGHT = Limits(
    call_cpu_seconds=0.3,
    call_wall_seconds=0.6,
    attempt_cpu_seconds=5.0,
    attempt_wall_seconds=20.0,
    memory_mib=96,
    output_kib=16,
    reply_mib=1,
)
# Of what eats memory: a busy machine takes its time to hand that out.
PATIENT = msgspec.structs.replace(TIGHT, call_cpu_seconds=4.0, call_wall_seconds=8.0)
ORDER = Order(
    limits=TIGHT,
    packages=("numpy",),
    forbidden_imports=("copy", "heapq"),
    forbidden_names=("math.fsum", "numpy.argsort", "sys.setrecursionlimit", "no.such.name"),
)


@pytest.fixture(autouse=True)
def _tier_b(monkeypatch):
    monkeypatch.setenv("KATA_BWRAP", "0")


@pytest.fixture(scope="module")
def jail():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KATA_BWRAP", "0")
        tier = choose_tier()
    with Jail(ORDER, tier) as jail:
        yield jail


@pytest.fixture
def load(jail):
    """Give a function that gives the peer of a source text."""
    peers = []

    def load(source, limits=TIGHT):
        settings = Settings(source=source)
        peers.append(Peer(jail, Budget(limits), settings, proxies=Proxies()))
        return peers[-1]

    yield load
    for peer in peers:
        peer.link.close()


def cause_of(peer, *args, name="f"):
    with pytest.raises(BaseException) as caught:  # noqa: PT011
        getattr(Solution(peer), name)(*args)
    return faults.cause_of(caught.value)


FAILURES = {
    "raised": ("def f():\n    x = {}\n    return x['a']", CauseKind.RAISED, "KeyError", 3),
    "out of processor time": ("def f():\n    while True: pass", CauseKind.TIMED_OUT, "", 0),
    "out of time in C": ("def f():\n    return sum(range(10**11))", CauseKind.TIMED_OUT, "", 0),
    "out of time in except": (
        "def f():\n while True:\n  try:\n   while True: 1/0\n  except BaseException: pass",
        CauseKind.TIMED_OUT,
        "",
        0,
    ),
    "asleep": ("import time\ndef f():\n    time.sleep(60)", CauseKind.TIMED_OUT, "", 0),
    "out of memory": ("def f():\n    x = b'x' * 10**9", CauseKind.OUT_OF_MEMORY, "", 2),
    "out of memory bit by bit": (
        "def f():\n    x = []\n    while 1: x.append('x' * 10**6)",
        CauseKind.OUT_OF_MEMORY,
        "",
        3,
    ),
    "out of numpy's memory": (
        "import numpy\ndef f():\n    numpy.ones(10**9)",
        CauseKind.OUT_OF_MEMORY,
        "",
        3,
    ),
    "exit": ("import sys\ndef f():\n    sys.exit(0)", CauseKind.EXITED, "", 3),
    "exit at once": ("import os\ndef f():\n    os._exit(0)", CauseKind.EXITED, "", 0),
    "a segfault": (
        "def f():\n    t = ()\n    for _ in range(3 * 10**5): t = (t,)\n    hash(t)",
        CauseKind.KILLED,
        "",
        0,
    ),
    "out of memory at load": ("x = []\nwhile 1: x.append([])\n", CauseKind.OUT_OF_MEMORY, "", 0),
    "out of memory in small pieces": (
        "def f():\n    t = ()\n    while 1: t = (t,)",
        CauseKind.OUT_OF_MEMORY,
        "",
        0,
    ),
    "endless recursion": ("def f():\n    return f()", CauseKind.RAISED, "RecursionError", 2),
    "a flood of output": (
        "def f():\n    print('x' * 10**6, flush=True)",
        CauseKind.TOO_MUCH_OUTPUT,
        "",
        2,
    ),
    "a value that is refused": (
        "import numpy\ndef f():\n    return numpy.array([object()])",
        CauseKind.REFUSED_VALUE,
        "",
        0,
    ),
    "a reply too large": ("def f():\n    return b'x' * (1 << 21)", CauseKind.BAD_REPLY, "", 0),
    "a forbidden import": ("def f():\n    import copy", CauseKind.REFUSED_IMPORT, "", 2),
    "a forbidden name": (
        "import math\ndef f():\n    return math.fsum([1.0])",
        CauseKind.REFUSED_NAME,
        "",
        3,
    ),
    "the stub's TODO": (
        "def f():\n    # TODO: part 1\n    raise NotImplementedError",
        CauseKind.TODO,
        "",
        3,
    ),
    "an honest NotImplementedError": (
        "def f():\n\n\n\n\n    raise NotImplementedError",
        CauseKind.RAISED,
        "NotImplementedError",
        6,
    ),
    "a missing name": ("def g(): pass", CauseKind.MISSING_NAME, "", 0),
    "a syntax error": ("x = 1\ndef f(:\n", CauseKind.NOT_LOADED, "SyntaxError", 2),
    "tabs and spaces": ("def f():\n\tx = 1\n        y = 2\n", CauseKind.NOT_LOADED, "TabError", 3),
    "a NUL byte": ("x = 1\0\n", CauseKind.NOT_LOADED, "", 0),
    "5000 parentheses": ("x = " + "(" * 5000 + ")" * 5000, CauseKind.NOT_LOADED, "", 0),
    "a name unknown at load": ("x = 1\nboom()\n", CauseKind.NOT_LOADED, "NameError", 2),
    "an exit at load": ("raise SystemExit\n", CauseKind.EXITED, "", 1),
    "a forbidden import at load": ("import heapq\n", CauseKind.REFUSED_IMPORT, "", 1),
    "a load that hangs": ("while True: pass\n", CauseKind.TIMED_OUT, "", 0),
    "a load that ends the process": ("import os\nos._exit(3)\n", CauseKind.EXITED, "", 0),
}


@pytest.mark.parametrize("what", FAILURES)
def test_a_failure_has_its_name_and_line(load, what):
    source, kind, error, line = FAILURES[what]
    limits = PATIENT if kind is CauseKind.OUT_OF_MEMORY else TIGHT
    started = time.monotonic()

    cause = cause_of(load(source, limits))

    assert (cause.kind, cause.line) == (kind, line or cause.line)
    assert error in ("", cause.error)
    assert time.monotonic() - started < limits.call_wall_seconds + 1.4


def test_a_wrong_value_is_what_the_jail_did_not_raise(load):
    peer = load("def f():\n    return 41")

    with pytest.raises(AssertionError) as caught:
        assert Solution(peer).f() == 42

    assert faults.cause_of(caught.value).kind is CauseKind.WRONG_VALUE


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("from copy import deepcopy", "copy"),
        ("__import__('heapq')", "heapq"),
    ],
)
def test_a_refused_import_is_named(load, source, name):
    peer = load(f"def f():\n    {source}")

    assert cause_of(peer).name == name
    assert peer.link.refusals[-1] == ("import", name)


@pytest.mark.parametrize("module", ["ctypes", "_ctypes", "graders.sandbox", "msgspec"])
def test_what_no_honest_solution_needs_cannot_be_imported(load, module):
    peer = load(f"def f():\n    import {module}")

    assert cause_of(peer).kind is CauseKind.REFUSED_IMPORT


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("sys.setrecursionlimit(9)", "sys.setrecursionlimit"),
        ("numpy.argsort([1])", "numpy.argsort"),
        ("math.fsum([])", "math.fsum"),
    ],
)
def test_a_refused_name_is_named(load, source, name):
    peer = load(f"import math, sys, numpy\ndef f():\n    {source}")

    assert cause_of(peer).name == name


def test_a_worker_that_died_costs_one_call(load):
    solution = Solution(
        load(
            "import os\nn = [0]\ndef f(kill):\n    n[0] += 1\n    if kill: os._exit(1)\n    return n[0]"
        )
    )
    assert [solution.f(False), solution.f(False)] == [1, 2]

    with pytest.raises(Stopped, match="exited"):
        solution.f(True)

    assert solution.f(False) == 1


def test_an_object_of_a_dead_worker_is_gone(load):
    solution = Solution(
        load("class C:\n    pass\ndef same(x): return x\ndef f():\n    import os; os._exit(0)")
    )
    old = solution.C()
    with pytest.raises(Stopped):
        solution.f()

    with pytest.raises(Stopped, match="killed"):
        solution.same(old)


def test_an_attempt_has_one_budget(load):
    limits = Limits(call_cpu_seconds=0.3, attempt_cpu_seconds=0.4, memory_mib=96)
    solution = Solution(load("def f():\n    while True: pass", limits))
    kinds = []
    for _ in range(4):
        with pytest.raises(Stopped) as caught:
            solution.f()
        kinds.append(caught.value.cause.kind.value)

    assert kinds == ["timed_out", "timed_out", "budget", "budget"]


def test_what_is_printed_is_kept_for_the_learner(load):
    peer = load("def f():\n    print('here \\ud800')")
    Solution(peer).f()
    peer.link.close()

    assert b"here" in peer.link.output


def test_100_megabytes_go_in_and_their_sum_comes_out(load):
    limits = Limits(memory_mib=512, call_cpu_seconds=10.0)
    peer = load("def f(a):\n    return float(a[-1])", limits)
    array = np.arange(1 << 21, dtype=float)

    assert Solution(peer).f(array) == (1 << 21) - 1


def test_facts_of_a_source_come_from_a_worker_that_never_ran_it(load):
    peer = load("import os\nos._exit(1)\n")
    peer.settings = peer.settings._replace(upload_first=True)

    facts = peer.scan(peer.settings.source)

    assert facts["imports"] == [["os", 1]]


# The jail itself ------------------------------------------------------------


def is_running(pid):
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False


def test_a_jail_leaves_no_process_behind():
    with Jail(Order(limits=TIGHT), choose_tier()) as jail:
        first, second = jail.spawn(), jail.spawn()
        zygote = jail._zygote.pid
        jail.reap(first)
        assert not Path(f"/proc/{first.pid}").exists()

    ended = time.monotonic() + 2
    while any(map(is_running, (zygote, second.pid))) and time.monotonic() < ended:
        time.sleep(0.01)
    assert not any(map(is_running, (zygote, second.pid)))
    second.socket.close()
    os.close(second.output)
    os.close(second.pidfd)


def test_a_zygote_that_dies_is_our_turn():
    with Jail(Order(limits=TIGHT), choose_tier()) as jail:
        jail._zygote.kill()
        jail._zygote.wait()

        with pytest.raises(CannotGrade, match="did not start or broke off"):
            jail.spawn()


def test_a_zygote_that_cannot_begin_tells_its_last_words():
    order = Order(limits=TIGHT, preload=("no_such_module",))
    with (
        Jail(order, choose_tier()) as jail,
        pytest.raises(CannotGrade, match="No module named 'no_such_module'"),
    ):
        jail.spawn()


def test_a_package_that_is_not_installed_is_our_turn():
    with pytest.raises(CannotGrade, match="the package nothing_like_it is not installed"):
        Jail(Order(limits=TIGHT, packages=("nothing_like_it",)), choose_tier())


def test_strict_takes_nothing_weaker_than_the_kernels_jail(monkeypatch):
    reason = "this kernel has no seccomp"
    monkeypatch.setattr(jails.lockdown, "probe", lambda: type("S", (), {"reason": reason})())

    assert choose_tier().letter == "C"
    assert choose_tier().why_not_better == reason
    with pytest.raises(CannotGrade, match=f"no strict sandbox on this machine: {reason}"):
        choose_tier(Strictness.STRICT)


def test_without_the_kernels_jail_a_worker_still_answers(monkeypatch):
    monkeypatch.setattr(jails.lockdown, "probe", lambda: type("S", (), {"reason": "none"})())
    with Jail(Order(limits=TIGHT), choose_tier()) as jail:
        peer = Peer(
            jail, Budget(TIGHT), Settings(source="def f(x): return x + 1"), proxies=Proxies()
        )

        assert Solution(peer).f(1) == 2
        peer.link.close()


@pytest.mark.skipif(not jails.bubblewrap.works(), reason="bubblewrap does not run here")
def test_in_bubblewrap_a_worker_answers_dies_and_is_replaced(monkeypatch):
    monkeypatch.delenv("KATA_BWRAP")
    tier = choose_tier()
    source = "import os\ndef f(kill):\n    if kill: os._exit(0)\n    return os.getpid()"
    with Jail(Order(limits=TIGHT), tier) as jail:
        peer = Peer(jail, Budget(TIGHT), Settings(source=source), proxies=Proxies())
        solution = Solution(peer)
        assert tier.letter == "A"
        assert solution.f(False) < 100
        with pytest.raises(Stopped, match="exited"):
            solution.f(True)
        assert solution.f(False) < 100
        peer.link.close()


def test_a_zygote_that_answers_something_else_is_our_turn(monkeypatch):
    with Jail(Order(limits=TIGHT), choose_tier()) as jail:
        monkeypatch.setattr(jails, "receive_frame", lambda *_, **__: (["nonsense"], []))

        with pytest.raises(CannotGrade, match="landlock\\+seccomp"):
            jail.spawn()


def test_a_zygote_that_no_longer_listens_is_our_turn(monkeypatch):
    with Jail(Order(limits=TIGHT), choose_tier()) as jail:
        process = jail.spawn()
        jail._zygote.kill()
        jail._zygote.wait()

        with pytest.raises(CannotGrade, match="broke off"):
            jail.spawn()
        with pytest.raises(CannotGrade, match="broke off"):
            jail.reap(process)
        os.close(process.pidfd)
