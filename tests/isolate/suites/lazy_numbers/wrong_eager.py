import itertools
from contextlib import contextmanager

EVENTS = []
ANSWER = 42


def naturals(start=0):
    return itertools.count(start)


def primes():
    found = []
    for number in itertools.count(2):
        if all(number % prime for prime in found):
            found.append(number)
            yield number


def conversation():
    heard = []
    while True:
        try:
            word = yield len(heard)
        except ValueError as error:
            yield f"no {error}"
            continue
        if word is None:
            return heard
        heard.append(word)


class Countdown:
    def __init__(self, start):
        self.left = start

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        self.left -= 1
        return self.left + 1


def squares(numbers):
    for number in numbers:
        numbers = list(numbers)
        yield number * number


def chosen(predicate, items):
    return filter(predicate, items)


@contextmanager
def noted(name, *, forgive=False):
    EVENTS.append(f"enter {name}")
    try:
        yield name.upper()
    except ValueError:
        if not forgive:
            raise
    finally:
        EVENTS.append(f"leave {name}")


def first_of_none():
    return next(iter([]))
