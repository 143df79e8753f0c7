import unittest
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from unittest.mock import patch

import day_time
from day_time import DayTime, later, next_sunday, share


class DayTimeTest(unittest.TestCase):
    def test_text(self):
        self.assertEqual(str(DayTime(8, 5)), "08:05")
        self.assertEqual(f"{DayTime(23, 59)}", "23:59")

    def test_repr(self):
        self.assertEqual(repr(DayTime(25, 0)), "DayTime(1, 0)")

    def test_negative(self):
        self.assertEqual(str(DayTime(-1, -1)), "22:59")

    def test_equality(self):
        self.assertEqual(DayTime(1, 0), DayTime(25, 0))
        self.assertNotEqual(DayTime(1, 0), DayTime(1, 1))
        self.assertNotEqual(DayTime(1, 0), "01:00")

    def test_hash(self):
        self.assertEqual(len({DayTime(1, 0), DayTime(25, 0), DayTime(2, 0)}), 2)
        self.assertIn(DayTime(3, 0), {DayTime(3, 0): "three"})

    def test_adding(self):
        self.assertEqual(DayTime(10, 0) + 3, DayTime(10, 3))
        self.assertEqual(DayTime(0, 2) - 3, DayTime(23, 59))

    def test_adding_in_place_keeps_the_object(self):
        time = same = DayTime(23, 59)
        time += 2
        self.assertIs(time, same)
        self.assertEqual(str(same), "00:01")

    def test_order(self):
        times = sorted([DayTime(5, 0), DayTime(1, 0), DayTime(3, 0)])
        self.assertEqual([t.total for t in times], [60, 180, 300])
        self.assertEqual(max(times), DayTime(5, 0))

    def test_no_order_with_numbers(self):
        with self.assertRaises(TypeError):
            DayTime(1, 0) * 2
        with self.assertRaises(AttributeError):
            DayTime(1, 0) < 2

    def test_later(self):
        self.assertEqual(later(datetime(2011, 4, 25), 10**9), datetime(2043, 1, 1, 1, 46, 40))

    def test_next_sunday(self):
        for day in range(4, 11):
            with self.subTest(day=day):
                self.assertEqual(next_sunday(date(2024, 11, day)), date(2024, 11, 10))

    def test_share(self):
        amount, part = share("10.50", 3)
        self.assertEqual(amount, Decimal("3.5"))
        self.assertEqual(part, Fraction(1, 3))
        self.assertIsInstance(part, Fraction)

    def test_patched_clock(self):
        with patch("day_time.datetime") as clock:
            clock.now.return_value = datetime(2000, 1, 1)
            self.assertEqual(day_time.now(), datetime(2000, 1, 1))
        self.assertGreater(day_time.now(), datetime(2000, 1, 1))
