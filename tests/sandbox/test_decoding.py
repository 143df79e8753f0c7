"""Cells that no honest encoder makes are refused, quickly and by name."""

import struct
import time
from array import array as numbers

import pytest

from graders.sandbox import tags
from graders.sandbox.bounding import BadCellError
from graders.sandbox.decoding import Decoder
from graders.sandbox.encoding import Encoder, RecordType
from graders.sandbox.updating import apply_updates


class Node:
    pass


class Side:
    """Either end: knows one record, and refuses all references."""

    def record_type(self, cls):
        return RecordType("Node", ("next",)) if cls is Node else None

    def refer(self, value):
        return None

    def refer_last(self, value):
        raise TypeError(value)

    def new_records(self, name, fields, count):
        return [Node() for _ in range(count)]

    def resolve(self, cell):
        raise BadCellError("an unknown cell")


def decode(items, cells=(), groups=(), buffers=(), **more):
    table = [items, list(cells), list(groups)]
    return Decoder(Side(), **more).decode(table, list(buffers)).roots


def laughs(levels, tag=tags.TUPLE):
    """Give cells of a tuple that holds the next one twice, and so on."""
    return [[tag, [[i + 1], [i + 1]]] for i in range(levels)] + [[tag, []]]


def deep(levels):
    return [[tags.TUPLE, [[i + 1]]] for i in range(levels)] + [[tags.TUPLE, []]]


def array(text="<i4", shape=(2,), index=0):
    return [tags.ARRAY, text, list(shape), index]


