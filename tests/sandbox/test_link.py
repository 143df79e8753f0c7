"""The judge's end: whatever a worker does, there is an answer or a named cause, in time."""

import signal
import struct
import threading
import time
from pathlib import Path

import pytest
from fakes import ROOMY, BrokenJail, FakeJail, answering, link_of, peer_of, reap_all

from graders.errors import CannotGrade
from graders.model.limits import Limits
from graders.model.result import Cause, CauseKind
from graders.sandbox import faults
from graders.sandbox.frames import receive_frame, send_frame
from graders.sandbox.link import Budget, Stopped
from graders.sandbox.proxy import Solution
from graders.sandbox.stopping import Share

HASTY = Limits(call_cpu_seconds=60.0, call_wall_seconds=0.15, attempt_cpu_seconds=600.0)
NOTHING = [[None], [], []]  # the table of one root, None


@pytest.fixture(autouse=True)
def _nothing_is_left_running():
    yield
    reap_all()


def cause_of(ask, *args):
    with pytest.raises(Stopped) as caught:
        ask(*args)
    return caught.value.cause


def solution_that_answers(*replies, limits=ROOMY):
    return Solution(peer_of("def f(): ...\n", jail=FakeJail(answering(*replies)), limits=limits))


def returned(*rest):
    return lambda number: ["return", number, *rest]


def raised(fault, *rest):
    return lambda number: ["raise", number, fault, *rest]


FAULT = {
    "error": "ValueError",
    "name": "X",
    "class": None,
    "handle": 0,
    "message": "",
    "line": 1,
    "origin": -1,
}
NONE = [[[0], None], [[0, []]], []]
MALFORMED = {
    "a number": lambda _: 5,
    "nothing": lambda _: [],
    "a short list": lambda n: ["return", n],
    "a dict": lambda n: {"return": n, "a": 1, "b": 2},
    "another sequence number": lambda n: ["return", n + 1, NOTHING, [], []],
    "an earlier sequence number": lambda n: ["return", n - 1, NOTHING, [], []],
    "a sequence number of another kind": lambda n: ["return", str(n), NOTHING, [], []],
    "an unknown answer": lambda n: ["maybe", n, NOTHING, [], []],
    "an answer that is a list": lambda n: [["return"], n, NOTHING, [], []],
    "refusals that are a number": returned(NOTHING, [], 7),
    "refusals of one word": returned(NOTHING, [], [["import"]]),
    "a table that is a number": returned(5, [], []),
    "a table without roots": returned([[], [], []], [], []),
    "a root beyond the cells": returned([[[4]], [], []], [], []),
    "an object that was never handed over": returned([[[0, 1]], [], []], [], []),
    "a tuple that holds itself": returned([[[0]], [[6, [[0]]]], []], [], []),
    "an unknown cell": returned([[[0]], [[77, 1]], []], [], []),
    "a handle that is a word": returned([[[0]], [[19, "1", "object", [1, None]]], []], [], []),
    "a handle of an unknown class": returned([[[0]], [[19, 1, "object", [9, None]]], []], [], []),
    "a handle without more": returned([[[0]], [[19, 1]], []], [], []),
    "a class that describes itself by a number": returned(
        [[[0]], [[19, 1, "class", [9, 5]]], []], [], []
    ),
    "a class without methods": returned(
        [[[0]], [[19, 1, "class", [9, {"bases": []}]]], []], [], []
    ),
    "an export that never was": returned([[[0]], [[20, 0]], []], [], []),
    "an export before the first": returned([[[0]], [[20, -1]], []], [], []),
    "a record that never was": returned([[[-1]], [], [["Node", ["next"], [0], [[1]]]]], [], []),
    "a fault that is a number": raised(5, NONE, [], []),
    "a fault without words": raised({}, NONE, [], []),
    "a fault of a class that is a number": raised({**FAULT, "class": 5}, NONE, [], []),
    "a fault on a line that is a word": raised({**FAULT, "line": "nine"}, NONE, [], []),
    "a fault from an origin that is a word": raised({**FAULT, "origin": "moon"}, NONE, [], []),
    "a fault without arguments": raised(FAULT, [[], [], []], [], []),
    "a fault with too little": raised(FAULT),
    "a callback without more": lambda n: ["callback", n, []],
    "a callback of nothing": lambda n: ["callback", n, 0, "call", [], NOTHING, []],
    "a callback that is a word": lambda n: ["callback", n, "a", "call", [], NOTHING, []],
    "a callback with a bad table": lambda n: ["callback", n, 0, "call", [], 5, []],
    "no msgpack": lambda _: struct.pack("<II", 3, 0) + b"\xc1\xc1\xc1",
    "a huge frame": lambda _: struct.pack("<II", 1 << 31, 0),
    "a huge count": lambda _: struct.pack("<II", 5, 0) + b"\xdd\xff\xff\xff\xff",
    "too many buffers": lambda _: struct.pack("<II", 5, 1 << 31),
}


