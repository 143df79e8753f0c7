"""What a hidden test sees of a solution: calls, objects, changes of arguments, callbacks."""

import array
import collections

import numpy as np
import pytest
from fakes import solution_of

from graders.model.result import Cause, CauseKind
from graders.sandbox import faults
from graders.sandbox.link import Stopped
from graders.testing import check, inout, ops, record


@record
class Node:
    def __init__(self, val=0, next=None):  # noqa: A002 - as in the katas
        self.val = val
        self.next = next


SOURCE = """
import contextlib

LIMIT = [1, 2]

class Node:
    def __init__(self, val=0, next=None):
        self.val, self.next = val, next

class Base:
    made = 0
    def __init__(self, size):
        self.size = size
        Base.made += 1
    @classmethod
    def small(cls):
        return cls(1)
    @staticmethod
    def twice(x):
        return 2 * x
    @property
    def area(self):
        return self.size ** 2
    def grow(self, by=1):
        self.size += by
        return self
    def __eq__(self, other):
        return True
    def __hash__(self):
        return 1
    def __len__(self):
        return self.size
    def __getitem__(self, index):
        if index >= self.size:
            raise IndexError(index)
        return index * 10
    def __add__(self, other):
        return Base(self.size + getattr(other, "size", other))
    __radd__ = __add__
    def __iadd__(self, other):
        self.size += other
        return self
    def __neg__(self):
        return Base(-self.size)
    def __lt__(self, other):
        return self.size < other.size
    def __call__(self, *args, **named):
        return [self.size, list(args), named]
    def __contains__(self, x):
        return x == self.size
    def __repr__(self):
        return f"Base({self.size})"

class Derived(Base):
    pass

class Door:
    def __init__(self):
        self.log = []
    def __enter__(self):
        self.log.append("in")
        return self
    def __exit__(self, kind, error, trace):
        self.log.append(["out", kind and kind.__name__, str(error)])
        return kind is KeyError

class OwnError(ValueError):
    def __init__(self, text, code):
        super().__init__(text)
        self.code = code

class Stop(StopIteration):
    pass

class Count:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return self
    def __next__(self):
        if not self.n:
            raise StopIteration
        self.n -= 1
        return self.n

def same(x):
    return x

def is_base(x):
    return isinstance(x, Base)

def fail(name, *args):
    raise getattr(__import__("builtins"), name)(*args)

def own_fail():
    raise OwnError("broken", 7)

def stop(x):
    raise Stop

def numbers():
    taken.clear()
    for n in range(10**9):
        taken.append(n)
        yield n

taken = []

def how_many():
    return len(taken)

def ask(callback, *args, **named):
    return callback(*args, **named)

def ask_safely(callback, *args):
    try:
        return callback(*args)
    except Exception as error:
        return [type(error).__name__, str(error)]

def pass_on(callback, depth):
    return callback(lambda n: callback(None, n - 1) if n else "ground", depth)

def make_adder(n):
    return lambda x: x + n

def change(value):
    if isinstance(value, list):
        value.append(value[0]); value[0] = "new"
    elif isinstance(value, dict):
        value["new"] = list(value)
    elif hasattr(value, "popleft"):
        value.popleft()
    elif isinstance(value, set):
        value.add("new")
    elif isinstance(value, bytearray):
        value += b"!"
    elif hasattr(value, "typecode"):
        value.append(7)
    elif hasattr(value, "dtype"):
        value *= 2
    else:
        value.val, value.next = "new", Node("fresh", value)

def change_and_fail(value):
    change(value)
    raise ValueError("after the change")

def prepend(head):
    return Node(0, head)
"""


@pytest.fixture(scope="module")
def solution():
    with solution_of(SOURCE, records={"Node": (Node, ("val", "next"))}) as solution:
        yield solution


def cause_of(solution, error):
    return faults.cause_of(error)


# Names ------------------------------------------------------------------


def test_constants_are_values(solution):
    assert solution.LIMIT == [1, 2]


def test_a_missing_name_stops_the_test_and_is_named(solution):
    with pytest.raises(Stopped) as caught:
        solution.reverse()

    assert caught.value.cause == Cause(kind=CauseKind.MISSING_NAME, name="reverse")


def test_a_solution_cannot_be_patched(solution):
    with pytest.raises(TypeError, match="read only"):
        solution.same = len


def test_a_solution_has_no_dunders(solution):
    assert not hasattr(solution, "__wrapped__")


# Objects ------------------------------------------------------------------


def test_an_object_stays_in_the_jail_and_is_called_from_here(solution):
    base = solution.Base(3)

    assert base.grow(by=2).size == 5
    assert base.area == 25
    assert base(1, a=2) == [5, [1], {"a": 2}]
    assert repr(base) == "<Base in the jail>"


def test_an_object_is_one_proxy_wherever_it_turns_up(solution):
    base = solution.Base(3)

    assert solution.same([base, base])[1] is base
    assert base.grow() is base


