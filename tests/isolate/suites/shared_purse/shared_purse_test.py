import sys
import threading
import unittest

from shared_purse import ClosedPurseError, Purse, count_letters


class PurseTest(unittest.TestCase):
    def setUp(self):
        self.purse = Purse()
        self.purse.open()

    def test_new_purse_is_empty(self):
        self.assertEqual(self.purse.coins, 0)

    def test_take(self):
        self.purse.put(5)
        self.purse.take(2)
        self.assertEqual(self.purse.coins, 3)

    def test_too_much(self):
        with self.assertRaises(ValueError) as caught:
            self.purse.take(1)
        self.assertEqual(type(caught.exception), ValueError)
        self.assertEqual(caught.exception.args[0], "not so many coins")

    def test_open_twice(self):
        with self.assertRaises(ClosedPurseError):
            self.purse.open()

    def test_closed(self):
        with self.assertRaises(ValueError):
            Purse().coins

    def test_negative(self):
        self.assertRaisesRegex(ValueError, "positive", self.purse.put, -1)

    def test_read_only(self):
        with self.assertRaises(AttributeError):
            self.purse.coins = 7

    def test_many_hands(self):
        interval = sys.getswitchinterval()
        sys.setswitchinterval(1e-6)
        self.addCleanup(sys.setswitchinterval, interval)

        def hand():
            for _ in range(20):
                self.purse.put(3)
                self.purse.take(1)

        threads = [threading.Thread(target=hand) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(self.purse.coins, 8 * 20 * 2)

    def test_threads_of_the_solution(self):
        self.assertEqual(count_letters(["ab", "b", "bc"]), {"a": 1, "b": 3, "c": 1})
