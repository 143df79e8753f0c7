"""
Runs coroutines for the other side of the wall, a short while at a time.

An event loop cannot wait for a coroutine in another process. It asks for a step
again and again until that is done; all coroutines stepped here share one loop.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any

STEP_SECONDS = 0.002  # as long as that the tests' own tasks may have to wait


def share_loops() -> None:
    """Let ``asyncio.run`` work in the jail, which has none of the sockets of other loops."""
    import asyncio

    asyncio.new_event_loop = asyncio.events.new_event_loop = new_loop


def new_loop() -> Any:
    """Give an event loop that waits for time and for threads, and for nothing else."""
    return _loop_class()()


@functools.cache
def _loop_class() -> Any:
    from asyncio import BaseEventLoop  # takes longer to import than most solutions to run

    class Loop(BaseEventLoop):
        """What the base class asks of the two ends of a socket is done by a bell."""

        def __init__(self) -> None:
            super().__init__()
            self._selector = _Bell()

        def __del__(self) -> None:
            """Do not ask to be closed: there is nothing to close."""

        def _process_events(self, events: Any) -> None:
            """Do nothing: there are no files to wait for."""

        def _write_to_self(self) -> None:
            self._selector.ring()

    return Loop


class _Bell:
    """Waits for nothing but its ring."""

    def __init__(self) -> None:
        self._rung = threading.Event()

    def ring(self) -> None:
        self._rung.set()

    def select(self, timeout: float | None) -> list[Any]:
        self._rung.wait(timeout)
        self._rung.clear()
        return []


_shared = threading.local()


def _shared_loop() -> Any:
    """Give the loop of this thread."""
    if not hasattr(_shared, "loop"):
        _shared.loop = new_loop()
    return _shared.loop


def task(awaitable: Any) -> Any:
    """Give the task of a coroutine, or of whatever else can be awaited."""

    async def awaited() -> Any:
        return await awaitable

    return _shared_loop().create_task(awaited())


def step(running: Any, *, cancel: bool) -> list[Any]:
    """
    Go on with a task, and with all others of its loop, for a short while.

    Args:
        running: The task.
        cancel: Whether to ask it to end first.

    Returns:
        As ``state``.
    """
    if cancel:
        running.cancel()
    if not running.done():
        _run(running)
    return state(running)


def state(running: Any) -> list[Any]:
    """
    Give how far a task is: ``["waiting"]``, ``["cancelled"]`` or ``["done", result]``.

    Raises:
        BaseException: What its coroutine raised.
    """
    if not running.done():
        return ["waiting"]
    return ["cancelled"] if running.cancelled() else ["done", running.result()]


def _run(running: Any) -> None:
    loop = running.get_loop()

    def stop(_: Any) -> None:
        loop.stop()

    running.add_done_callback(stop)
    end = loop.call_later(STEP_SECONDS, loop.stop)
    try:
        loop.run_forever()
    finally:
        end.cancel()
        running.remove_done_callback(stop)


OPERATIONS: dict[str, Callable[..., Any]] = {
    "task": task,
    "step": lambda running, cancel: step(running, cancel=cancel),
    "await": lambda value: type(value).__await__(value),
    "aiter": lambda value: type(value).__aiter__(value),
    "anext": lambda value: type(value).__anext__(value),
    "aenter": lambda value: type(value).__aenter__(value),
    "aleave": lambda value, kind, error: type(value).__aexit__(
        value, kind, error, getattr(error, "__traceback__", None)
    ),
}
