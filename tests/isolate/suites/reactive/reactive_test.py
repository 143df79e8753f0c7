import unittest
from functools import partial

from reactive import Cell, Computed


class ReactiveTest(unittest.TestCase):
    def note(self, seen, value):
        seen.append(value)

    def test_value(self):
        cell = Cell(10)
        self.assertEqual(cell.value, 10)
        cell.value = 20
        self.assertEqual(cell.value, 20)

    def test_computed(self):
        one, two = Cell(1), Cell(2)
        both = Computed([one, two], lambda values: values[0] + values[1] * 10)
        self.assertEqual(both.value, 21)
        one.value = 3
        self.assertEqual(both.value, 23)

    def test_computed_of_computed(self):
        cell = Cell(1)
        twice = Computed([cell], lambda values: values[0] * 2)
        thirty = Computed([cell], lambda values: values[0] * 30)
        total = Computed([twice, thirty], sum)
        self.assertEqual(total.value, 32)
        cell.value = 3
        self.assertEqual(total.value, 96)

    def test_callback(self):
        cell, seen = Cell(1), []
        plus = Computed([cell], lambda values: values[0] + 1)
        plus.add_callback(partial(self.note, seen))
        cell.value = 3
        self.assertEqual(seen, [4])

    def test_callback_only_on_change(self):
        cell, seen = Cell(1), []
        sign = Computed([cell], lambda values: "small" if values[0] < 3 else "big")
        sign.add_callback(seen.append)
        cell.value = 2
        self.assertEqual(seen, [])
        cell.value = 4
        self.assertEqual(seen, ["big"])

    def test_removed_callback(self):
        cell, first, second = Cell(11), [], []
        plus = Computed([cell], lambda values: values[0] + 1)
        callback = partial(self.note, first)
        other = partial(self.note, second)
        plus.add_callback(callback)
        plus.add_callback(other)
        cell.value = 31
        plus.remove_callback(callback)
        plus.remove_callback(callback)
        cell.value = 41
        self.assertEqual(first, [32])
        self.assertEqual(second, [32, 42])

    def test_bound_method_as_callback(self):
        seen = []

        class Listener:
            def hear(self, value):
                seen.append((self, value))

        cell, listener = Cell(1), Listener()
        plus = Computed([cell], lambda values: values[0] + 1)
        plus.add_callback(listener.hear)
        cell.value = 2
        self.assertEqual(seen, [(listener, 3)])

    def test_an_error_in_a_callback(self):
        class StopHere(Exception):
            pass

        def fail(_):
            raise StopHere("here")

        cell = Cell(1)
        plus = Computed([cell], lambda values: values[0] + 1)
        plus.add_callback(fail)
        with self.assertRaises(StopHere) as caught:
            cell.value = 5
        self.assertEqual(caught.exception.args, ("here",))
