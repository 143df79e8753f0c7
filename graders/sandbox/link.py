"""
The judge's end of the wire: one question, one answer, in bounded time.

Whatever the worker does, this returns an answer or raises ``Stopped`` with a
named cause. After a stop the next question gets a fresh worker.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from graders.errors import CannotGrade
from graders.model.result import Cause, CauseKind
from graders.sandbox import observing, tags
from graders.sandbox.arming import ALWAYS_HIDDEN
from graders.sandbox.frames import BadFrameError, ClosedError, receive_frame, send_frame
from graders.sandbox.guarding import EVASIVE_ATTRIBUTES
from graders.sandbox.jail import Jail, Process
from graders.sandbox.stopping import Budget, Stopped
from graders.sandbox.stream import Stream
from graders.sandbox.watching import RUN_TEXT

_START_SECONDS = 30.0
_MIB = 1 << 20
_MOST_REFUSALS = 64
_HEAD_PARTS = 3  # kind, number, and at least one more

__all__ = ("Budget", "Link", "Stopped")


class Link:
    """
    Questions to one worker at a time, replaced when it stops.

    Args:
        jail: Where workers come from.
        budget: Shared by all links of an attempt.
        greet: Called with this link and each new worker in place, to load the
            solution; a ``Stopped`` it raises is kept and raised again for every
            later question.
        answer_callback: Answers what the worker asks: its head and buffers in,
            a sender of the reply out.
    """

    def __init__(
        self,
        jail: Jail,
        budget: Budget,
        *,
        greet: Callable[[Link], None],
        answer_callback: Callable[[list[Any], list[bytearray]], Callable[[Link], None]],
    ) -> None:
        self._jail = jail
        self.budget = budget
        self._greet = greet
        self._answer_callback = answer_callback
        self._process: Process | None = None
        self._stream: Stream
        self._sequence = 0
        self._depth = 0
        self._is_dirty = False
        self._load_failure: Cause | None = None
        self._deadlines = (0.0, 0.0)
        self.lock = threading.RLock()
        self.generation = 0
        self.pending_drops: list[int] = []
        self.refusals: list[tuple[str, str]] = []
        self.output = b""
        self.last_cpu_seconds = 0.0
        self.start_cpu_seconds = 0.0

    # Questions ------------------------------------------------------------

    @property
    def is_idle(self) -> bool:
        """Whether no question is under way."""
        return self._depth == 0

    def insist_that_it_loads(self) -> None:
        """
        Say again what was found when the solution was loaded.

        Raises:
            Stopped: It cannot be loaded.
        """
        if self._load_failure is not None:
            raise Stopped(self._load_failure)

    def ensure(self) -> None:
        """
        Have a worker in place.

        Raises:
            Stopped: The solution cannot be loaded, or nothing of the budget is left.
        """
        with self.lock:
            if self._depth == 0:
                self._ensure_worker()

    def ask(
        self, kind: str, *rest: Any, buffers: Sequence[Any] = ()
    ) -> tuple[list[Any], list[bytearray]]:
        """
        Ask, answering callbacks meanwhile; give the reply's head and buffers.

        Raises:
            Stopped: There is no answer, and why.
            OverflowError, UnicodeEncodeError: As ``send_frame``; nothing was sent.
        """
        with self.lock:
            self._ensure_worker()
            outer = self._deadlines
            started, cpu_before = time.monotonic(), self.cpu_seconds()
            if self._depth == 0 or kind == tags.LOAD:
                wall, cpu = self.budget.of_a_call()
                self._deadlines = (started + wall, cpu_before + cpu)
            self._depth += 1
            try:
                return self._exchange(kind, rest, buffers)
            finally:
                self._depth -= 1
                self._deadlines = outer
                if self._depth == 0:
                    cpu = self.cpu_seconds() if self._process else self.last_cpu_seconds
                    wall = time.monotonic() - started
                    self.budget.spend(wall=wall, cpu=max(0.0, cpu - cpu_before))

    def _exchange(
        self, kind: str, rest: Sequence[Any], buffers: Sequence[Any]
    ) -> tuple[list[Any], list[bytearray]]:
        self._sequence += 1
        sequence = self._sequence
        drops, self.pending_drops[:] = list(self.pending_drops), []
        self.send([kind, sequence, drops, *rest], buffers)
        while True:
            head, received = self._receive()
            try:
                answer, number = head[0], head[1]
                self._note_refusals(head[-1])
            except (TypeError, IndexError, KeyError, ValueError):
                raise self.stop(CauseKind.BAD_REPLY) from None
            if answer == tags.CALLBACK:
                self._answer_callback(head, received)(self)
            elif answer in (tags.RETURN, tags.RAISE) and number == sequence:
                self._is_dirty = self._depth > 1
                return head, received
            else:
                raise self.stop(CauseKind.BAD_REPLY)

    def _note_refusals(self, told: Any) -> None:
        order = self._jail.order
        rules = {*order.forbidden_imports, *order.forbidden_names, *order.forbidden_methods}
        known = rules | {*ALWAYS_HIDDEN, *EVASIVE_ATTRIBUTES, RUN_TEXT}
        for kind, name in list(told)[:_MOST_REFUSALS]:
            # Any other name is one that the submission made up, to say something by it.
            if kind in ("import", "name") and name in known:
                self.refusals.append((kind, name))
        del self.refusals[_MOST_REFUSALS:]

    def send(self, head: list[Any], buffers: Sequence[Any]) -> None:
        """Send one frame; a worker that does not read is a worker that is stuck."""
        self._is_dirty = True
        try:
            send_frame(self._stream, head, buffers)
        except (OverflowError, ValueError, TypeError):
            self._is_dirty = self._depth > 1
            raise
        except (ClosedError, ConnectionError) as error:
            raise self._died() from error

    def _receive(self) -> tuple[list[Any], list[bytearray]]:
        before = self._stream.received_bytes
        try:
            head, buffers = receive_frame(
                self._stream, max_bytes=self.budget.limits.reply_mib * _MIB
            )
        except (ClosedError, ConnectionError) as error:
            raise self._died() from error
        except (BadFrameError, MemoryError) as error:
            raise self.stop(CauseKind.BAD_REPLY) from error
        size = sum(map(len, buffers))
        is_little = self.budget.receive(
            head=self._stream.received_bytes - before - size, buffers=size
        )
        if not is_little or not isinstance(head, list) or len(head) < _HEAD_PARTS:
            raise self.stop(CauseKind.BAD_REPLY)
        return head, buffers

    # Clocks -----------------------------------------------------------------

    def _look_at_clocks(self) -> None:
        wall, cpu = self._deadlines
        if time.monotonic() > wall or self.cpu_seconds() > cpu:
            raise self.stop(CauseKind.TIMED_OUT)
        threads = self.budget.limits.threads
        if (
            threads
            and self._depth
            and self._process
            and observing.threads(self._process.pid) > threads + 1
        ):
            raise self.stop(CauseKind.KILLED)

    # The worker --------------------------------------------------------------

    def _ensure_worker(self) -> None:
        if self._depth == 0 and self._is_dirty and self._process is not None:
            self.stop(CauseKind.KILLED)  # an interrupted question left it between two frames
        if self._load_failure is not None:
            raise Stopped(self._load_failure)
        if self._depth == 0 and self.budget.is_spent:
            raise self.stop(CauseKind.BUDGET)
        if self._depth == 0 and self.budget.is_share_spent:
            raise self.stop(CauseKind.TIMED_OUT)
        if self._process is not None:
            return
        self._process = self._jail.spawn()
        self._stream = Stream(self._process.socket, self._look_at_clocks)
        self._await_lock_down()
        self.start_cpu_seconds = self.cpu_seconds()
        self.budget.workers += 1
        self.generation += 1
        self.pending_drops.clear()
        self._is_dirty = False
        try:
            self._greet(self)
        except Stopped as stopped:
            self._load_failure = stopped.cause
            self.close()
            raise

    def _await_lock_down(self) -> None:
        """No learner's code has run yet, so that whatever goes wrong here is ours."""
        self._deadlines = (
            time.monotonic() + _START_SECONDS,
            self.cpu_seconds() + _START_SECONDS,
        )
        try:
            receive_frame(self._stream, max_bytes=_MIB)
        except (ClosedError, ConnectionError, BadFrameError, Stopped) as error:
            self.close()
            words = self.output.decode("utf-8", "replace").strip()
            raise CannotGrade(
                f"a worker could not lock itself down: {words or 'no reason given'}",
                fix="kata doctor",
            ) from error

    def cpu_seconds(self) -> float:
        """Give the worker's processor time, by the kernel's clock of its process."""
        if self._process is not None:
            seconds = observing.cpu_seconds(self._process.pid)
            self.last_cpu_seconds = self.last_cpu_seconds if seconds is None else seconds
        return self.last_cpu_seconds

    def peak_bytes(self) -> int:
        """Give the most memory the worker ever held, 0 where the system does not say."""
        return observing.peak_bytes(self._process.pid) if self._process else 0

    def stop(self, kind: CauseKind) -> Stopped:
        """End the worker; give the exception that says why."""
        self.close()
        return Stopped(Cause(kind=kind))

    def _died(self) -> Stopped:
        flooded = self.flooded()
        status = self.close()
        if flooded:
            return Stopped(Cause(kind=CauseKind.TOO_MUCH_OUTPUT))
        if os.WIFSIGNALED(status):
            too_long = os.WTERMSIG(status) == getattr(signal, "SIGXCPU", -1)
            return Stopped(Cause(kind=CauseKind.TIMED_OUT if too_long else CauseKind.KILLED))
        if os.WEXITSTATUS(status) == tags.NO_MEMORY_LEFT:
            return Stopped(Cause(kind=CauseKind.OUT_OF_MEMORY))
        return Stopped(Cause(kind=CauseKind.EXITED))

    def flooded(self) -> bool:
        """Whether the worker has printed as much as it may."""
        if self._process is None:
            return False
        return os.fstat(self._process.output).st_size >= self.budget.limits.output_kib * 1024

    def close(self) -> int:
        """End the worker if there is one; give its wait status."""
        self.cpu_seconds()
        process, self._process = self._process, None
        self._is_dirty = False
        if process is None:
            return 0
        limit = self.budget.limits.output_kib * 1024
        with contextlib.suppress(OSError):
            self.output = (self.output + os.pread(process.output, limit, 0))[:limit]
        return self._jail.reap(process)
