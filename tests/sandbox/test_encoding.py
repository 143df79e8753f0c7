"""Values that cross the wall: there and back through a worker, each as what it is."""

import array as arrays
import datetime
import io
import math
import sys
from collections import Counter, OrderedDict, defaultdict, deque
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
from fakes import peer_of, solution_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from graders.sandbox.encoding import Encoder, UnsendableError
from graders.testing import check, record

SOURCE = """
def same(value):
    return value

def kind(value):
    return type(value).__name__

def apply(function, value):
    return function(value)
"""
TEXT = "w" if "w" in arrays.typecodes else "u"  # the older one is deprecated
drawn = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
plain = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=-(1 << 300), max_value=1 << 300)
    | st.floats()
    | st.complex_numbers()
    | st.text(st.characters(exclude_categories=()))  # lone surrogates are among them
    | st.binary()
)
keys = st.recursive(
    plain.filter(lambda value: value == value),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.frozensets(inner, max_size=3),
    max_leaves=5,
)
values = st.recursive(
    plain | keys,
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(keys, inner, max_size=4)
        | st.sets(keys, max_size=4)
        | st.lists(inner).map(deque)
        | st.builds(deque, st.lists(inner, max_size=3), st.integers(3, 9))
        | st.binary().map(bytearray)
    ),
    max_leaves=20,
)


@pytest.fixture(scope="module")
def solution():
    with solution_of(SOURCE) as solution:
        # Hypothesis looks for attributes that a solution does not have.
        yield SimpleNamespace(same=solution.same, kind=solution.kind, apply=solution.apply)


def same(one, other):
    """Whether two values are of one kind all the way down, NaN being NaN."""
    if type(one) is not type(other):
        return False
    if isinstance(one, float):
        return (
            one == other and math.copysign(1, one) == math.copysign(1, other)
        ) or one != one != other
    if isinstance(one, complex):
        return same(one.real, other.real) and same(one.imag, other.imag)
    if isinstance(one, list | tuple | deque):
        sizes = len(one) == len(other) and getattr(one, "maxlen", 0) == getattr(other, "maxlen", 0)
        return sizes and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return one == other


@drawn
@given(value=values)
def test_what_goes_in_comes_out(solution, value):
    assert same(solution.same(value), value)


@drawn
@given(value=values)
def test_a_value_arrives_as_its_own_kind(solution, value):
    assert solution.kind(value) == type(value).__name__


@drawn
@given(members=st.lists(st.lists(st.integers(0, 9), max_size=4), min_size=1, max_size=8))
def test_tuples_that_share_tuples_arrive(solution, members):
    made = [()]
    for picks in members:
        made.append(tuple(made[pick % len(made)] for pick in picks))

    back = solution.same(tuple(made))

    assert back == tuple(made)
    shared = {id(a): id(b) for a, b in zip(made, back, strict=True)}
    assert len(shared) == len({id(a) for a in made})


@drawn
@given(links=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=20))
def test_a_graph_of_lists_keeps_its_shape(solution, links):
    nodes = [[number] for number in range(6)]
    for start, end in links:
        nodes[start].append(nodes[end])

    back = solution.same(nodes)

    place = {id(node): number for number, node in enumerate(back)}
    assert [[node[0], *(place[id(end)] for end in node[1:])] for node in back] == [
        [number, *(end for start, end in links if start == number)] for number in range(6)
    ]


def test_a_list_that_holds_itself_keeps_doing_so(solution):
    ring = [1]
    ring.append(ring)

    back = solution.same(ring)

    assert back[1] is back
    assert back is not ring


def test_a_dict_may_hold_itself_through_a_tuple(solution):
    ring = {}
    ring["inner"] = (ring,)

    back = solution.same(ring)

    assert back["inner"][0] is back


def test_200_000_lists_in_one_another_cross(solution):
    nest = []
    for _ in range(200_000):
        nest = [nest]

    back = solution.same(nest)

    depth = 0
    while back:
        (back,) = back
        depth += 1
    assert depth == 200_000


DTYPES = "? i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 c8 c16 >i4 >u8 >f8 >c16 M8[s] m8[ns] U3 S4".split()


@pytest.mark.parametrize("dtype", [*DTYPES, np.dtype(np.longdouble).str])
def test_arrays_and_scalars_of_every_dtype_cross(solution, dtype):
    array = np.array([[0, 1, 1], [1, 0, 1]]).astype(dtype)

    check.equal(solution.same(array), array)
    check.equal(solution.same(array[0, 1]), array[0, 1])
    assert type(solution.same(array[0, 1])) is type(array[0, 1])


@drawn
@given(
    array=hnp.arrays(
        hnp.scalar_dtypes().filter(lambda dtype: dtype.itemsize > 0),
        hnp.array_shapes(min_dims=0, min_side=0, max_dims=4),
    )
)
def test_arrays_of_every_shape_cross(solution, array):
    back = solution.same(array)

    assert (back.dtype, back.shape) == (array.dtype, array.shape)
    assert back.tobytes() == array.tobytes()


