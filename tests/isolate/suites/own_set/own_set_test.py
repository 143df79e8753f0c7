import operator
import unittest

from own_set import OwnSet, fold, mapped


class Key:
    """A key of the test's own, equal by its letter."""

    def __init__(self, letter):
        self.letter = letter

    def __eq__(self, other):
        return self.letter == other.letter

    def __hash__(self):
        return hash(self.letter)


class OwnSetTest(unittest.TestCase):
    def test_truth(self):
        self.assertTrue(OwnSet([1]))
        self.assertFalse(OwnSet())

    def test_membership(self):
        self.assertIn(3, OwnSet([1, 2, 3]))
        self.assertIs(4 in OwnSet([1, 2, 3]), False)

    def test_equality(self):
        self.assertEqual(OwnSet([1, 2]), OwnSet([2, 1]))
        self.assertNotEqual(OwnSet([1, 2]), OwnSet([1, 3]))

    def test_subset(self):
        self.assertLessEqual(OwnSet([1]), OwnSet([1, 2]))
        self.assertFalse(OwnSet([1, 5]) <= OwnSet([1, 2]))
        self.assertGreaterEqual(OwnSet([1, 2]), OwnSet([2]))

    def test_operators(self):
        one, two = OwnSet("abc"), OwnSet("bcd")
        self.assertEqual(one & two, OwnSet("bc"))
        self.assertEqual(one | two, OwnSet("abcd"))
        self.assertEqual(one - two, OwnSet("a"))
        self.assertFalse(one.isdisjoint(two))
        same = one
        one |= two
        self.assertEqual(same, OwnSet("abcd"))

    def test_keys_of_the_test(self):
        keys = OwnSet([Key("a"), Key("b"), Key("a")])
        self.assertEqual(len(keys), 2)
        self.assertIn(Key("b"), keys)
        self.assertEqual(sorted(key.letter for key in keys), ["a", "b"])

    def test_not_hashable(self):
        with self.assertRaises(TypeError):
            {OwnSet(): 1}
        with self.assertRaises(TypeError):
            OwnSet([[1]])

    def test_fold(self):
        self.assertEqual(fold(operator.add, [1, 2, 3], 4), 10)
        self.assertEqual(fold(operator.floordiv, [2, 5], 5), 0)
        self.assertEqual(fold(lambda text, letter: letter + text, "abc", ""), "cba")

    def test_mapped(self):
        self.assertEqual(mapped(str, [1, 2]), ["1", "2"])
        self.assertEqual(mapped(str.upper, ["a"]), ["A"])
        self.assertEqual(mapped({1: "one"}.get, [1, 2]), ["one", None])
        self.assertEqual([key.letter for key in mapped(Key, "xy")], ["x", "y"])
