"""What a test may await of the solution, where the tests trust its operators."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from typing import Any

from graders.sandbox.stopping import Stopped
from graders.sandbox.trusted_members import TrustedMethod

# What the text of a task is made of; asyncio makes it at any time, after a worker's end, too.
SHOWN = ("cr_", "gi_", "__name__", "__qualname__")
_FORWARDED = {"__aiter__": "aiter", "__anext__": "anext", "__aenter__": "aenter"}


class Awaited:
    """
    Drives a coroutine of the jail from the event loop of a test, step by step.

    It never waits for a future of that loop: it is asked again, as after
    ``asyncio.sleep(0)``, until the coroutine is done.
    """

    def __init__(self, peer: Any, awaitable: Any) -> None:
        self._peer = peer
        self._awaitable = awaitable
        self._task: Any = None

    def __iter__(self) -> Awaited:
        return self

    def __next__(self) -> None:
        return self.send(None)

    def send(self, _: Any) -> None:
        """Go on."""
        self._step(cancel=False)

    def throw(self, kind: Any, error: Any = None, _: Any = None) -> None:
        """Cancel it; any other exception ends the wait as well."""
        from asyncio import CancelledError

        error = error or kind
        error = error() if isinstance(error, type) else error
        if not isinstance(error, CancelledError):
            self.close()
            raise error
        self._step(cancel=True)

    def close(self) -> None:
        """Give it up."""
        with contextlib.suppress(Exception, Stopped):
            if self._task is not None:
                self._peer.apply("step", self._task, True)

    def _step(self, *, cancel: bool) -> None:
        if self._task is None:
            self._task = self._peer.apply("task", self._awaitable)
        state, *result = self._peer.apply("step", self._task, cancel)
        if state == "cancelled":
            from asyncio import CancelledError

            raise CancelledError
        if state == "done":
            raise StopIteration(*result)


def awaitable_methods(peer: Any, dunders: frozenset[str], base: str) -> dict[str, Any]:
    """Give the methods of a proxy class by which its objects are awaited and iterated."""
    namespace: dict[str, Any] = {
        dunder: _forward(peer, operation)
        for dunder, operation in _FORWARDED.items()
        if dunder in dunders
    }
    if "__aexit__" in dunders:
        namespace["__aexit__"] = lambda self, kind, error, _: peer.apply(
            "aleave", self, kind, error
        )
    if "__await__" in dunders:
        namespace["__await__"] = lambda self: (
            Awaited(peer, self) if _has_loop() else peer.apply("await", self)
        )
    if base == "coroutine":
        namespace.update({name: _driven(peer, name) for name in ("send", "throw", "close")})
    return namespace


def _has_loop() -> bool:
    """Whether a test's event loop is running; else it goes on with a coroutine by hand."""
    asyncio = sys.modules.get("asyncio")
    return asyncio is not None and asyncio._get_running_loop() is not None


def _forward(peer: Any, operation: str) -> Callable[[Any], Any]:
    return lambda self: peer.apply(operation, self)


def _driven(peer: Any, name: str) -> Callable[..., Any]:
    """Give a method of a coroutine: for a running event loop, else that in the jail itself."""

    def method(self: Any, *arguments: Any) -> Any:
        awaited = self.__dict__.get("_awaited")
        if awaited is None:
            if not _has_loop():
                return TrustedMethod(peer, self, name)(*arguments)
            awaited = self.__dict__["_awaited"] = Awaited(peer, self)
        return getattr(awaited, name)(*arguments)

    return method