@pytest.mark.parametrize(
    "array",
    [
        np.array(5.0),
        np.empty((0, 3)),
        np.arange(12).reshape(3, 4)[:, ::2],
        np.arange(12)[::-1],
        np.asfortranarray(np.arange(6).reshape(2, 3)),
        np.broadcast_to(np.float32(2), (3, 2)),
        np.array([np.nan, np.inf, -0.0]),
    ],
    ids="scalar-like empty strided reversed fortran broadcast special".split(),
)
def test_arrays_laid_out_in_other_ways_cross(solution, array):
    back = solution.same(array)

    check.equal(back, array)
    assert back.flags.writeable


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (Counter("abca"), Counter),
        (deque([1, 2], maxlen=2), deque),
        (OrderedDict(b=1, a=2), dict),
        (defaultdict(list, {"a": [1]}), dict),
        (memoryview(b"ab"), bytearray),
        (range(2, 9, 3), range),
        (range(10**30, 10**30 + 4), range),
        (slice("a", (1, [2]), 10**30), slice),
        (Ellipsis, type(Ellipsis)),
        (NotImplemented, type(NotImplemented)),
        (datetime.datetime(2024, 2, 29, 1, 2, 3, 4), datetime.datetime),
        (datetime.date(2024, 2, 29), datetime.date),
        (datetime.time(1, 2), datetime.time),
        (datetime.timedelta(-1, 5, 7), datetime.timedelta),
        (Decimal("1.20"), Decimal),
        (Fraction(-(10**30), 7), Fraction),
        (arrays.array("q", [1, -(2**60)]), arrays.array),
        (arrays.array("f"), arrays.array),
    ],
    ids=lambda value: str(value)[:30] if isinstance(value, type) else type(value).__name__,
)
def test_other_kinds_arrive_as(solution, value, kind):
    back = solution.same(value)

    assert type(back) is kind
    assert back == value


class Row(arrays.array):
    """An array with a class of its own."""


@pytest.mark.parametrize("value", [Row("i", [1]), arrays.array(TEXT, "a")], ids=["derived", "text"])
def test_other_arrays_of_the_standard_library_do_not_cross(solution, value):
    with pytest.raises(UnsendableError):
        solution.same(value)


@pytest.mark.parametrize(
    ("function", "result"), [(sorted, ["1", "2"]), (len, 2), (tuple, ("2", "1"))]
)
def test_a_builtin_function_arrives_as_itself(solution, function, result):
    assert solution.apply(function, ["2", "1"]) == result


@pytest.mark.parametrize("file", [io.StringIO("a\r\nb"), io.BytesIO(b"ab")], ids=["text", "bytes"])
def test_a_file_in_memory_crosses_with_its_position(solution, file):
    file.seek(1)

    back = solution.same(file)

    assert (back.getvalue(), back.tell()) == (file.getvalue(), 1)


def test_5000_arrays_cross_in_one_message(solution):
    back = solution.same([np.full(2, number) for number in range(5000)])

    assert [int(array[1]) for array in back] == list(range(5000))


class LyingInt(int):
    def __int__(self):
        return 99

    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


class LyingStr(str):
    def __str__(self):
        return "lie"

    def __iter__(self):
        return iter("lie")


class LyingList(list):
    def __iter__(self):
        return iter([9])

    def __len__(self):
        return 9


class LyingDict(dict):
    def keys(self):
        return ["lie"]


class LyingArray(np.ndarray):
    def __eq__(self, other):
        return True

    def __array__(self, *_, **__):
        return np.zeros(1)


