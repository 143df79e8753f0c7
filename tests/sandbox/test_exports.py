"""Objects of the tests, and what the jail may do with them."""

import pytest
from fakes import solution_of

from graders.errors import CannotGrade
from graders.sandbox.exports import Exports, RefusedCallbackError
from graders.testing import Oracle

SORTS = """
def sort(items):
    return sorted(items)

def biggest(items):
    return max(items)

def seen(items):
    found = set()
    return [x in found or found.add(x) or False for x in items]

def compare(a, b):
    return [a < b, a <= b, a > b, a >= b, a == b, a != b]

def with_number(a):
    return [a == 5, a != 5]

def add(a):
    return a + 1

def peek(a):
    return a.key

def call(f):
    return f()
"""


@pytest.fixture(scope="module")
def solution():
    with solution_of(SORTS) as solution:
        yield solution


def test_an_oracles_elements_come_back_themselves_and_each_comparison_counts(solution):
    oracle = Oracle()
    items = oracle.items([3, 1, 2])

    back = solution.sort(items)

    assert back == [items[1], items[2], items[0]]
    assert [a is b for a, b in zip(back, [items[1], items[2], items[0]], strict=True)] == [True] * 3
    assert oracle.comparisons >= 3


def test_every_comparison_is_answered(solution):
    a, b = Oracle().items([1, 2])

    assert solution.compare(a, b) == [True, True, False, False, False, True]
    assert solution.compare(b, b) == [False, True, False, True, True, False]
    assert solution.with_number(a) == [False, True]


def test_hashes_count_too(solution):
    oracle = Oracle()
    items = oracle.items("aba")

    assert solution.seen(items) == [False, False, True]
    assert oracle.hashes >= 3


@pytest.mark.parametrize("name", ["add", "peek"])
def test_an_element_has_no_content_that_could_be_had(solution, name):
    (item,) = Oracle().items([1])

    with pytest.raises(BaseException) as caught:  # noqa: PT011
        getattr(solution, name)(item)

    assert type(caught.value).__name__ in ("TypeError", "Stopped", "AttributeError")


@pytest.mark.parametrize(
    ("number", "operation", "operands", "names"),
    [
        (1, "call", [], []),
        (-1, "call", [], []),
        ("0", "call", [], []),
        (True, "call", [], []),
        (0, "getattr", ["__globals__"], []),
        (0, "__class__", [], []),
        (0, ["call"], [], []),
    ],
)
def test_what_was_not_handed_over_is_refused(number, operation, operands, names):
    exports = Exports()
    exports.cell(print)

    with pytest.raises((RefusedCallbackError, TypeError)):
        exports.call(number, operation, operands, names)


def test_a_function_keeps_its_number():
    exports = Exports()

    assert exports.cell(len) == exports.cell(len)
    assert exports.cell(print) != exports.cell(len)
    assert exports.cell(object()) is None
    assert exports.value(1) is print


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (ValueError("x", 1, object()), "ValueError"),
        (type("Own", (KeyError,), {})("k"), "KeyError"),
        (KeyboardInterrupt(), "Exception"),
    ],
    ids=["plain", "own", "no Exception"],
)
def test_the_jail_is_told_of_an_error_only_its_kind_and_plain_arguments(error, name):
    told = Exports().fault(error)

    assert told["error"] == name
    assert all(type(a) in (int, str) for a in told["args"])


@pytest.mark.parametrize("value", [1 << 200, "\ud800"], ids=["a large number", "a surrogate"])
def test_what_a_function_of_the_tests_gives_arrives_whatever_its_size(solution, value):
    assert solution.call(lambda: value) == value


def test_a_jail_that_breaks_in_a_function_of_the_tests_is_no_fault_of_the_solution():
    def breaks():
        raise CannotGrade("no zygote", fix="kata doctor")

    with solution_of(SORTS) as solution, pytest.raises(CannotGrade, match="no zygote"):
        solution.call(breaks)