def test_attributes_of_objects_and_classes_can_be_set_and_removed(solution):
    base = solution.Base(3)
    base.size = 8
    solution.Base.made = 0

    assert base.area == 64
    assert solution.Base(1) and solution.Base.made == 1
    del base.size
    with pytest.raises(AttributeError):
        base.area  # noqa: B018
    solution.Derived.extra = 1
    del solution.Derived.extra
    with pytest.raises(AttributeError):
        solution.Derived.extra  # noqa: B018


def test_class_and_static_methods(solution):
    assert type(solution.Derived.small()) is solution.Derived
    assert solution.Base.twice(4) == 8
    assert solution.Base(1).twice(5) == 10


def test_classes_are_related_as_in_the_jail(solution):
    derived = solution.Derived(1)

    assert isinstance(derived, solution.Base)
    assert issubclass(solution.Derived, solution.Base)
    assert solution.is_base(derived)
    assert solution.same(solution.Base) is solution.Base


def test_an_object_decides_nothing(solution):
    base = solution.Base(3)

    assert (base == 3) is False
    assert (base != 3) is True
    for question in (len, iter, lambda b: b + 1, lambda b: b[0], lambda b: b < base, np.array):
        with pytest.raises(TypeError):
            question(base)


def test_operators_are_forwarded_where_a_test_asks_for_it(solution):
    base = ops(solution.Base(3))

    assert len(base) == 3
    assert base[2] == 20
    assert 3 in base
    assert (base == "anything") is True
    assert (base != "anything") is False
    assert repr(base) == "Base(3)"
    assert (base + 1).size == 4
    assert (1 + base).size == 4
    assert (-base).size == -3
    assert base < ops(solution.Base(4))
    assert list(base) == [0, 10, 20]
    assert base.area == 9
    assert base(5) == [3, [5], {}]
    assert solution.is_base(base)


def test_a_method_and_a_function_can_be_handed_back(solution):
    base = solution.Base(3)

    assert solution.ask(base.grow, 4).size == 7
    assert solution.ask(solution.same, "x") == "x"
    assert solution.ask(solution.make_adder(2), 3) == 5
    assert solution.make_adder(2)(5) == 7


def test_a_context_manager_is_entered_and_left(solution):
    door = solution.Door()

    with door as inside:
        assert inside is door
    with door, pytest.raises(ValueError, match="bad"), door:
        raise ValueError("bad")
    with door:
        raise KeyError("kept inside")

    assert door.log[1] == ["out", None, "None"]
    assert door.log[4] == ["out", "ValueError", "bad"]
    assert door.log[-1] == ["out", "KeyError", "'kept inside'"]


def test_generators_are_lazy(solution):
    numbers = solution.numbers()

    assert [next(numbers) for _ in range(3)] == [0, 1, 2]
    assert solution.how_many() == 3


def test_iterators_of_the_solutions_own_end(solution):
    assert list(solution.Count(3)) == [2, 1, 0]


def test_a_handle_that_is_let_go_is_forgotten_in_the_jail(solution):
    first = solution.Base(1)
    number = first._hid
    del first
    solution.same(1)

    assert solution.Base(2)._hid != number


# Exceptions ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "args"),
    [("ValueError", ["a"]), ("KeyError", ["b"]), ("ZeroDivisionError", []), ("OSError", [2, "x"])],
)
def test_an_exception_arrives_with_its_class_and_arguments(solution, name, args):
    with pytest.raises(Exception) as caught:  # noqa: PT011
        solution.fail(name, *args)

    assert type(caught.value).__name__ == name or name == "OSError"
    assert list(caught.value.args) == args
    cause = cause_of(solution, caught.value)
    assert cause.kind is CauseKind.RAISED
    assert SOURCE.split("\n")[cause.line - 1].strip().startswith("raise getattr")


def test_an_exception_whose_arguments_do_not_suit_its_class_still_tells_its_text(solution):
    with pytest.raises(Exception, match="invalid start byte"):
        solution.fail("UnicodeDecodeError", "utf-8", b"\xff", 0, 1, "invalid start byte")


def test_an_exception_of_the_solutions_own(solution):
    with pytest.raises(solution.OwnError, match="broken") as caught:
        solution.own_fail()

    assert isinstance(caught.value, ValueError)
    assert caught.value.args == ("broken",)
    assert caught.value.code == 7
    assert cause_of(solution, caught.value).error == "OwnError"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SystemExit", CauseKind.EXITED),
        ("KeyboardInterrupt", CauseKind.EXITED),
        ("GeneratorExit", CauseKind.RAISED),
        ("StopIteration", CauseKind.RAISED),
        ("MemoryError", CauseKind.OUT_OF_MEMORY),
    ],
)
def test_what_would_end_more_than_a_call_becomes_a_cause(solution, name, kind):
    with pytest.raises((Stopped, MemoryError)) as caught:
        solution.fail(name)

    assert cause_of(solution, caught.value).kind is kind


