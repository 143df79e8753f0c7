"""A jail where there is no Linux: the zygote becomes the worker, and the next one is new."""

import os
import signal
import sys

import pytest

from graders.errors import CannotGrade
from graders.model.limits import Limits
from graders.model.result import CauseKind
from graders.sandbox import jail as jails
from graders.sandbox import observing
from graders.sandbox.jail import Jail, Order, Tier
from graders.sandbox.link import Budget, Stopped
from graders.sandbox.peer import Peer, Settings
from graders.sandbox.proxy import Proxies, Solution

TIER = Tier("C", "process", False, False, "no Linux")


class NotingJail(Jail):
    """A jail that notes each zygote it starts."""

    def __init__(self, *arguments):
        self.started = []
        super().__init__(*arguments)

    def _start(self):
        super()._start()
        self.started.append(self._zygote)


def test_each_zygote_becomes_one_worker(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    source = "import os\ndef process():\n    return os.getpid()\n"

    with NotingJail(Order(limits=Limits()), TIER) as jail:
        peer = Peer(jail, Budget(Limits()), Settings(source=source), proxies=Proxies())
        first = Solution(peer).process()
        peer.link.close()
        second = Solution(peer).process()
        peer.link.close()
        left = jail.spawn()  # and not reaped
    left.socket.close()
    os.close(left.output)

    assert [zygote.pid for zygote in jail.started] == [first, second, left.pid]
    # It hangs up when the judge does, or is ended; either way it was waited for.
    assert {zygote.returncode for zygote in jail.started} <= {0, -signal.SIGKILL}


def test_a_worker_that_died_keeps_its_status(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    source = "import os, signal\ndef f(n):\n    os.kill(os.getpid(), signal.SIGTERM) if n else os._exit(71)\n"

    with Jail(Order(limits=Limits()), TIER) as jail:
        peer = Peer(jail, Budget(Limits()), Settings(source=source), proxies=Proxies())
        kinds = []
        for number in range(2):
            with pytest.raises(Stopped) as caught:
                Solution(peer).f(number)
            kinds.append(caught.value.cause.kind)

    assert kinds == [CauseKind.OUT_OF_MEMORY, CauseKind.KILLED]


def test_a_zygote_that_answers_something_else_has_broken_off():
    with Jail(Order(limits=Limits()), TIER) as jail, pytest.raises(CannotGrade) as caught:
        jail._receive("spawned")

    assert caught.value.what == "the sandbox (process) did not start or broke off"


def test_what_a_worker_prints_goes_to_a_file_without_a_name(monkeypatch):
    monkeypatch.delattr(os, "memfd_create", raising=False)

    output = jails._output_file()

    try:
        os.write(output, b"printed")
        assert os.pread(output, 100, 0) == b"printed"
        assert os.fstat(output).st_nlink == 0
    finally:
        os.close(output)


@pytest.mark.skipif(sys.platform != "linux", reason="pidfds are Linux's")
def test_the_process_behind_a_pidfd_is_found_by_its_number():
    pidfd = os.pidfd_open(os.getpid())

    try:
        assert observing.pid_behind(pidfd) == os.getpid()
        assert observing.pid_behind(pidfd, inner=True) > 0
    finally:
        os.close(pidfd)
    assert observing.pid_behind(-1) == 0


def test_no_kernel_is_asked_for_what_it_has_not(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(sys, "platform", "darwin")

        tier = jails.choose_tier()
        with pytest.raises(CannotGrade, match="this is darwin"):
            jails.choose_tier(jails.Strictness.STRICT)

    assert (tier.letter, tier.kernel) == ("C", False)
    assert tier.why_not_better == "a kernel jail needs Linux; this is darwin."


def test_windows_is_told_where_to_go(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")

    with pytest.raises(CannotGrade) as caught:
        jails.choose_tier()

    assert (caught.value.what, caught.value.fix) == (
        "there is no sandbox for Windows",
        "run kata in WSL",
    )