INTS = bytearray(struct.pack("<ii", 1, 2))
BAD = {
    "no table": ([5], [[]], [], []),
    "an index too large": ([[7]],),
    "an empty reference": ([[]],),
    "a word as reference": ([["a"]], [[tags.LIST, []]]),
    "an object never handed over": ([[0, 1]],),
    "a record that is not there": ([[-1]],),
    "an unknown tag": ([[0]], [[99]]),
    "a tag that is a list": ([[0]], [[[0]]]),
    "an empty cell": ([[0]], [[]]),
    "a list without members": ([[0]], [[tags.LIST]]),
    "members that are a number": ([[0]], [[tags.LIST, 5]]),
    "a tuple that holds itself": ([[0]], [[tags.TUPLE, [[0]]]]),
    "two tuples that hold one another": ([[0]], [[tags.TUPLE, [[1]]], [tags.TUPLE, [[0]]]]),
    "a frozenset that holds itself": ([[0]], [[tags.FROZENSET, [1, [0]]]]),
    "a tuple of words as indexes": ([[0]], [[tags.TUPLE, [["a"]]]]),
    "a list as a key": ([[0]], [[tags.DICT, [[1]], [0]], [tags.LIST, []]]),
    "more keys than values": ([[0]], [[tags.DICT, [1, 2], [0]]]),
    "a list in a set": ([[0]], [[tags.SET, [[1]]], [tags.LIST, []]]),
    "a deque of a strange length": ([[0]], [[tags.DEQUE, [], "long"]]),
    "a huge bytearray": ([[0]], [[tags.BYTEARRAY, 1 << 60]]),
    "a huge integer": ([[0]], [[tags.BIG_INT, bytes((1 << 20) + 1)]]),
    "an integer of text": ([[0]], [[tags.BIG_INT, "12"]]),
    "a complex of words": ([[0]], [[tags.COMPLEX, "a", 1]]),
    "surrogates that are none": ([[0]], [[tags.SURROGATES, b"\xff"]]),
    "a plain value that is a list": ([[0]], [[tags.NAMED, "plain", [1]]]),
    "a name that may not cross": ([[0]], [[tags.NAMED, "constant", "eval"]]),
    "a stamp of another kind": ([[0]], [[tags.STAMP, "moon", "full"]]),
    "a date that is none": ([[0]], [[tags.STAMP, "date", "tomorrow"]]),
    "a fraction without end": ([[0]], [[tags.STAMP, "Fraction", ["1e999999999", "1"]]]),
    "a fraction of nothing": ([[0]], [[tags.STAMP, "Fraction", ["1", "0"]]]),
    "a decimal that is none": ([[0]], [[tags.STAMP, "Decimal", "ten"]]),
    "an endless time": ([[0]], [[tags.STAMP, "timedelta", [1 << 40, 0, 0]]]),
    "a file before its beginning": ([[0]], [[tags.TEXT_FILE, "ab", -5]]),
    "a range of no steps": ([[0]], [[tags.RANGE, [1, 2, 0]]]),
    "a range of words": ([[0]], [[tags.RANGE, ["a"]]]),
    "a range without end": ([[0]], [[tags.RANGE, [0, 1 << 62, 1]]]),
    "a range beyond all counting": ([[0]], [[tags.RANGE, [0, [1], 1]], [tags.BIG_INT, b"\1" * 30]]),
    "numbers of text": ([[0]], [[tags.NUMBERS, "u", b"\xff\xff\xff\xff"]]),
    "numbers without end": ([[0]], [[tags.NUMBERS, "b", 1 << 60]]),
    "numbers of other bytes": ([[0]], [[tags.NUMBERS, "d", b"1"]]),
    "an unknown bit generator": ([[0]], [[tags.GENERATOR, "os.system", b""]]),
    "a generator without a seed": ([[0]], [[tags.GENERATOR, "PCG64", 5]]),
    "an array without its bytes": ([[0]], [array(index=3)]),
    "an array of other bytes": ([[0]], [array(shape=(3,))], [], [INTS]),
    "an array of a negative extent": ([[0]], [array(shape=(-1, -2))], [], [INTS]),
    "an array of half an extent": ([[0]], [array(shape=(2.0,))], [], [INTS]),
    "an array of objects": ([[0]], [array("|O", (1,))], [], [INTS]),
    "an array of fields": ([[0]], [array("i4,i4", (1,))], [], [INTS]),
    "an array of arrays": ([[0]], [array("(2,)i4", (1,))], [], [INTS]),
    "an array of 100 dimensions": ([[0]], [array(shape=[1] * 100)], [], [INTS]),
    "an empty array of huge extents": ([[0]], [array(shape=[1 << 40, 1 << 40, 0])], [], [b""]),
    "an array of no dtype": ([[0]], [array("(((")], [], [INTS]),
    "a scalar of other bytes": ([[0]], [[tags.SCALAR, "<i8", b"abc"]]),
    "a scalar of objects": ([[0]], [[tags.SCALAR, "|O", b"12345678"]]),
    "records twice in one place": ([[-2]], [], [["Node", ["next"], [0, 0], [[1, 2]]]]),
    "a record at a negative place": ([], [], [["Node", ["next"], [-1], [[1]]]]),
    "a record out of its place": ([], [], [["Node", ["next"], [7], [[1]]]]),
    "records with too few columns": ([], [], [["Node", ["next"], [0], []]]),
    "records with short columns": ([], [], [["Node", ["next"], [0], [[]]]]),
    "a field that is a number": ([], [], [["Node", [5], [0], [[1]]]]),
    "tuples nested beyond all hashing": ([[0]], deep(1001)),
    "a billion laughs": ([[0]], laughs(60)),
    "a billion laughs of lists": ([[0]], laughs(60, tags.LIST)),
    "a billion laughs of dicts": (
        [[0]],
        [[tags.DICT, [1, 2], [[i + 1], [i + 1]]] for i in range(60)] + [[tags.LIST, []]],
    ),
    "a billion laughs that go back to the start": (
        [[0]],
        [[tags.LIST, [[i + 1], [i + 1], [0]]] for i in range(60)] + [[tags.LIST, [[0]]]],
    ),
    "a billion laughs in a set": (
        [[0]],
        [
            [tags.SET, [[1]]],
            *[[c[0], [[i + 2], [i + 2]]] for i, c in enumerate(laughs(50)[:-1])],
            [tags.TUPLE, []],
        ],
    ),
    "one huge key again and again": (
        [[0]],
        [[tags.SET, [[1]] * 5000], [tags.BIG_INT, b"\1" * (1 << 20)]],
    ),
    "300 keys with one hash": ([[0]], [[tags.SET, [n * ((1 << 61) - 1) for n in range(4)] * 75]]),
}


