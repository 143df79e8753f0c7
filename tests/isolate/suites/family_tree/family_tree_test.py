import unittest

from family_tree import Node, Record, Tree, build, from_pairs


class TreeTest(unittest.TestCase):
    def setUp(self):
        self.tree = Tree("a", [Tree("b", [Tree("d")]), Tree("c")])

    def test_equality(self):
        self.assertEqual(self.tree, Tree("a", [Tree("b", [Tree("d")]), Tree("c")]))
        self.assertNotEqual(self.tree, Tree("a"))

    def test_equality_with_something_else(self):
        with self.assertRaises(AttributeError):
            self.tree == 3

    def test_children_are_the_same_objects(self):
        child = Tree("x")
        self.assertIs(self.tree.add(child), self.tree)
        self.assertIs(self.tree.children[-1], child)
        self.assertEqual([each.name for each in self.tree], ["b", "c", "x"])

    def test_sorted(self):
        self.assertEqual([t.name for t in sorted(self.tree.walk())], ["a", "b", "c", "d"])

    def test_walk(self):
        self.assertEqual([each.name for each in self.tree.walk()], ["a", "b", "d", "c"])

    def test_text(self):
        self.assertEqual(str(self.tree), "(a (b (d)) (c))")

    def test_path(self):
        self.assertEqual([t.name for t in self.tree.path_to("d")], ["a", "b", "d"])
        with self.assertRaises(ValueError) as caught:
            self.tree.path_to("z")
        self.assertEqual(caught.exception.args[0], "no such person")

    def test_from_pairs(self):
        self.assertEqual(from_pairs(["a", ["b", ["d"]], ["c"]]), self.tree)
        self.assertRaises(TypeError, from_pairs, "a")


class BuildTest(unittest.TestCase):
    def check(self, node, number, size):
        self.assertEqual(node.number, number)
        self.assertEqual(len(node.children), size)

    def test_nothing(self):
        self.assertIsNone(build([]))

    def test_unordered(self):
        records = [Record(2, 0), Record(0, 0), Record(1, 0), Record(3, 1)]
        root = build(records)
        self.assertIsInstance(root, Node)
        self.check(root, 0, 2)
        self.check(root.children[0], 1, 1)
        self.check(root.children[0].children[0], 3, 0)
        self.assertEqual(records[0], Record(2, 0))

    def test_gap(self):
        with self.assertRaisesRegex(ValueError, "gaps"):
            build([Record(0, 0), Record(2, 0)])

    def test_circle(self):
        with self.assertRaisesRegex(ValueError, "first"):
            build([Record(0, 0), Record(1, 2), Record(2, 1)])

    def test_record_text(self):
        self.assertEqual(repr(Record(1, 0)), "Record(number=1, parent=0)")