@pytest.mark.parametrize("name", ["stop", "fail"])
def test_a_solution_cannot_end_an_iteration_of_the_test(solution, name):
    words = ["StopIteration"]

    with pytest.raises(Stopped):
        all(map(getattr(solution, name), words))


@pytest.mark.parametrize("expected", [Exception, AssertionError])
def test_a_stop_is_no_exception_that_a_test_could_wait_for(solution, expected):
    with pytest.raises(Stopped), pytest.raises(expected):
        solution.fail("SystemExit")


def test_an_assertion_of_the_test_has_a_wrong_value_as_its_cause(solution):
    assert cause_of(solution, AssertionError()) == Cause(kind=CauseKind.WRONG_VALUE)


# Changes ------------------------------------------------------------------

CHANGED = {
    "list": (lambda: [1, 2], ["new", 2, 1]),
    "dict": (lambda: {"a": 1}, {"a": 1, "new": ["a"]}),
    "counter": (lambda: collections.Counter("aa"), {"a": 2, "new": ["a"]}),
    "set": (lambda: {1}, {1, "new"}),
    "deque": (lambda: collections.deque([1, 2]), collections.deque([2])),
    "bytearray": (lambda: bytearray(b"ab"), bytearray(b"ab!")),
    "numbers": (lambda: array.array("d", [1]), array.array("d", [1, 7])),
    "array": (lambda: np.arange(3), np.array([0, 2, 4])),
}


@pytest.mark.parametrize("kind", CHANGED)
@pytest.mark.parametrize("name", ["change", "change_and_fail"])
def test_changes_of_an_argument_come_back_where_asked_for(solution, kind, name):
    make, changed = CHANGED[kind]
    value = make()

    if name == "change":
        solution.change(inout(value))
    else:
        with pytest.raises(ValueError, match="after the change"):
            solution.change_and_fail(value=inout(value))

    assert np.array_equal(value, changed) if kind == "array" else value == changed
    assert type(value) is type(make())


@pytest.mark.parametrize("kind", CHANGED)
def test_arguments_are_copies_unless_asked_for(solution, kind):
    value = CHANGED[kind][0]()

    solution.change(value)

    check.equal(value, CHANGED[kind][0]())


@pytest.mark.parametrize("name", ["change", "change_and_fail"])
def test_links_of_records_come_back_with_identity(solution, name):
    node = Node("old")

    if name == "change":
        solution.change(inout(node))
    else:
        with pytest.raises(ValueError, match="after"):
            solution.change_and_fail(inout(node))

    assert node.val == "new"
    assert node.next.val == "fresh"
    assert node.next.next is node


def test_a_result_that_holds_an_argument_holds_the_very_object(solution):
    node = Node("old")

    assert solution.prepend(inout(node)).next is node
    assert solution.prepend(node).next is not node


def test_what_lies_deep_in_an_argument_is_changed_too(solution):
    inner = [1]
    outer = ([inner],)

    solution.ask(lambda: None)
    solution.same(inout(outer))
    solution.change(inout(outer[0]))

    assert outer[0][1] is inner


# Callbacks ------------------------------------------------------------------


def test_a_callback_gets_values_and_names(solution):
    assert solution.ask(lambda a, *, b: [a, b], (1, 2), b={3}) == [(1, 2), {3}]


def test_callbacks_nest_both_ways(solution):
    def here(function, n):
        return function(n) if function else solution.pass_on(here, n)

    assert solution.pass_on(here, 3) == "ground"


@pytest.mark.parametrize(
    "error", [ValueError("v"), IndexError("i"), KeyError("k"), OSError("o")], ids=repr
)
def test_what_a_callback_raises_reaches_the_solution_and_comes_back_itself(solution, error):
    def raises():
        raise error

    assert solution.ask_safely(raises) == [type(error).__name__, str(error)]
    with pytest.raises(type(error)) as caught:
        solution.ask(raises)
    assert caught.value is error


def test_a_failed_assertion_in_a_callback_cannot_be_swallowed(solution):
    def asserts():
        raise AssertionError("the test's own")

    with pytest.raises(AssertionError, match="the test's own"):
        solution.ask_safely(asserts)


def test_a_call_within_a_callback_raises_through_both(solution):
    with pytest.raises(ZeroDivisionError):
        solution.ask(lambda: solution.fail("ZeroDivisionError"))


@pytest.mark.parametrize("value", [10**40, "\ud800", [1 << 70, "\udfff"]], ids=ascii)
def test_a_callback_may_give_and_get_what_does_not_fit_a_word(solution, value):
    assert solution.ask(lambda x: x, value) == value


def test_several_objects_of_a_class_that_was_not_known_come_in_one_answer():
    source = """
def pair():
    class Local:
        def __init__(self, value):
            self.value = value

    return [Local(1), Local(2)]
"""
    with solution_of(source) as solution:
        first, second = solution.pair()

        assert (first.value, second.value) == (1, 2)
        assert type(first) is type(second)