@pytest.mark.parametrize("what", BAD)
def test_it_refuses(what):
    started = time.perf_counter()

    with pytest.raises(BadCellError):
        decode(*BAD[what])

    assert time.perf_counter() - started < 2


def test_a_bool_array_holds_nothing_but_bools():
    (found,) = decode([[0]], [array("|b1", (3,))], buffers=[bytearray([0, 1, 2])])

    assert found.view("u1").tolist() == [0, 1, 1]


def test_a_bool_scalar_is_a_bool():
    (found,) = decode([[0]], [[tags.SCALAR, "|b1", b"\2"]])

    assert found.tobytes() == b"\1"


def test_the_judge_may_hand_over_a_range_of_any_length():
    assert decode([[0]], [[tags.RANGE, [0, 1 << 62, 1]]], trusted=True) == [range(1 << 62)]


def test_a_thousand_tuples_in_one_another_can_be_hashed():
    (found,) = decode([[0]], deep(1000))

    assert isinstance(hash(found), int)


def test_many_different_keys_are_well():
    (found,) = decode([[0]], [[tags.SET, list(range(1000))]])

    assert found == set(range(1000))


def test_an_encoder_of_one_side_is_read_by_the_other():
    node = Node()
    node.next = (node, frozenset({3}))

    table = Encoder(Side()).encode([node])
    (back,) = decode(*table.head())

    assert back.next[0] is back
    assert back.next[1] == frozenset({3})


@pytest.mark.parametrize(
    ("mine", "cell"),
    [
        ([1], [tags.DICT, [1], [2]]),
        ({1: 2}, [tags.LIST, [1]]),
        ({1}, [tags.LIST, [1]]),
        ([1], [tags.ARRAY, "<i4", [0], 0]),
        (bytearray(b"a"), [tags.BYTEARRAY, [300]]),
        (numbers("b"), [tags.NUMBERS, "d", b""]),
        ([1], [tags.NUMBERS, "b", b"a"]),
        ((1,), [tags.LIST, [1]]),
        (None, [tags.LIST, [1]]),
        ([1], [99]),
        ([1], []),
        ([1], 5),
        ([1], [tags.LIST, [[9]]]),
    ],
    ids=str,
)
def test_contents_of_another_kind_are_not_taken_over(mine, cell):
    decoder = Decoder(Side())
    decoder.decode([[], [], []], [bytearray()])

    with pytest.raises((BadCellError, TypeError, ValueError, IndexError)):
        apply_updates([[0, cell]], decoder, lambda _: mine, {})


def test_an_array_takes_over_only_its_own_shape():
    import numpy as np

    mine = np.zeros(3, "i4")
    decoder = Decoder(Side())
    decoder.decode([[], [], []], [INTS])

    with pytest.raises(BadCellError, match="another shape"):
        apply_updates([[0, array()]], decoder, lambda _: mine, {})
    assert mine.tolist() == [0, 0, 0]


def test_sharing_in_moderation_is_well():
    rows = [[tags.LIST, [[1]] * 1000], [tags.LIST, [[2]] * 1000], [tags.LIST, list(range(50))]]

    (found,) = decode([[0]], rows)

    assert found[0] is found[999]
    assert found[0][3][49] == 49


def test_a_circle_is_not_taken_for_something_large():
    (found,) = decode([[0]], [[tags.LIST, [[1], [1]]], [tags.DEQUE, [[0], [0], [1]], None]])

    assert found[0] is found[1]
    assert found[0][2] is found[0]
