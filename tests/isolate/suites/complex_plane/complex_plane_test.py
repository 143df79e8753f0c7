import math

import pytest
from complex_plane import Point


def test_equality():
    assert Point(1, 2) == Point(1, 2)
    assert Point(1, 2) != Point(2, 1)
    assert Point(3, 0) == 3
    assert Point(3, 0) == 3


def test_not_hashable():
    with pytest.raises(TypeError):
        hash(Point(1, 2))


@pytest.mark.parametrize(
    ("sum_", "expected"),
    [
        (lambda: Point(1, 2) + Point(3, 4), Point(4, 6)),
        (lambda: Point(1, 2) + 5, Point(6, 2)),
        (lambda: 5 + Point(1, 2), Point(6, 2)),
        (lambda: 5 - Point(1, 2), Point(4, -2)),
        (lambda: Point(1, 2) * Point(3, 4), Point(-5, 10)),
        (lambda: 2 * Point(3, 4), Point(6, 8)),
        (lambda: Point(0, 1) ** 2, Point(-1, 0)),
        (lambda: -Point(1, 2), Point(-1, -2)),
    ],
)
def test_arithmetic(sum_, expected):
    assert sum_() == expected


def test_sum_and_product_of_many():
    assert sum([Point(1, 1)] * 3) == Point(3, 3)
    assert math.prod([Point(0, 1)] * 4) == 1


def test_numbers_of_it():
    assert abs(Point(3, 4)) == 5
    assert complex(Point(1, 2)) == 1 + 2j
    assert bool(Point(0, 0)) is False
    first, second = divmod(Point(1), 3)
    assert first == Point(1)
    assert second == 3


def test_polar():
    point = Point.polar(2, math.pi / 2)
    assert isinstance(point, Point)
    assert point.real == pytest.approx(0)
    assert point.imaginary == pytest.approx(2)
