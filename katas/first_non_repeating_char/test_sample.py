"""What the statement shows; run it with `kata test`."""

import pytest
from solution import (
    StreamUnique,
    first_after_each,
    first_non_repeating_char,
    first_non_repeating_grapheme,
    first_non_repeating_index,
)


@pytest.mark.parametrize(
    ("s", "char", "index"),
    [
        ("swiss", "w", 1),
        ("level", "v", 2),
        ("abcb", "a", 0),
        ("aA", "a", 0),
        ("noon", None, -1),
        ("", None, -1),
    ],
    ids=ascii,
)
def test_a_string(s, char, index):
    assert first_non_repeating_char(s) == char
    assert first_non_repeating_index(s) == index


def test_a_lone_surrogate_is_a_character():
    assert first_non_repeating_char("a\ud800a") == "\ud800"


def test_a_stream():
    stream = StreamUnique()
    said = [stream.first()]
    for c in "ababa":
        stream.push(c)
        said.append(stream.first())
    assert said == [None, "a", "a", "b", None, None]


@pytest.mark.parametrize(
    ("items", "firsts"),
    [("abab", ["a", "a", "b", None]), ([7, 7, 0], [7, None, 0]), ([], [])],
    ids=str,
)
def test_first_after_each(items, firsts):
    assert first_after_each(items) == firsts


@pytest.mark.parametrize(("item", "error"), [([], TypeError), (None, ValueError)], ids=str)
def test_an_item_that_is_refused(item, error):
    stream = StreamUnique()
    stream.push("a")
    with pytest.raises(error):
        stream.push(item)
    assert stream.first() == "a"


@pytest.mark.parametrize(
    ("s", "unit"),
    [
        ("e\u0301e", "e\u0301"),
        ("\u00e9e\u0301x", "x"),
        ("e\u0301\u00e9", None),
        ("q\u0307\u0323q\u0323\u0307", None),
        ("\u0301a", "\u0301"),
    ],
    ids=ascii,
)
def test_units(s, unit):
    assert first_non_repeating_grapheme(s) == unit
