from collections import namedtuple
from enum import Enum, IntEnum
from functools import total_ordering

Place = namedtuple("Place", "row column")


class Color(Enum):
    EMPTY = " "
    BLACK = "B"
    WHITE = "W"


class Level(IntEnum):
    LOW = 1
    HIGH = 2


@total_ordering
class Spot:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        return (self.x, self.y) == (other.x, other.y)

    def __lt__(self, other):
        return (self.x, self.y) < (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))


class Grid:
    def __init__(self, text):
        self._rows = [list(row) for row in text.split("\n")]

    def __getitem__(self, place):
        row, column = place
        return self._rows[row][column]

    def __setitem__(self, place, letter):
        self._rows[place[0]][place[1]] = letter

    def __contains__(self, letter):
        return any(letter in row for row in self._rows)

    def __len__(self):
        return len(self._rows)

    def find(self, word):
        for number, row in enumerate(self._rows):
            column = "".join(row).find(word)
            if column >= 0:
                return Spot(column, number), Spot(column + len(word) - 1, number)
        return None

    def place(self, letter):
        return next(
            Place(r, row.index(letter)) for r, row in enumerate(self._rows) if letter in row
        )

    def turn(self):
        return ["".join(column) for column in zip(*self._rows[::-1])]

    def color(self, row, column):
        if not (0 <= row < len(self._rows) and 0 <= column < len(self._rows[row])):
            raise ValueError("Invalid place")
        return Color(self._rows[row][column])

    def territories(self):
        found = {color: set() for color in Color}
        for r, row in enumerate(self._rows):
            for c, letter in enumerate(row):
                found[Color(letter)].add((r, c))
        return found


def rotate(matrix):
    matrix.reverse()
    matrix = [list(row) for row in zip(*matrix)]


def pairs(stones):
    return sorted((min(stone), max(stone)) for stone in stones) or None
