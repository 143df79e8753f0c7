"""Workers that run in a thread of the test's process, and jails that hand them out."""

import contextlib
import os
import socket
import sys
import threading

from graders.model.limits import Limits
from graders.sandbox.frames import ClosedError, DescriptorChannel, receive_frame, send_frame
from graders.sandbox.jail import Order, Process
from graders.sandbox.link import Budget, Link
from graders.sandbox.peer import Peer, Settings
from graders.sandbox.proxy import Proxies, Solution
from graders.sandbox.worker import Worker

# The test's own processor time counts as the worker's, hence the generous clock.
ROOMY = Limits(call_cpu_seconds=60.0, call_wall_seconds=30.0, attempt_cpu_seconds=600.0)


_jails = []


def reap_all():
    """End whatever a test left running."""
    while _jails:
        jail = _jails.pop()
        while jail.processes:
            jail.reap(jail.processes[-1])


class FakeJail:
    """
    A jail whose workers are threads.

    Args:
        behave: What a worker does with its channel after the lock-down; by
            default it serves as a real one does.
        status: What every worker is said to have died with.
    """

    def __init__(self, behave=None, *, status=0):
        self.behave = behave or (lambda channel: Worker(channel).serve())
        self.status = status
        self.order = Order(
            limits=ROOMY, forbidden_imports=("copy",), forbidden_names=("math.fsum",)
        )
        self.spawned = 0
        self.reaped = 0
        self.printed = b""
        self.processes = []
        _jails.append(self)

    def spawn(self):
        self.spawned += 1
        ours, theirs = socket.socketpair()
        output = os.memfd_create("output")
        os.write(output, self.printed)
        threading.Thread(target=self._work, args=(theirs,), daemon=True).start()
        self.processes.append(Process(ours, os.getpid(), -1, output))
        return self.processes[-1]

    def _work(self, end):
        channel = DescriptorChannel(end.fileno())
        with contextlib.suppress(OSError, ClosedError), end:
            self.lock_down(channel)
            self.behave(channel)

    def lock_down(self, channel):
        send_frame(channel, ["locked down"])

    def reap(self, process):
        self.reaped += 1
        self.processes.remove(process)
        with contextlib.suppress(OSError):
            process.socket.shutdown(socket.SHUT_RDWR)
        process.socket.close()
        os.close(process.output)
        return self.status


class BrokenJail(FakeJail):
    """A jail whose workers die before they are locked down."""

    def lock_down(self, channel):
        raise OSError


def answering(*replies, load=True):
    """
    Give a worker that answers requests with the given frames, whatever is asked.

    A reply is a function of the request's sequence number, giving a head or raw
    bytes. With `load` the first request is answered as a load of one function, `f`.
    """

    def behave(channel):
        waiting = list(replies)
        if load:
            head, _ = receive_frame(channel, max_bytes=1 << 30)
            names = [[1, ["f"], [[1]]], [0, ["function"]]]
            send_frame(channel, ["return", head[1], [[[0]], names, []], [], []])
        while waiting:
            head, _ = receive_frame(channel, max_bytes=1 << 30)
            reply = waiting.pop(0)(head[1])
            if isinstance(reply, bytes):
                channel.send(reply)
            else:
                send_frame(channel, reply)
        channel.receive_into(memoryview(bytearray(1)))

    return behave


def peer_of(source="", *, jail=None, limits=ROOMY, **settings):
    """Give a peer of a source text, over a jail of threads."""
    chosen = Settings(source=source, **settings)
    return Peer(jail or FakeJail(), Budget(limits), chosen, proxies=Proxies())


@contextlib.contextmanager
def solution_of(source, **more):
    """Give the solution that a hidden test would get, loaded in a thread."""
    peer = peer_of(source, **more)
    before = sys.modules.get("solution")
    try:
        yield Solution(peer)
    finally:
        peer.link.close()
        sys.modules.pop("solution", None)
        if before is not None:
            sys.modules["solution"] = before


def link_of(jail, *, limits=ROOMY, greet=lambda _: None):
    """Give a bare link, whose worker loads nothing."""
    return Link(jail, Budget(limits), greet=greet, answer_callback=lambda *_: lambda _: None)
