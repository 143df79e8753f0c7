import unittest
from copy import copy, deepcopy

from letter_grid import Color, Grid, Level, Place, Spot, pairs, rotate


class GridTest(unittest.TestCase):
    def test_find(self):
        self.assertEqual(Grid("xxx\nclo\nlid").find("id"), (Spot(1, 2), Spot(2, 2)))
        self.assertIsNone(Grid("abc").find("z"))

    def test_items(self):
        grid = Grid("ab\ncd")
        self.assertEqual(grid[1, 0], "c")
        grid[1, 0] = "x"
        self.assertEqual(grid[1, 0], "x")
        self.assertIn("x", grid)
        self.assertNotIn("c", grid)
        self.assertEqual(len(grid), 2)
        with self.assertRaises(IndexError):
            grid[5, 5]

    def test_spots(self):
        self.assertEqual(sorted({Spot(2, 1), Spot(1, 2), Spot(2, 1)}), [Spot(1, 2), Spot(2, 1)])
        self.assertLessEqual(Spot(1, 1), Spot(1, 2))
        self.assertEqual({Spot(1, 1): "here"}[Spot(1, 1)], "here")

    def test_named_places(self):
        place = Grid("ab\ncd").place("d")
        self.assertEqual(place, (1, 1))
        self.assertEqual(place.column, 1)
        row, column = place
        self.assertEqual((row, column), Place(row=1, column=1))
        self.assertIsInstance(place, tuple)
        self.assertEqual(place._asdict(), {"row": 1, "column": 1})

    def test_turn(self):
        self.assertEqual(Grid("ab\ncd").turn(), ["ca", "db"])

    def test_in_place(self):
        matrix = [[1, 2], [3, 4], [5, 6]]
        same = matrix
        self.assertIsNone(rotate(matrix))
        self.assertEqual(same, [[5, 3, 1], [6, 4, 2]])

    def test_pairs(self):
        self.assertEqual(pairs([(2, 1), (3, 1)]), [(1, 2), (1, 3)])
        self.assertIsNone(pairs([]))


class ColorTest(unittest.TestCase):
    def test_members(self):
        self.assertIs(Color("B"), Color.BLACK)
        self.assertEqual([color.name for color in Color], ["EMPTY", "BLACK", "WHITE"])
        self.assertEqual(len(Color), 3)
        self.assertIs(Color["WHITE"], Color.WHITE)
        self.assertIn(Color.WHITE, Color)
        self.assertEqual(Color.WHITE.value, "W")
        self.assertRaises(ValueError, Color, "?")

    def test_levels(self):
        self.assertEqual(Level.HIGH, 2)
        self.assertLess(Level.LOW, Level.HIGH)
        self.assertEqual([10, 20, 30][Level.HIGH], 30)
        self.assertIsInstance(Level.LOW, int)

    def test_color(self):
        self.assertEqual(Grid("BW\n B").color(1, 0), Color.EMPTY)
        with self.assertRaises(ValueError) as caught:
            Grid("B").color(0, 1)
        self.assertEqual(caught.exception.args[0], "Invalid place")

    def test_territories(self):
        found = Grid("BW\n B").territories()
        self.assertSetEqual(found[Color.BLACK], {(0, 0), (1, 1)})
        self.assertEqual(
            found, {Color.BLACK: {(0, 0), (1, 1)}, Color.WHITE: {(0, 1)}, Color.EMPTY: {(1, 0)}}
        )

    def test_copies(self):
        spot = Spot(1, 2)
        for other in (copy(spot), deepcopy(spot)):
            self.assertEqual(other, spot)
            self.assertIsNot(other, spot)
        other.x = 5
        self.assertEqual(spot.x, 1)