@pytest.mark.parametrize("what", MALFORMED)
def test_a_malformed_reply_is_a_bad_reply_and_ends_the_worker(what):
    solution = solution_that_answers(MALFORMED[what])

    assert cause_of(lambda: solution.f()).kind is CauseKind.BAD_REPLY
    assert vars(solution)["_peer"].link._process is None


@pytest.mark.parametrize(
    "told",
    [5, [1], {"f": 5}, {"f": []}, {"f": ["class"]}, {"f": ["class", 5]}, {"f": ["class", [1, {}]]}],
    ids=str,
)
def test_a_malformed_load_is_a_bad_reply(told):
    def load(number):
        def item(value, cells):
            if not isinstance(value, list | dict):
                return value
            place = len(cells)
            cells.append(None)
            parts = [list(value), list(value.values())] if isinstance(value, dict) else [value]
            cells[place] = [len(parts) - 1, *([item(v, cells) for v in part] for part in parts)]
            return [place]

        cells = []
        root = item(told, cells)
        return ["return", number, [[root], cells, []], [], []]

    jail = FakeJail(answering(load, load=False))

    assert cause_of(lambda: Solution(peer_of("x", jail=jail)).f()).kind is CauseKind.BAD_REPLY


def test_a_good_reply_is_taken():
    assert solution_that_answers(returned(NOTHING, [], [])).f() is None


def test_refusals_of_the_katas_own_rules_are_noted_and_bounded():
    many = [["import", "copy"], ["name", "made_up"], ["other", "copy"]] + [
        ["name", "math.fsum"]
    ] * 70
    solution = solution_that_answers(*[returned(NOTHING, [], many)] * 9)
    for _ in range(9):
        solution.f()

    refusals = vars(solution)["_peer"].link.refusals
    assert refusals[:2] == [("import", "copy"), ("name", "math.fsum")]
    assert set(refusals) == set(refusals[:2])
    assert len(refusals) <= 64


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        ({}, Cause(kind=CauseKind.RAISED, error="ValueError", line=1)),
        (
            {"name": "KeyError", "error": "KeyError"},
            Cause(kind=CauseKind.RAISED, error="KeyError", line=1),
        ),
        ({"line": 99}, Cause(kind=CauseKind.RAISED, error="ValueError")),
        ({"error": "Secret"}, Cause(kind=CauseKind.RAISED, error="Exception", line=1)),
        ({"name": "RefusedImportError"}, Cause(kind=CauseKind.REFUSED_IMPORT, line=1)),
        ({"name": "RefusedNameError"}, Cause(kind=CauseKind.REFUSED_NAME, line=1)),
        ({"name": "UnsendableError"}, Cause(kind=CauseKind.REFUSED_VALUE, line=1)),
    ],
    ids=str,
)
def test_the_cause_of_a_fault(fault, cause):
    solution = solution_that_answers(raised({**FAULT, **fault}, NONE, [], []))

    with pytest.raises(BaseException) as caught:  # noqa: PT011
        solution.f()

    assert faults.cause_of(caught.value) == cause


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (0, CauseKind.EXITED),
        (7 << 8, CauseKind.EXITED),
        (71 << 8, CauseKind.OUT_OF_MEMORY),
        (signal.SIGSEGV, CauseKind.KILLED),
        (signal.SIGXCPU, CauseKind.TIMED_OUT),
    ],
    ids=["exit 0", "exit 7", "no room", "segfault", "processor time"],
)
def test_a_worker_that_dies_is_named_by_what_the_kernel_says(status, kind):
    jail = FakeJail(lambda channel: receive_frame(channel, max_bytes=99), status=int(status))

    assert cause_of(link_of(jail).ask, "call").kind is kind


def test_a_worker_that_dies_with_a_full_output_has_printed_too_much():
    jail = FakeJail(lambda _: None)
    jail.printed = b"x" * 64 * 1024
    link = link_of(jail)

    assert cause_of(link.ask, "call").kind is CauseKind.TOO_MUCH_OUTPUT
    assert len(link.output) == 64 * 1024


def silent(channel):
    while True:
        channel.receive_into(memoryview(bytearray(1 << 16)))


def deaf(_):
    time.sleep(0.5)


def dripping(channel):
    receive_frame(channel, max_bytes=1 << 30)
    channel.send(struct.pack("<II", 1000, 0))
    for _ in range(200):
        channel.send(b"\x90")
        time.sleep(0.005)


def asking_for_ever(channel):
    receive_frame(channel, max_bytes=1 << 30)
    while True:
        send_frame(channel, ["callback", 1, 0, "call", [], NOTHING, []])


@pytest.mark.parametrize("behave", [silent, deaf, dripping, asking_for_ever])
def test_a_worker_that_does_not_answer_in_time_is_stopped(behave):
    link = link_of(FakeJail(behave), limits=HASTY)
    started = time.monotonic()

    assert cause_of(link.ask, "call", b"x" * (1 << 24)).kind is CauseKind.TIMED_OUT
    assert time.monotonic() - started < 1