@pytest.mark.parametrize(
    ("liar", "truth"),
    [
        (LyingInt(5), 5),
        (LyingInt(1 << 70), 1 << 70),
        (LyingStr("abc"), "abc"),
        (LyingStr("\ud800"), "\ud800"),
        (type("Bytes", (bytes,), {})(b"ab"), b"ab"),
        (type("Float", (float,), {})(2.5), 2.5),
        (LyingList([1, 2]), [1, 2]),
        (LyingDict(a=1), {"a": 1}),
        (type("Tuple", (tuple,), {})((1,)), (1,)),
        (type("Set", (set,), {})({1}), {1}),
        (type("Frozen", (frozenset,), {})({1}), frozenset({1})),
        (type("Queue", (deque,), {})([1]), deque([1])),
        (type("Bag", (Counter,), {})("aa"), Counter("aa")),
        (np.arange(3).view(LyingArray), np.arange(3)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_subclass_crosses_as_its_base_with_the_bases_content(solution, liar, truth):
    check.equal(solution.same(liar), truth)


def test_a_learners_liar_is_seen_as_what_it_is():
    source = """
class Liar(int):
    def __eq__(self, other): return True
    def __int__(self): return 7
class Faker:
    __class__ = property(lambda self: int)
    def __eq__(self, other): return True
def liar(): return Liar(5)
def faker(): return Faker()
"""
    with solution_of(source) as solution:
        check.equal(solution.liar(), 5)
        assert (solution.faker() == 7) is False


@record
class Node:
    def __init__(self, val=0, next=None):  # noqa: A002 - as in the katas
        self.val = val
        self.next = next


@record
@dataclass(frozen=True)
class Point:
    x: int
    y: object = None


@dataclass
class Box:
    content: object


class Slotted:
    __slots__ = ("left", "right")


NODES = """
class Node:
    def __init__(self, val=0, next=None):
        self.val, self.next = val, next

def turn(head):
    before = None
    while head:
        head.next, before, head = before, head, head.next
    return before

def kinds(value):
    return [type(value).__name__, sorted(vars(value))]

def same(value):
    return value

def fresh():
    return Node(1, Node(2))

def bare():
    node = Node.__new__(Node)
    return node
"""
RECORDS = {
    "Node": (Node, ("val", "next")),
    "Point": (Point, ("x", "y")),
    "Slotted": (Slotted, ("left", "right")),
}


@pytest.fixture(scope="module")
def nodes():
    with solution_of(NODES, records=RECORDS) as solution:
        yield solution


def test_records_arrive_as_the_learners_class_and_come_back_as_the_tests(nodes):
    head = nodes.fresh()

    assert type(head) is Node
    assert (head.val, head.next.val, head.next.next) == (1, 2, None)
    assert nodes.kinds(head) == ["Node", ["next", "val"]]


def test_a_ring_of_records_comes_back_as_a_ring(nodes):
    head = Node(1)
    head.next = Node("two", head)

    back = nodes.same(head)

    assert back.next.next is back
    assert back is not head


def test_records_of_slots_and_of_big_values_cross(nodes):
    record_ = Slotted()
    record_.left, record_.right = 10**40, "\udfff"

    back = nodes.same(record_)

    assert (back.left, back.right) == (10**40, "\udfff")


def test_a_frozen_record_crosses_also_as_a_key(nodes):
    point = Point(1, (2, "b"))

    back = nodes.same([point, {point: "here"}, {point}])

    assert back == [point, {point: "here"}, {point}]


def test_a_dataclass_of_the_tests_crosses_as_data(nodes):
    box = Box([1, Box(None)])

    back = nodes.same(box)

    assert back == box
    assert back is not box


def test_a_record_without_a_field_is_refused(nodes):
    with pytest.raises(Exception, match="Node without val"):
        nodes.bare()


def test_a_record_without_a_field_is_not_handed_over(nodes):
    half = Node.__new__(Node)
    half.val = 1

    with pytest.raises(UnsendableError, match="Node without next"):
        nodes.same(half)


@pytest.mark.parametrize(
    "value",
    [np.array([object()]), np.zeros(2, [("a", "i4")]), np.zeros(1, [("a", "i4")])[0]],
    ids=["objects", "fields", "a row of fields"],
)
def test_arrays_that_are_no_numbers_are_refused(solution, value):
    with pytest.raises(TypeError, match="dtype"):
        solution.same(value)


def test_an_object_of_the_tests_is_not_handed_over(solution):
    class Secret:
        pass

    with pytest.raises(UnsendableError, match="a Secret cannot be handed"):
        solution.same(Secret())


def test_an_array_that_is_no_number_of_a_learner_is_a_refused_value():
    source = "import numpy\ndef f():\n    return numpy.array([object()])\n"
    with solution_of(source) as solution, pytest.raises(Exception, match="dtype object"):
        solution.f()


def test_a_generator_hands_over_a_stream_that_the_judge_does_not_go_on_with(solution):
    judge = np.random.default_rng(5)
    untouched = np.random.default_rng(5)

    handed = solution.same(judge)

    assert judge.random(8).tolist() == untouched.random(8).tolist()
    assert not set(handed.random(50)) & set(np.random.default_rng(5).random(500))


def test_the_child_of_a_generator_cannot_be_run_back_to_its_parent(solution):
    handed = solution.same(np.random.default_rng(5))

    spawned = np.random.default_rng(5).spawn(1)[0]
    assert handed.bit_generator.state != spawned.bit_generator.state


@pytest.mark.parametrize("name", ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"])
def test_every_bit_generator_crosses_and_draws_the_same_each_time(solution, name):
    def draw():
        rng = np.random.Generator(getattr(np.random, name)(3))
        return solution.same(rng).random(4).tolist()

    assert draw() == draw()


def test_a_generator_of_another_kind_is_refused(solution):
    class Own(np.random.PCG64):
        pass

    with pytest.raises(TypeError, match="a generator of Own"):
        solution.same(np.random.Generator(Own(1)))


def test_an_encoder_without_numpy_loaded_still_asks_the_bases(monkeypatch):
    monkeypatch.delitem(sys.modules, "numpy")

    table = Encoder(peer_of()).encode([LyingList([1])])

    assert table.cells == [[0, [1]]]
