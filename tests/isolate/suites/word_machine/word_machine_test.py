import json
import unittest
from unittest import mock

import word_machine
from word_machine import Machine, StackError, UnknownWordError, double, noisy


class MachineTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shared = Machine()

    def setUp(self):
        self.machine = Machine(limit=3)

    def tearDown(self):
        self.machine.stack = []
        self.assertEqual(self.machine.stack, [])

    def test_sums(self):
        for text, expected in [("1 2 +", [3]), ("9 4 -", [5]), ("7 2 /", [3]), ("1 2", [1, 2])]:
            with self.subTest(text):
                self.assertEqual(Machine().run(text), expected)

    def test_options(self):
        self.assertEqual(self.machine.options, {"limit": 3})
        self.assertEqual(Machine().options["limit"], 10)

    def test_call(self):
        self.assertEqual(self.machine("2 3 + 4 *"), 20)
        self.assertTrue(callable(self.machine))

    def test_dynamic_attribute(self):
        self.assertEqual(self.machine.run_answer(), [42])
        self.assertFalse(hasattr(self.machine, "walk"))

    def test_own_errors(self):
        with self.assertRaises(StackError) as caught:
            self.machine.run("1 +")
        self.assertEqual(caught.exception.wanted, 2)
        self.assertEqual(str(caught.exception), "wanted 2 numbers")
        with self.assertRaises(StackError) as caught:
            self.machine.run("fly")
        self.assertIs(type(caught.exception), UnknownWordError)
        self.assertEqual(caught.exception.args, ("unknown word", "fly"))

    def test_builtin_errors(self):
        with self.assertRaises(ZeroDivisionError):
            self.machine.run("1 0 /")
        with self.assertRaises(UnicodeDecodeError):
            word_machine.decode(b"\xff")
        with self.assertRaises(RecursionError):
            word_machine.deep(1)

    def test_exit(self):
        with self.assertRaises(SystemExit) as caught:
            word_machine.leave(4)
        self.assertEqual(caught.exception.code, 4)

    def test_documented(self):
        self.assertEqual(Machine.__doc__, "Runs words on a stack of numbers.")
        self.assertEqual(double.__doc__, "Twice a number.")
        self.assertEqual(double.__name__, "double")
        self.assertEqual(Machine.__name__, "Machine")

    def test_decorated(self):
        before = double.calls
        self.assertEqual(double(number=4), 8)
        self.assertEqual(double.calls, before + 1)

        def triple(number):
            return 3 * number

        counted = noisy(triple)
        self.assertEqual(counted(2), 6)
        self.assertEqual(counted.calls, 1)
        self.assertEqual(counted.__name__, "triple")

    def test_patched_method(self):
        with mock.patch.object(Machine, "run", return_value=[5]) as run:
            self.assertEqual(self.machine("anything"), 5)
            run.assert_called_once_with("anything")
        self.assertEqual(self.machine("1"), 1)
        with mock.patch.object(self.machine, "run", return_value=[6]):
            self.assertEqual(self.machine.run("x"), [6])
        self.assertEqual(self.machine.run("7"), [1, 7])

    def test_patched_dict(self):
        with mock.patch("word_machine.DEFAULTS", {"limit": 99}):
            self.assertEqual(Machine().options["limit"], 99)
        self.assertEqual(Machine().options["limit"], 10)

    def test_replaced_function(self):
        original = word_machine.decode
        word_machine.decode = lambda data: "patched"
        try:
            self.assertEqual(word_machine.decode(b""), "patched")
        finally:
            word_machine.decode = original
        self.assertEqual(word_machine.decode(b"a"), "a")

    def test_json(self):
        self.assertEqual(json.loads(json.dumps(self.shared.run("1 2 +"))), [3])

    @unittest.skip("not wanted")
    def test_skipped(self):
        self.fail()

    @unittest.expectedFailure
    def test_expected_failure(self):
        self.assertEqual(self.machine.run("1"), [2])

    def test_missing(self):
        with self.assertRaises(AttributeError):
            word_machine.missing


class LoudMachine(Machine):
    def __init__(self, **options):
        super().__init__(loud=True, **options)

    def run(self, text):
        return [number * 100 for number in super().run(text)]


class DerivedTest(unittest.TestCase):
    def test_overridden(self):
        loud = LoudMachine(limit=1)
        self.assertIsInstance(loud, LoudMachine)
        self.assertIsInstance(loud, Machine)
        self.assertNotIsInstance(Machine(), LoudMachine)
        self.assertEqual(loud.options, {"limit": 1, "loud": True})
        self.assertEqual(loud.run("1 2 +"), [300])
        self.assertEqual(loud("1"), 100)

    def test_the_base_is_left_alone(self):
        self.assertEqual(Machine().run("1 2 +"), [3])

    def test_derived_error(self):
        class Mine(StackError):
            pass

        with self.assertRaises(StackError) as caught:
            raise Mine(7)
        self.assertIs(type(caught.exception), Mine)
        self.assertEqual(caught.exception.wanted, 7)


class FixtureTest(unittest.TestCase):
    def test_raised_from(self):
        try:
            Machine().run("nothing")
        except UnknownWordError as error:
            self.assertIsNone(error.__cause__)
        else:
            self.fail("no error")
