"""The worker's loop, driven over a socket pair by the real judge's end."""

import os
import socket
import sys
import threading

import pytest
from fakes import FakeJail, link_of, peer_of, reap_all, solution_of

from graders.sandbox import faults, tags
from graders.sandbox.decoding import Decoder
from graders.sandbox.frames import DescriptorChannel, receive_frame, send_frame
from graders.sandbox.worker import Worker
from graders.testing import record


@record
class Node:
    __slots__ = ("next", "val")

    def __init__(self, val=0, next=None):  # noqa: A002 - as in the katas
        self.val = val
        self.next = next


RECORDS = {"Node": (Node, ("val", "next"))}


@pytest.fixture(autouse=True)
def _nothing_is_left():
    yield
    reap_all()
    sys.modules.pop("solution", None)


def test_it_ends_when_the_judge_hangs_up():
    ours, theirs = socket.socketpair()
    with theirs:
        ours.close()

        Worker(DescriptorChannel(theirs.fileno())).serve()


def test_the_rules_are_put_in_force_before_the_load_and_after_the_compilation():
    seen = []

    def arm(worker):
        seen.append(dict(worker.module.__dict__).get("x", "not run yet"))

    ours, theirs = socket.socketpair()
    channel = DescriptorChannel(ours.fileno())
    worker = Worker(DescriptorChannel(theirs.fileno()), arm=arm)
    thread = threading.Thread(target=worker.serve, daemon=True)
    with theirs:
        thread.start()
        with ours:
            for number, source in enumerate(["x = 1", "x ="]):
                send_frame(channel, [tags.LOAD, number, [], source, "solution", [], False])
                head, _ = receive_frame(channel, max_bytes=1 << 20)
                assert head[0] == (tags.RETURN, tags.RAISE)[number]
        thread.join()

    assert seen == ["not run yet"]


def test_an_unknown_question_is_answered_with_a_fault():
    link = link_of(FakeJail())

    head, _ = link.ask("no such question")

    assert (head[0], head[2]["error"]) == (tags.RAISE, "KeyError")


def test_handles_that_are_dropped_are_forgotten():
    source = "class C: pass\nkept = C()\ndef give(): return C()\n"
    with solution_of(source) as solution:
        first = solution.give()
        number, peer = first._hid, vars(solution)["_peer"]
        del first
        peer.link.ask(tags.APPLY, "module", [["kept"], [], []])

        head, _ = peer.link.ask(tags.APPLY, "str", [[[0]], [[tags.HANDLE, number]], []])

    assert head[0] == tags.RAISE


def test_values_go_up_before_the_solution_is_loaded():
    peer = peer_of("def total(xs): return sum(xs)\n", upload_first=True)
    (kept,) = peer.upload([[1, 2, 3]])
    peer.load(peer.link)

    assert peer.call(["name", "total"], [kept], {}) == 6
    result = peer.call(["name", "total"], [kept], {}, keep=True)
    assert peer.apply("fetch", result) == 6


def test_a_chain_goes_up_in_pieces_and_is_walked_in_pieces():
    source = """
class Node:
    def __init__(self, val=0, next=None):
        self.val, self.next = val, next
def rest(head):
    return head.next
"""
    peer = peer_of(source, records=RECORDS, upload_first=True)
    head = peer.upload_chain(Node, range(10), "val", "next", chunk=4)
    peer.load(peer.link)

    kept = peer.call(["name", "rest"], [head], {}, keep=True)
    values, more = peer.walk(kept._hid, "val", "next", 5)
    rest, _ = peer.walk(more._hid, "val", "next", 50)

    assert values + rest == list(range(1, 10))


def test_a_chain_is_of_records_only():
    with pytest.raises(Exception, match="int is not a record"):
        peer_of("").upload_chain(int, [1], "val", "next", chunk=4)


def test_records_are_plain_where_the_solution_has_no_such_class():
    source = "def f(node):\n    made = type(node)(5, next=node)\n    bare = type(node)()\n    return [made, bare.val]"
    with solution_of(source, records=RECORDS) as solution:
        node = Node(1)
        node.next = node

        made, val = solution.f(node)

    assert (made.val, made.next.next is made.next, val) == (5, True, None)


def test_facts_of_a_source_cross():
    peer = peer_of("", upload_first=True)

    assert ["os.fork", 2] in peer.scan("import os as o\no.fork()")["names"]


@pytest.mark.parametrize("source", ["x =", "x = 1\0", "\ud800"], ids=["half", "NUL", "a surrogate"])
def test_a_source_that_does_not_parse_is_an_error(source):
    peer = peer_of("", upload_first=True)

    with pytest.raises((SyntaxError, ValueError)):
        peer.scan(source)


def test_the_sample_tests_run_inside(tmp_path, monkeypatch, capfd):
    for name in ("PYTEST_ADDOPTS", "PYTEST_CURRENT_TEST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "chdir", os.chdir)  # and put back afterwards
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "answer_of_samples.py").write_text("ANSWER = 42\n")
    test = tmp_path / "test_some_samples.py"
    test.write_text(
        "from answer_of_samples import ANSWER\ndef test_it():\n    assert ANSWER == 42\n"
    )
    words = [str(test), "-q", "-p", "no:cacheprovider", f"--rootdir={tmp_path}", "-c", os.devnull]
    link = link_of(FakeJail())

    head, buffers = link.ask(tags.SAMPLES, str(tmp_path), [*words, "--disable-plugin-autoload"])

    sys.modules.pop("answer_of_samples", None)
    assert Decoder(None).decode(head[2], buffers).roots == [0]


UNSENDABLE = {
    "an array of objects": "__import__('numpy').array([object()])",
    "an array of fields": "__import__('numpy').zeros(1, [('a', 'i4')])",
}


@pytest.mark.parametrize("what", UNSENDABLE)
def test_a_value_that_may_not_cross_is_told_as_one(what):
    with solution_of(f"def f():\n    return {UNSENDABLE[what]}") as solution:
        with pytest.raises(Exception) as caught:  # noqa: PT011
            solution.f()

        assert faults.cause_of(caught.value).kind.value == "refused_value"


FAULTS = {
    "arguments that are no data": (
        "raise ValueError(__import__('numpy').array([object()]))",
        ValueError,
    ),
    "a text that fails": (
        "class E(ValueError):\n        def __str__(self): 1/0\n    raise E",
        ValueError,
    ),
    "a huge text": ("raise ValueError('x' * 10**6)", ValueError),
    "surrogates": ("raise ValueError('\\ud800')", ValueError),
    "a name of surrogates": ("raise type('\\ud800', (ValueError,), {})()", ValueError),
    "a class that cannot be made again": (
        "raise UnicodeDecodeError('utf-8', b'a', 0, 1, 'x')",
        Exception,
    ),
    "a handle in its arguments": ("raise ValueError(object())", ValueError),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_told_whatever_it_is_made_of(what):
    body, kind = FAULTS[what]
    with solution_of(f"def f():\n    {body}\n") as solution, pytest.raises(kind):
        solution.f()
