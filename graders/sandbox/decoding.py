"""
From cells back to values, distrusting every number.

Shells of lists, dicts and records are made first and filled last, so that
cycles work; tuples and frozensets are built in between, members first, with an
explicit stack. Nothing here recurses and nothing compares.
"""

from __future__ import annotations

import builtins
from collections import Counter, deque
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from graders.sandbox import tags
from graders.sandbox.foreign import (
    build_array,
    build_generator,
    build_scalar,
    build_stamp,
    build_text_file,
)

_MAX_SAME_HASH = 64  # more equal hashes than this are an attack on the judge's clock
_CHECK_HASHES_FROM = 256
_MAX_BIG_INT_BYTES = 1 << 20
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


class BadCellError(Exception):
    """Cells that no honest encoder makes."""


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
    """

    def __init__(self, receiver: Receiver, *, own: Callable[[int], Any] | None = None) -> None:
        self._receiver = receiver
        self._own = own
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
            self._values = [self._shell(cell, buffers) for cell in cells]
            self._make_records(groups)
            self._build_immutables(cells)
            self._fill(cells)
            self._fill_records(groups)
            return Decoded(self.items(items), self._values, self._records)
        except BadCellError:
            raise
        except Exception as error:  # noqa: BLE001 - hostile data finds every kind
            raise BadCellError(f"{type(error).__name__}: {error}") from None

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
        return value

    def _shell(self, cell: list[Any], buffers: list[bytearray]) -> Any:
        tag = cell[0]
        if tag == tags.TUPLE or tag == tags.FROZENSET:
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
        for index in range(len(cells) - 1, -1, -1):
            if self._values[index] is _UNSET:
                self._build(index, cells)

    def _build(self, start: int, cells: list[Any]) -> None:
        stack, entered = [start], {start}
        while stack:
            index = stack[-1]
            cell = cells[index]
            waiting = [
                item[0]
                for item in cell[1]
                if type(item) is list
                and len(item) == 1
                and item[0] >= 0
                and self._values[item[0]] is _UNSET
            ]
            if waiting:
                if not entered.isdisjoint(waiting):
                    raise BadCellError("a tuple that holds itself")
                entered.update(waiting)
                stack.extend(dict.fromkeys(waiting))
                continue
            stack.pop()
            members = self.items(cell[1])
            if cell[0] == tags.TUPLE:
                self._values[index] = tuple(members)
            else:
                self._values[index] = frozenset(hashable(members))

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
                    setattr(record, field, content)


def hashable(members: list[Any]) -> list[Any]:
    """
    Give the members back if hashing them all cannot take quadratic time.

    Raises:
        BadCellError: Too many of them share a hash.
    """
    if len(members) >= _CHECK_HASHES_FROM:
        most = Counter(sorted(map(hash, members))).most_common(1)[0][1]
        if most > _MAX_SAME_HASH:
            raise BadCellError(f"{most} keys with one hash")
    return members


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
    tags.SCALAR: build_scalar,
    tags.GENERATOR: build_generator,
    tags.NAMED: _named,
    tags.STAMP: build_stamp,
    tags.RANGE: lambda cell: range(*cell[1:4]),
    tags.SLICE: lambda cell: slice(*cell[1:4]),
    tags.TEXT_FILE: build_text_file,
}


def _fill_list(decoder: Decoder, value: Any, cell: list[Any]) -> None:
    value.extend(decoder.items(cell[1]))


def _fill_set(decoder: Decoder, value: Any, cell: list[Any]) -> None:
    value.update(hashable(decoder.items(cell[1])))


def _fill_dict(decoder: Decoder, value: Any, cell: list[Any]) -> None:
    keys = hashable(decoder.items(cell[1]))
    dict.update(value, zip(keys, decoder.items(cell[2]), strict=True))


_FILLERS: dict[int, Callable[[Decoder, Any, list[Any]], None]] = {
    tags.LIST: _fill_list,
    tags.DEQUE: _fill_list,
    tags.SET: _fill_set,
    tags.DICT: _fill_dict,
    tags.COUNTER: _fill_dict,
}
