import inspect
from collections.abc import Iterator
from itertools import islice

import lazy_numbers
import pytest
from lazy_numbers import ANSWER, Countdown, chosen, naturals, noted, primes, squares


def test_endless():
    assert list(islice(naturals(3), 4)) == [3, 4, 5, 6]


def test_generators_are_generators():
    assert inspect.isgenerator(primes())
    assert isinstance(primes(), Iterator)
    assert not inspect.isgenerator([])
    assert inspect.isfunction(primes)


def test_primes():
    numbers = primes()
    assert next(numbers) == 2
    assert [next(numbers) for _ in range(4)] == [3, 5, 7, 11]


def test_conversation():
    talk = lazy_numbers.conversation()
    assert next(talk) == 0
    assert talk.send("one") == 1
    assert talk.throw(ValueError("way")) == "no way"
    assert next(talk) == 1
    with pytest.raises(StopIteration) as caught:
        talk.send(None)
    assert caught.value.value == ["one"]


def test_countdown():
    assert list(Countdown(3)) == [3, 2, 1]
    assert list(Countdown(0)) == []
    assert max(Countdown(5)) == 5
    first, *rest = Countdown(3)
    assert (first, rest) == (3, [2, 1])


def test_laziness():
    asked = []

    def numbers():
        for number in range(10):
            asked.append(number)
            yield number

    result = squares(numbers())
    assert asked == []
    assert [next(result), next(result)] == [0, 1]
    assert asked == [0, 1]


def test_chosen():
    assert list(chosen(lambda n: n % 2, range(6))) == [1, 3, 5]
    assert list(chosen(str.isupper, "aBcD")) == ["B", "D"]


def test_contexts():
    lazy_numbers.EVENTS.clear()
    with noted("door") as name:
        assert name == "DOOR"
    with pytest.raises(ValueError, match="inside"), noted("hut"):
        raise ValueError("inside")
    with noted("hall", forgive=True):
        raise ValueError


def test_stop_iteration_passes():
    with pytest.raises(StopIteration):
        lazy_numbers.first_of_none()


def test_constant():
    assert ANSWER == 42
    lazy_numbers.ANSWER = 43
    assert lazy_numbers.ANSWER == 43
    lazy_numbers.ANSWER = 42
