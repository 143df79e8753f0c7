"""What ``kata isolate`` asks of a worker, over the same socket pair."""

import abc
import sys

import pytest
from fakes import ROOMY, FakeJail, reap_all

from graders.sandbox.link import Budget
from graders.sandbox.operations import OPERATIONS
from graders.sandbox.peer import Settings
from graders.sandbox.trusting import TrustingPeer

SOURCE = """
import math
from collections import namedtuple

Point = namedtuple("Point", "x y")

class OwnError(ValueError):
    def __init__(self, text, code=0):
        super().__init__(text)
        self.code = code

class Money:
    def __init__(self, amount):
        self.amount = amount
    def __eq__(self, other):
        return isinstance(other, Money) and self.amount == other.amount
    def __hash__(self):
        return hash(self.amount)
    def __add__(self, other):
        return Money(self.amount + other.amount)
    def __lt__(self, other):
        return self.amount < other.amount
    def __len__(self):
        return self.amount
    def __iter__(self):
        return iter(range(self.amount))
    def __getitem__(self, index):
        return [self.amount, index]
    def __contains__(self, x):
        return x == self.amount
    def __repr__(self):
        return f"Money({self.amount})"
    def __floor__(self):
        return 7
    def __bool__(self):
        return self.amount > 0
    @staticmethod
    def none():
        return Money(0)

class Words(list):
    pass

def fail(code):
    raise OwnError("broken", code)

def call(function, *args):
    return function(*args)

def use(thing):
    with thing as inner:
        return [inner.name, len(inner), inner[2], list(inner), 5 in inner, str(inner), bool(inner)]

def catch(function, kind):
    try:
        return function()
    except kind as error:
        return ["caught", str(error)]

def rename(thing, name):
    thing.name = name
    return thing

def same(x):
    return x

def point():
    return Point(1, 2)

def append(xs):
    xs.append(9)
"""


class Thing:
    """An object of a test's own class, handed to a solution."""

    name = "thing"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def __len__(self):
        return 3

    def __getitem__(self, index):
        if index > 3:
            raise IndexError(index)
        return index * 2

    def __iter__(self):
        return iter([1, 2])

    def __contains__(self, x):
        return x == 5

    def __str__(self):
        return "a thing"


@pytest.fixture(scope="module")
def get():
    """Give a function that gives a member of the solution."""
    operations = dict(OPERATIONS)
    settings = Settings(source=SOURCE, module="solved", trusts_operators=True)
    peer = TrustingPeer(FakeJail(), Budget(ROOMY), settings, path="solved.py")
    yield peer.member
    reap_all()
    OPERATIONS.clear()
    OPERATIONS.update(operations)
    sys.modules.pop("solved", None)


def test_operators_are_the_solutions_own(get):
    money = get("Money")
    two, three = money(2), money(3)

    assert two + three == money(5)
    assert two != three
    assert two < three
    assert len({two, money(2), three}) == 2
    assert (len(two), list(three), two[1], 2 in two) == (2, [0, 1, 2], [2, 1], True)
    assert (repr(two), bool(money.none())) == ("Money(2)", False)
    assert sorted([three, two]) == [two, three]


def test_errors_are_of_the_solutions_classes(get):
    with pytest.raises(get("OwnError"), match="broken") as caught:
        get("fail")(7)

    assert caught.value.args == ("broken",)
    assert caught.value.code == 7
    assert type(caught.value) is get("OwnError")


def test_objects_of_the_tests_are_used_by_the_solution(get):
    used = get("use")(Thing())

    assert used[:4] == ["thing", 3, 4, [1, 2]]
    assert used[4:] == [True, "a thing", True]


def test_attributes_of_the_tests_objects_can_be_set(get):
    thing = Thing()

    assert get("rename")(thing, "other") is thing
    assert thing.name == "other"


def test_errors_of_the_tests_are_caught_by_their_class(get):
    class Mine(abc.ABC, KeyError):
        pass

    def raises():
        raise Mine("k")

    assert get("catch")(raises, Mine)[0] == "caught"
    assert get("catch")(raises, KeyError)[0] == "caught"
    with pytest.raises(Mine):
        get("catch")(raises, ValueError)


def test_arguments_are_changed_in_place(get):
    xs = [1]

    get("append")(xs)

    assert xs == [1, 9]


def test_a_named_tuple_is_one(get):
    point = get("point")()

    assert point == (1, 2)
    assert (point.x, point.y) == (1, 2)


def test_a_function_of_the_tests_is_the_same_whenever_it_comes_back(get):
    def callback(x):
        return x + 1

    assert get("same")(callback) is callback
    assert get("call")(callback, 2) == 3
