"""What hidden tests import: strict comparisons, and records."""

import collections
import math

import numpy as np
import pytest

from graders.testing import check, record

NAN, INF = math.nan, math.inf
EQUAL = [
    (1, 1),
    (NAN, NAN),
    (complex(NAN, 1), complex(NAN, 1)),
    ([1, (2.0, "a")], [1, (2.0, "a")]),
    ({"a": [1], "b": 2}, {"b": 2, "a": [1]}),
    ({1, 2}, {2, 1}),
    (collections.deque([1]), collections.deque([1])),
    (np.array([1.0, NAN]), np.array([1.0, NAN])),
    (np.float32(2), np.float32(2)),
    (np.array([[]]), np.array([[]])),
    (np.array(["a"]), np.array(["a"])),
    (None, None),
]
DIFFERENT = [
    (True, 1, "answer: bool, not int"),
    (1, 1.0, "answer: int, not float"),
    ([1], (1,), "answer: list, not tuple"),
    ([1, [2, True]], [1, [2, 1]], r"\[1\]\[1\]: bool, not int"),
    ([1], [1, 2], "answer: 1 elements, not 2"),
    ([], [1], "answer: 0 elements, not 1"),
    ({"a": 1}, {"b": 1}, "answer: other members"),
    ({"a": 1}, {"a": 2}, r"\['a'\]: another value"),
    ("a", "b", "answer: another value"),
    (1.0, 1.0 + 1e-12, "answer: another value"),
    (0.0, NAN, "answer: another value"),
    (np.array([1]), np.array([1.0]), "answer: dtype int64, not float64"),
    (np.zeros((2, 1)), np.zeros(2), r"answer: shape \(2, 1\), not \(2,\)"),
    (np.zeros(0), np.zeros(1), "answer: shape"),
    (np.zeros(2), np.array([0.0, 1e-12]), "answer: other values"),
    (np.float64(1), 1.0, "answer: float64, not float"),
]
CLOSE = [
    (1.0, 1.0 + 1e-10),
    (INF, INF),
    (1 + 0j, 1 + 1e-10j),
    ([1.0, {"a": 2.0}], [1.0 + 1e-10, {"a": 2.0}]),
    (np.array([1.0, NAN, INF]), np.array([1.0 + 1e-10, NAN, INF])),
    (np.array([1, 2]), np.array([1, 2])),
]
FAR = [
    (1.0, 1.001, {}),
    (1.0, INF, {}),
    (INF, 1.0, {}),
    (-INF, INF, {}),
    (NAN, 1.0, {}),
    (1, 1.0, {}),
    (np.float32(1), np.float64(1), {}),
    (np.array([]), 3.0, {}),
    (np.array([]), np.array([3.0]), {}),
    (np.array([1.0]), np.array([1.001]), {}),
    (np.array([1]), np.array([2]), {"atol": 5.0}),
    (1.0, 1.2, {"atol": 0.1}),
]


@pytest.mark.parametrize(("actual", "expected"), EQUAL, ids=repr)
def test_equal_values_are_equal(actual, expected):
    check.equal(actual, expected)


@pytest.mark.parametrize(("actual", "expected", "words"), DIFFERENT, ids=repr)
def test_values_that_differ_are_told_by_place_and_kind(actual, expected, words):
    with pytest.raises(AssertionError, match=words):
        check.equal(actual, expected)


@pytest.mark.parametrize(("actual", "expected"), CLOSE, ids=repr)
def test_close_values_are_close(actual, expected):
    check.close(actual, expected)


@pytest.mark.parametrize(("actual", "expected", "more"), FAR, ids=repr)
def test_values_that_are_not_close(actual, expected, more):
    with pytest.raises(AssertionError):
        check.close(actual, expected, **more)


def test_close_takes_an_absolute_tolerance():
    check.close(1.0, 1.05, atol=0.1)


def test_deep_values_need_no_recursion():
    one, other = [], []
    for _ in range(5000):
        one, other = [one], [other]

    check.equal(one, other)


def test_a_records_fields_are_its_slots_or_what_it_is_made_of():
    @record
    class Slotted:
        __slots__ = ("__weakref__", "a", "b")

    @record
    class Made:
        def __init__(self, x, y=1):
            pass

    @record
    class Bare:
        pass

    assert [cls.__kata_record__ for cls in (Slotted, Made, Bare)] == [("a", "b"), ("x", "y"), ()]
