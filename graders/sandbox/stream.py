"""A worker's socket, read and written in slices between looks at the clocks."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable

from graders.sandbox.frames import ClosedError

_SLICE_SECONDS = 0.02


class Stream:
    """A two-way stream that never waits longer than a slice without a look."""

    def __init__(self, end: socket.socket, look: Callable[[], None]) -> None:
        end.settimeout(_SLICE_SECONDS)
        self._end = end
        self._look = look
        self._next_look = 0.0
        self.received_bytes = 0

    def send(self, data: bytes | memoryview) -> None:
        """Send all of it."""
        view = memoryview(data)
        while view:
            self._look_now_and_then()
            with contextlib.suppress(TimeoutError):
                view = view[self._end.send(view) :]

    def _look_now_and_then(self) -> None:
        """Look also when bytes keep coming: a worker may send one at a time, or ask for ever."""
        now = time.monotonic()
        if now >= self._next_look:
            self._next_look = now + _SLICE_SECONDS
            self._look()

    def receive_into(self, view: memoryview) -> None:
        """Fill the view; raises ClosedError at the end of the stream."""
        receive = self._end.recv_into
        while view:
            self._look_now_and_then()
            try:
                got = receive(view)
            except TimeoutError:
                continue
            if not got:
                raise ClosedError
            self.received_bytes += got
            view = view[got:]
