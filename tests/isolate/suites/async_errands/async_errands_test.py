import asyncio
import unittest
from unittest import mock

import async_errands
import pytest
from async_errands import Counter, ErrandError, Later, Mailbox, fetch


class OwnError(Exception):
    pass


def collect(source):
    async def main():
        return [value async for value in source]

    return asyncio.run(main())


def test_a_coroutine_runs_to_its_end():
    assert asyncio.run(fetch("milk")) == "fetched milk"


def test_a_coroutine_waits():
    async def main():
        return await fetch("bread", delay=0.01)

    assert asyncio.run(main()) == "fetched bread"


def test_coroutines_run_side_by_side():
    async def main():
        return await asyncio.gather(fetch("a", 0.02), fetch("b", 0.01), fetch("c"))

    assert asyncio.run(main()) == ["fetched a", "fetched b", "fetched c"]


def test_a_coroutine_raises():
    with pytest.raises(ErrandError, match="nothing"):
        asyncio.run(fetch(None))


def test_a_coroutine_goes_on_by_hand():
    steps = Later().__await__()

    assert next(steps) is None
    with pytest.raises(StopIteration) as caught:
        next(steps)
    assert caught.value.value == "later"


def test_a_coroutine_that_nobody_awaits_is_closed():
    coroutine = fetch("milk")

    assert asyncio.iscoroutine(coroutine)
    coroutine.close()


def test_no_more_errands_at_once_than_allowed():
    running = most = 0

    async def errand():
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.005)
        running -= 1
        return running

    asyncio.run(async_errands.run_all([errand] * 5, 2))

    assert most == 2


def test_a_solution_has_a_loop_of_its_own():
    async def errand():
        await asyncio.sleep(0.005)
        return 3

    assert async_errands.run_now([errand, errand]) == [3, 3]


def test_an_error_of_an_errand_comes_back():
    async def errand():
        raise OwnError("mine")

    with pytest.raises(OwnError, match="mine"):
        asyncio.run(async_errands.run_all([errand], 1))
    with pytest.raises(OwnError, match="mine"):
        async_errands.run_now([errand])


def test_the_slower_one_is_cancelled():
    notes = []

    async def errand(delay):
        try:
            await asyncio.sleep(delay)
        except asyncio.CancelledError:
            notes.append("cancelled")
            raise
        return delay

    assert asyncio.run(async_errands.first_of([errand(0.005), errand(5)])) == 0.005
    assert notes == ["cancelled"]


def test_an_errand_has_its_time():
    async def errand():
        await asyncio.sleep(5)

    assert asyncio.run(async_errands.within(errand, 0.01)) == "too late"


def test_a_mocked_errand():
    errand = mock.AsyncMock(return_value="done")

    assert asyncio.run(async_errands.within(errand, 1)) == "done"
    errand.assert_awaited_once_with()


def test_an_asynchronous_generator():
    assert collect(async_errands.countdown(3)) == [3, 2, 1]


def test_an_asynchronous_generator_step_by_step():
    async def main():
        numbers = async_errands.countdown(3)
        first = await numbers.__anext__()
        second = await numbers.asend(None)
        await numbers.aclose()
        return [first, second]

    assert asyncio.run(main()) == [3, 2]


def test_an_asynchronous_iterator():
    assert collect(Counter(3)) == [1, 2, 3]


def test_an_asynchronous_context():
    async def main():
        async with Counter(1) as counter:
            assert counter.is_open
            raise KeyError("swallowed")
        return counter

    counter = asyncio.run(main())

    assert not counter.is_open
    assert counter.notes == ["KeyError"]


def test_a_context_and_an_iterator_of_the_test():
    class Numbers:
        notes = []

        async def __aenter__(self):
            return self.walk()

        async def __aexit__(self, kind, error, trace):
            self.notes.append(kind)

        async def walk(self):
            yield 1
            await asyncio.sleep(0)
            yield 2

    assert asyncio.run(async_errands.total(Numbers())) == 3
    assert Numbers.notes == [None]


class MailboxTest(unittest.IsolatedAsyncioTestCase):
    async def test_who_takes_waits(self):
        box = Mailbox()
        taking = asyncio.create_task(box.take())
        await asyncio.sleep(0)
        await box.put("hello")

        self.assertEqual(await taking, "hello")

    async def test_who_takes_gives_up(self):
        box = Mailbox()

        with self.assertRaises(asyncio.TimeoutError):
            await asyncio.wait_for(box.take(), 0.02)
        self.assertEqual(box.notes, ["gave up"])

    async def test_an_awaitable_object(self):
        self.assertEqual(await Later(), "later")

    async def test_an_error(self):
        with self.assertRaises(ErrandError):
            await fetch(None)
