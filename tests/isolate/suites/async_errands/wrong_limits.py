"""Errands that are run side by side, one too many at a time."""

import asyncio


class ErrandError(Exception):
    """An errand that came to nothing."""


async def fetch(item, delay=0.0):
    await asyncio.sleep(delay)
    if item is None:
        raise ErrandError("nothing to fetch")
    return f"fetched {item}"


async def run_all(errands, limit):
    gate = asyncio.Semaphore(limit + 1)

    async def one(errand):
        async with gate:
            return await errand()

    return await asyncio.gather(*(one(errand) for errand in errands))


def run_now(errands):
    async def together():
        return await asyncio.gather(*(asyncio.create_task(errand()) for errand in errands))

    return asyncio.run(together())


async def first_of(coroutines):
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    done, waiting = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    return done.pop().result()


async def within(errand, seconds):
    try:
        return await asyncio.wait_for(errand(), seconds)
    except asyncio.TimeoutError:
        return "too late"


async def countdown(start):
    for number in range(start, 0, -1):
        await asyncio.sleep(0)
        yield number


async def total(numbers):
    async with numbers as source:
        return sum([number async for number in source])


class Counter:
    """Open while it counts."""

    def __init__(self, end):
        self.is_open = False
        self.notes = []
        self._end = end
        self._number = 0

    async def __aenter__(self):
        await asyncio.sleep(0.001)
        self.is_open = True
        return self

    async def __aexit__(self, kind, error, trace):
        self.is_open = False
        self.notes.append(None if kind is None else kind.__name__)
        return kind is KeyError

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self._number == self._end:
            raise StopAsyncIteration
        self._number += 1
        return self._number


class Later:
    """Can be awaited, and is no coroutine."""

    def __await__(self):
        yield
        return "later"


class Mailbox:
    """Letters wait for who takes them, and who takes them waits for letters."""

    def __init__(self):
        self._letters = asyncio.Queue()
        self.notes = []

    async def put(self, letter):
        await self._letters.put(letter)

    async def take(self):
        try:
            return await self._letters.get()
        except asyncio.CancelledError:
            return "nothing"