def test_a_new_worker_comes_after_a_stop():
    jail = FakeJail(answering(lambda _: 5, load=False))
    link = link_of(jail)
    cause_of(link.ask, "call")
    cause_of(link.ask, "call")

    assert (jail.spawned, jail.reaped, link.generation) == (2, 2, 2)


def test_an_interrupted_question_costs_the_worker():
    class Interrupted(BaseException):
        pass

    def interrupt(*_):
        raise Interrupted

    jail = FakeJail(answering(lambda n: ["callback", n, []], load=False))
    link = link_of(jail)
    link._answer_callback = interrupt
    with pytest.raises(Interrupted):
        link.ask("call")

    link.ensure()

    assert (jail.spawned, jail.reaped) == (2, 1)


def test_a_question_that_cannot_be_told_leaves_the_worker_as_it_is():
    jail = FakeJail(answering(returned(NOTHING, [], []), load=False))
    link = link_of(jail)
    with pytest.raises(OverflowError):
        link.ask("call", 1 << 64)

    head, _ = link.ask("call")

    assert head[2] == NOTHING
    assert jail.spawned == 1


def test_a_worker_that_cannot_lock_itself_down_is_our_turn():
    jail = BrokenJail()
    jail.printed = b"OSError: no landlock\n"

    with pytest.raises(CannotGrade, match="could not lock itself down: OSError: no landlock"):
        link_of(jail).ask("call")
    assert jail.reaped == 1


def test_a_load_that_fails_is_said_again_without_a_new_worker():
    jail = FakeJail()
    solution = Solution(peer_of("x = 1\nboom\n", jail=jail))
    causes = [cause_of(lambda: solution.f()) for _ in range(3)]

    link = vars(solution)["_peer"].link
    assert causes == [Cause(kind=CauseKind.NOT_LOADED, error="NameError", line=2)] * 3
    assert jail.spawned == 1
    assert cause_of(link.insist_that_it_loads) == causes[0]


def test_an_attempt_has_a_budget_over_all_its_questions():
    limits = Limits(call_wall_seconds=9.0, attempt_wall_seconds=0.2, call_cpu_seconds=60.0)
    peer = peer_of("import time\ndef f(): time.sleep(0.12)\n", limits=limits)
    solution = Solution(peer)
    solution.f()
    started = time.monotonic()

    kinds = [cause_of(lambda: solution.f()).kind for _ in range(3)]

    assert kinds == [CauseKind.TIMED_OUT, CauseKind.BUDGET, CauseKind.BUDGET]
    assert time.monotonic() - started < 0.3


def test_a_test_has_a_share_of_the_budget():
    budget = Budget(Limits(), share=Share(wall_seconds=5.0, cpu_seconds=1.5))
    before = budget.of_a_call()
    budget.start_test()
    budget.spend(wall=1.0, cpu=1.0)
    during = budget.of_a_call()
    budget.spend(wall=0.0, cpu=0.5)

    assert (before, during) == ((10.0, 2.0), (4.0, 0.5))
    assert budget.is_share_spent
    assert not budget.is_spent
    budget.start_test()
    assert not budget.is_share_spent
    assert budget.of_a_call() == (5.0, 1.5)


def test_a_spent_share_gives_no_worker_until_the_next_test():
    jail = FakeJail()
    peer = peer_of("def f():\n    return 1\n", jail=jail)
    peer.link.budget = Budget(ROOMY, share=Share(wall_seconds=5.0))
    peer.link.budget.start_test()
    peer.link.budget.spend(wall=5.0, cpu=0.0)

    with pytest.raises(Stopped) as caught:
        Solution(peer).f()
    peer.link.budget.start_test()

    assert caught.value.cause.kind is CauseKind.TIMED_OUT
    assert Solution(peer).f() == 1
    peer.link.close()


def test_a_spent_budget_gives_no_worker():
    budget = Budget(Limits(attempt_cpu_seconds=1.0))
    budget.spend(wall=0.1, cpu=1.5)

    assert budget.is_spent


def test_closing_what_is_closed_is_well():
    link = link_of(FakeJail())

    assert link.close() == 0
    assert (link.peak_bytes(), link.flooded()) == (0, False)
    assert link.cpu_seconds() == 0.0


def test_clocks_and_memory_are_read_from_outside():
    link = link_of(FakeJail(silent))
    link.ensure()

    assert link.cpu_seconds() > 0
    assert link.peak_bytes() > 1 << 20
    link.close()


def test_a_worker_with_more_threads_than_it_may_have_is_killed():
    running = len(list(Path("/proc/self/task").iterdir()))
    done = threading.Event()

    def start_many(channel):
        for _ in range(4):
            threading.Thread(target=done.wait, daemon=True).start()
        silent(channel)

    limits = Limits(threads=running + 2, call_cpu_seconds=60.0)
    link = link_of(FakeJail(start_many), limits=limits)

    assert cause_of(link.ask, "call").kind is CauseKind.KILLED
    done.set()
