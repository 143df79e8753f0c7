import io
import unittest
from pathlib import Path
from unittest import mock

from search_files import search

FOLDER = Path(__file__).parent / "poems"
SEA = str(FOLDER / "sea.txt")
HILL = str(FOLDER / "hill.txt")
TEXTS = {"a.txt": "Ash\nbirch\n", "b.txt": "beech\nash\n"}


def open_text(name, *args, **kwargs):
    try:
        return io.StringIO(TEXTS[name])
    except KeyError:
        raise FileNotFoundError(f"no {name} among {sorted(TEXTS)}") from None


class RealFilesTest(unittest.TestCase):
    def test_one(self):
        self.assertEqual(search("wave", "", [SEA]), "the wave comes in\nthe wave goes out\n")

    def test_numbers(self):
        self.assertEqual(search("OUT", "-n -i", [SEA]), "3:the wave goes out\n")

    def test_two_files(self):
        self.assertMultiLineEqual(
            search("the", "", [SEA, HILL]),
            f"{SEA}:the wave comes in\n{SEA}:the wave goes out\n{HILL}:up the hill\n",
        )

    def test_inverted(self):
        self.assertEqual(search("the", "-v", [SEA]), "and then\n".replace("then", "rests"))

    def test_no_such_file(self):
        with self.assertRaises(OSError):
            search("x", "", [str(FOLDER / "none.txt")])


@mock.patch("search_files.open", name="open", side_effect=open_text, create=True)
@mock.patch("io.StringIO", name="StringIO", wraps=io.StringIO)
class PatchedFilesTest(unittest.TestCase):
    def test_one(self, text, open_):
        self.assertEqual(search("ash", "-i", ["a.txt"]), "Ash\n")
        open_.assert_called_once()
        self.assertEqual(text.call_count, 1)

    def test_two(self, _, __):
        self.assertEqual(search("ash", "-n", ["a.txt", "b.txt"]), "b.txt:2:ash\n")

    def test_none(self, _, open_):
        with self.assertRaisesRegex(FileNotFoundError, "no c.txt"):
            search("ash", "", ["c.txt"])
        self.assertEqual(open_.call_args.args, ("c.txt",))
