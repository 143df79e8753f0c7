"""
From cells back to values, distrusting every number.

Shells of lists, dicts and records are made first and filled last, so that
cycles work; tuples and frozensets are built in between, members first, with an
explicit stack. Nothing here recurses and nothing compares.
"""

from __future__ import annotations

import builtins
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from graders.sandbox import tags
from graders.sandbox.bounding import BadCellError, bound, hashable
from graders.sandbox.foreign import (
    build_array,
    build_generator,
    build_numbers,
    build_scalar,
    build_stamp,
    build_text_file,
)
from graders.sandbox.weighing import expands_beyond

_MAX_BIG_INT_BYTES = 1 << 20
# A tuple is hashed by recursion in C, without a guard and each time anew: too deep
# would crash the judge, and too much of it shared would keep it busy for ever.
_MAX_TUPLE_DEPTH = 1000
_MAX_EXPANDED = 1 << 23
_LIGHT = 8  # elements that are not worth counting
_MAX_RANGE = 2_000_000  # list(range(10**12)) in a test would take the judge's memory
_UNSET: Any = object()


def _constants() -> dict[str, Any]:
    """Give the built-in names that may cross: types, and functions without effects."""
    types = {name: value for name, value in vars(builtins).items() if isinstance(value, type)}
    functions = "abs all any chr divmod hash len max min ord pow repr round sorted sum".split()
    return {
        "Ellipsis": Ellipsis,
        "NotImplemented": NotImplemented,
        **types,
        **{name: getattr(builtins, name) for name in functions},
    }


CONSTANTS = _constants()


class Receiver(Protocol):
    """What a decoder asks about cells that stand for something else."""

    def new_records(self, name: str, fields: Sequence[str], count: int) -> list[Any]:
        """Make that many empty records."""

    def resolve(self, cell: list[Any]) -> Any:
        """Give what a handle or export cell stands for."""


class Decoded(NamedTuple):
    """Decoded roots, and every object by reference (for in-place updates)."""

    roots: list[Any]
    values: list[Any]
    records: list[Any]


class Decoder:
    """
    Decodes one message; use a new one for each.

    Args:
        receiver: Answers for cells that are not plain data.
        own: Objects of this side, found by ``[reference, 1]`` items.
        trusted: Whether the sender is the judge, who may hand over a range of any length.
    """

    def __init__(
        self,
        receiver: Receiver,
        *,
        own: Callable[[int], Any] | None = None,
        trusted: bool = False,
    ) -> None:
        self._receiver = receiver
        self._own = own
        self._trusted = trusted
        self._depths: dict[int, int] = {}  # of tuples that hold tuples
        self._weights: dict[int, int] = {}  # of what takes long to hash
        self._expanded = 0
        self._referred: set[int] = set()
        self._is_shared = False
        self._values: list[Any] = []
        self._records: list[Any] = []
        self.buffers: list[bytearray] = []

    def decode(self, table: list[Any], buffers: list[bytearray]) -> Decoded:
        """
        Decode a table.

        Raises:
            BadCellError: Whatever is wrong with it.
        """
        self.buffers = buffers
        try:
            items, cells, groups = table
            bound(cells, groups)
            self._values = [self._shell(cell, buffers) for cell in cells]
            self._make_records(groups)
            self._build_immutables(cells)
            self._fill_records(groups)  # before the dicts: a record may be a key
            self._fill(cells)
            roots = self.items(items)
            laughs = self._is_shared and not self._trusted and expands_beyond(cells, _MAX_EXPANDED)
        except BadCellError:
            raise
        except Exception as error:  # noqa: BLE001 - hostile data finds every kind
            raise BadCellError(f"{type(error).__name__}: {error}") from None
        if laughs:
            raise BadCellError("a value that is far larger than it looks")
        return Decoded(roots, self._values, self._records)

    def items(self, items: list[Any]) -> list[Any]:
        """Give the values of items."""
        return [item if type(item) is not list else self._look_up(item) for item in items]

    def _look_up(self, item: list[Any]) -> Any:
        index = item[0]
        if len(item) != 1:
            if self._own is None:
                raise BadCellError("a reference to an object never handed over")
            return self._own(index)
        value = self._values[index] if index >= 0 else self._records[-1 - index]
        if value is _UNSET:
            raise BadCellError("a tuple that holds itself")
        if index in self._referred:
            self._is_shared = True
        elif index >= 0:
            self._referred.add(index)
        weight = self._weights.get(index)
        if weight is not None:
            self._expanded += weight
            if self._expanded > _MAX_EXPANDED:
                raise BadCellError("a value that is far larger than it looks")
        return value

    def _shell(self, cell: list[Any], buffers: list[bytearray]) -> Any:
        tag = cell[0]
        if tag in _BUILDERS:
            return _UNSET
        if tag == tags.ARRAY:
            return build_array(cell, buffers)
        make = _SHELLS.get(tag)
        return make(cell) if make is not None else self._receiver.resolve(cell)

    def _make_records(self, groups: list[Any]) -> None:
        total = sum(len(group[2]) for group in groups)
        self._records = [_UNSET] * total
        for name, fields, ordinals, _ in groups:
            made = self._receiver.new_records(name, fields, len(ordinals))
            for ordinal, record in zip(ordinals, made, strict=True):
                if ordinal < 0:
                    raise BadCellError("a negative record")
                self._records[ordinal] = record

    def _build_immutables(self, cells: list[Any]) -> None:
        for index, cell in enumerate(cells):
            if cell[0] == tags.BIG_INT and len(cell[1]) > 8 * _LIGHT:
                self._weights[index] = len(cell[1]) // 8
        for index in range(len(cells) - 1, -1, -1):
            if self._values[index] is _UNSET:
                self._build(index, cells)

    def _build(self, start: int, cells: list[Any]) -> None:
        values = self._values
        stack, entered = [start], set[int]()
        while stack:
            index = stack[-1]
            if values[index] is not _UNSET:  # two of its holders waited for it
                stack.pop()
                continue
            cell = cells[index]
            inner = [
                item[0]
                for item in cell[1]
                if type(item) is list and len(item) == 1 and item[0] >= 0
            ]
            waiting = [member for member in inner if values[member] is _UNSET]
            if waiting:
                if index in entered:
                    raise BadCellError("a tuple that holds itself")
                entered.add(index)
                stack.extend(dict.fromkeys(waiting))
                continue
            stack.pop()
            self._weigh(index, cell, inner)
            values[index] = _BUILDERS[cell[0]](self.items(cell[1]))
            if cell[0] == tags.RANGE and not self._trusted and len(values[index]) > _MAX_RANGE:
                raise BadCellError("a range that would keep the judge busy")

    def _weigh(self, index: int, cell: list[Any], inner: list[int]) -> None:
        """Note how deep a tuple is and how long hashing it takes, when that is not little."""
        weight = len(cell[1]) + sum(self._weights.get(member, _LIGHT) for member in inner)
        if inner or weight > _LIGHT:
            self._weights[index] = weight
        if inner:
            depth = 1 + max(self._depths.get(member, 0) for member in inner)
            if depth > _MAX_TUPLE_DEPTH:
                raise BadCellError("tuples nested too deep")
            self._depths[index] = depth

    def _fill(self, cells: list[Any]) -> None:
        # From the back: what a dict's keys hash by is then mostly in place.
        for index in range(len(cells) - 1, -1, -1):
            fill = _FILLERS.get(cells[index][0])
            if fill is not None:
                fill(self, self._values[index], cells[index])

    def _fill_records(self, groups: list[Any]) -> None:
        for _, fields, ordinals, columns in groups:
            records = [self._records[ordinal] for ordinal in ordinals]
            for field, column in zip(fields, columns, strict=True):
                for record, content in zip(records, self.items(column), strict=True):
                    object.__setattr__(record, field, content)  # a frozen one, too


