"""Coroutines that are stepped for the other side of the wall."""

import asyncio
import threading
import time

import pytest

from graders.sandbox import stepping
from graders.sandbox.awaiting import Awaited


class Near:
    """A peer whose jail is this process."""

    def apply(self, operation, *operands):
        return stepping.OPERATIONS[operation](*operands)


def by_hand(coroutine):
    return finish(Awaited(Near(), coroutine))


def finish(awaited):
    steps = 0
    while True:
        try:
            next(iter(awaited))
        except StopIteration as end:
            return end.value, steps
        steps += 1


def test_a_loop_without_sockets_waits_for_time_and_threads():
    async def main():
        await asyncio.sleep(0.001)
        return await asyncio.get_running_loop().run_in_executor(None, threading.get_ident)

    loop = stepping.new_loop()

    assert loop.run_until_complete(main()) != threading.get_ident()
    loop.close()


def test_a_solution_that_runs_asyncio_itself_gets_such_a_loop(monkeypatch):
    for holder in (asyncio, asyncio.events):
        monkeypatch.setattr(holder, "new_event_loop", holder.new_event_loop)  # put back afterwards
    stepping.share_loops()

    async def main():
        return type(asyncio.get_running_loop())

    assert asyncio.run(main()) is type(stepping.new_loop())


def test_a_step_is_short():
    async def main():
        await asyncio.sleep(0.02)
        return 5

    started = time.monotonic()

    result, steps = by_hand(main())

    assert result == 5
    assert 1 <= steps <= 10
    assert time.monotonic() - started >= 0.02


def test_an_error_is_raised_where_it_is_awaited():
    async def main():
        raise KeyError("here")

    with pytest.raises(KeyError, match="here"):
        by_hand(main())


def test_a_cancelled_coroutine_may_take_its_time():
    notes = []

    async def main():
        try:
            await asyncio.sleep(100)
        finally:
            await asyncio.sleep(0.01)
            notes.append("tidied up")

    awaited = Awaited(Near(), main())
    awaited.send(None)
    awaited.throw(asyncio.CancelledError)
    with pytest.raises(asyncio.CancelledError):
        finish(awaited)

    assert notes == ["tidied up"]


@pytest.mark.parametrize("way", ["close", "throw"])
def test_a_coroutine_that_is_given_up_ends(way):
    notes = []

    async def main():
        try:
            await asyncio.sleep(100)
        finally:
            notes.append("ended")

    awaited = Awaited(Near(), main())
    awaited.send(None)
    if way == "close":
        awaited.close()
    else:
        with pytest.raises(ValueError, match="enough"):
            awaited.throw(ValueError("enough"))

    assert notes == ["ended"]


def test_a_coroutine_that_never_began_is_closed_for_nothing():
    Awaited(None, None).close()