def _big_int(cell: list[Any]) -> int:
    if len(cell[1]) > _MAX_BIG_INT_BYTES:
        raise BadCellError("an integer of more than a mebibyte")
    return int.from_bytes(cell[1], "little", signed=True)


def _named(cell: list[Any]) -> Any:
    if cell[1] == "plain":
        if type(cell[2]) not in (int, float, str, bytes):
            raise BadCellError("a plain value that is not one")
        return cell[2]
    return CONSTANTS[cell[2]]


_SHELLS: dict[int, Callable[[list[Any]], Any]] = {
    tags.LIST: lambda _: [],
    tags.DICT: lambda _: {},
    tags.SET: lambda _: set(),
    tags.COUNTER: lambda _: Counter(),
    tags.DEQUE: lambda cell: deque(maxlen=cell[2]),
    tags.BYTEARRAY: lambda cell: bytearray(memoryview(cell[1])),
    tags.BIG_INT: _big_int,
    tags.COMPLEX: lambda cell: complex(float(cell[1]), float(cell[2])),
    tags.SURROGATES: lambda cell: cell[1].decode("utf-8", "surrogatepass"),
    tags.NUMBERS: build_numbers,
    tags.SCALAR: build_scalar,
    tags.GENERATOR: build_generator,
    tags.NAMED: _named,
    tags.STAMP: build_stamp,
    tags.TEXT_FILE: build_text_file,
}

_BUILDERS: dict[int, Callable[[list[Any]], Any]] = {
    tags.TUPLE: tuple,
    tags.FROZENSET: lambda members: frozenset(hashable(members)),
    tags.RANGE: lambda members: range(*members),
    tags.SLICE: lambda members: slice(*members),
}


def _fill_list(decoder: Decoder, value: Any, cell: list[Any]) -> None:
    value.extend(decoder.items(cell[1]))


def _fill_set(decoder: Decoder, value: Any, cell: list[Any]) -> None:
    value.update(hashable(decoder.items(cell[1])))


def _fill_dict(decoder: Decoder, value: Any, cell: list[Any]) -> None:
    keys = hashable(decoder.items(cell[1]))
    dict.update(value, zip(keys, decoder.items(cell[2]), strict=True))


def _fill_kept_dict(decoder: Decoder, value: Any, cell: list[Any]) -> None:
    keys = hashable(decoder.items(cell[1]))
    type(value).update(value, zip(keys, decoder.items(cell[2]), strict=True))  # an order of its own
    if type(value) is defaultdict:
        (value.default_factory,) = decoder.items(cell[4])


_FILLERS: dict[int, Callable[[Decoder, Any, list[Any]], None]] = {
    tags.LIST: _fill_list,
    tags.DEQUE: _fill_list,
    tags.SET: _fill_set,
    tags.DICT: _fill_dict,
    tags.COUNTER: _fill_dict,
    tags.KEPT_DICT: _fill_kept_dict,
}
