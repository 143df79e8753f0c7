"""
From values to cells: a flat table without recursion.

A value crosses as an *item*: a plain scalar stands for itself, anything else is
``[i]``, a reference to cell ``i``, or ``[-1 - i]`` for record ``i``. References
keep identity and cycles; a list nested 200,000 deep is 200,000 flat cells.
Records of one class travel as columns, one a field.
"""

from __future__ import annotations

import sys
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple, Protocol

from graders.sandbox import tags
from graders.sandbox.foreign import FOREIGN, array_cell, scalar_cell

PLAIN = frozenset({type(None), bool, int, float, str, bytes})
_WORD = 1 << 63
_KEEP_FIELDS = 64

Item = Any
Cell = list[Any]


class UnsendableError(Exception):
    """A value that is not data and may not cross."""


class RecordType(NamedTuple):
    """A class whose instances cross as data: its name and its fields."""

    name: str
    fields: tuple[str, ...]


class Table(NamedTuple):
    """Encoded values: one item a root, cells, columns by record class, buffers."""

    items: list[Item]
    cells: list[Cell]
    groups: list[list[Any]]
    buffers: list[Any]

    def head(self) -> list[Any]:
        """Give the part that goes into the head of a frame."""
        return [self.items, self.cells, self.groups]


class Sender(Protocol):
    """What an encoder asks about values that are not plain data."""

    def record_type(self, cls: type) -> RecordType | None:
        """Give the record type of that class, or None."""

    def refer(self, value: Any) -> Cell | None:
        """
        Give a handle or export cell, or None to try the base types first.

        Raises:
            UnsendableError: The value may not cross.
        """

    def refer_last(self, value: Any) -> Cell:
        """Give a handle or export cell for a value that nothing else fits."""


class Encoder:
    """
    Encodes one message; use a new one for each.

    Args:
        sender: Answers for values that are not plain data.
        origins: ``id`` of objects the other side owns, to their reference
            there; they cross as ``[reference, 1]``.
        careful: Check each scalar for 64 bits and lone surrogates. The fast
            way lets msgpack find out; the caller then starts again.
    """

    def __init__(
        self, sender: Sender, *, origins: dict[int, int] | None = None, careful: bool = False
    ) -> None:
        self._sender = sender
        self.origins = origins or {}
        self._careful = careful
        self._seen: dict[int, list[int]] = {}
        self._pending: list[tuple[int, Any]] = []
        self._columns: dict[type, tuple[RecordType, list[int], list[list[Item]]]] = {}
        self._record_queue: deque[Any] = deque()
        self.cells: list[Cell] = []
        self.objects: list[Any] = []  # keeps what `_seen` knows by id alive
        self.records: list[Any] = []
        self.buffers: list[Any] = []
        self.shared = (0, 0)

    def encode(self, roots: Sequence[Any], *, shared: Collection[int] = ()) -> Table:
        """
        Encode values that share one table.

        Args:
            roots: The values.
            shared: Positions of roots that the other side may change. All that
                can be reached from them comes first; ``self.shared`` says how far.

        Raises:
            UnsendableError: A value may not cross.
        """
        first = {position: self._item(roots[position]) for position in shared}
        self._drain()
        self.shared = (len(self.cells), len(self.records)) if first else (0, 0)
        items = [
            first[position] if position in first else self._item(root)
            for position, root in enumerate(roots)
        ]
        self._drain()
        return Table(items, self.cells, self._groups(), self.buffers)

    def encode_updates(self, objects: Iterable[Any], roots: Iterable[Any]) -> tuple[Table, list[Any]]:
        """
        Encode roots, and the present contents of objects the other side owns.

        Returns:
            The table, and ``[reference, cell]`` for each of the objects.
        """
        items = [self._item(root) for root in roots]
        updates: list[Any] = []
        for value in objects:
            reference = self.origins[id(value)]
            kind = self._sender.record_type(type(value))
            if kind is None:
                updates.append([reference, self._cell(value, type(value))])
            else:
                updates.append([reference, [self._item(v) for v in fields_of(value, kind)]])
        self._drain()
        return Table(items, self.cells, self._groups(), self.buffers), updates

    def _groups(self) -> list[list[Any]]:
        return [
            [kind.name, list(kind.fields), ordinals, columns]
            for kind, ordinals, columns in self._columns.values()
        ]

    def _item(self, value: Any) -> Item:
        kind = type(value)
        if kind in PLAIN:
            if self._careful and not _fits(value, kind):
                return self._leaf(_big_cell(value, kind))
            return value
        key = id(value)
        found = self._seen.get(key)
        if found is not None:
            return found
        if key in self.origins:
            return [self.origins[key], 1]
        if self._sender.record_type(kind) is not None:
            reference = [-1 - len(self.records)]
            self.records.append(value)
            self._record_queue.append(value)
        else:
            reference = [len(self.cells)]
            self.cells.append([])
            self.objects.append(value)
            self._pending.append((reference[0], value))
        self._seen[key] = reference
        return reference

    def _leaf(self, cell: Cell) -> Item:
        self.cells.append(cell)
        self.objects.append(None)
        return [len(self.cells) - 1]

    def _drain(self) -> None:
        while self._pending or self._record_queue:
            while self._pending:
                index, value = self._pending.pop()
                self.cells[index] = self._cell(value, type(value))
            while self._record_queue:
                self._record(self._record_queue.popleft())

    def _record(self, value: Any) -> None:
        cls = type(value)
        if cls not in self._columns:
            kind = self._sender.record_type(cls)
            assert kind is not None
            self._columns[cls] = (kind, [], [[] for _ in kind.fields])
        kind, ordinals, columns = self._columns[cls]
        ordinals.append(-1 - self._seen[id(value)][0])
        item = self._item
        for column, content in zip(columns, fields_of(value, kind), strict=True):
            column.append(content if type(content) in PLAIN and not self._careful else item(content))

    def _cell(self, value: Any, kind: type) -> Cell:
        """Give the cell of a value that is neither plain nor a record."""
        make = _MAKERS.get(kind)
        if make is not None:
            return make(self, value)
        cell = self._sender.refer(value)
        if cell is not None:
            return cell
        numpy = sys.modules.get("numpy")
        if numpy is not None:
            if isinstance(value, numpy.ndarray):
                return array_cell(numpy, value, self.buffers)
            if isinstance(value, numpy.generic):
                return scalar_cell(numpy, value)
        foreign = FOREIGN.get((kind.__module__, kind.__qualname__))
        if foreign is not None:
            return foreign(value)
        for base, maker in _BASES:
            if isinstance(value, base) and issubclass(kind, base):
                return maker(self, value)
        return self._sender.refer_last(value)

    def _items(self, values: Iterable[Any]) -> list[Item]:
        sequence = values if type(values) is list else list(values)
        if not self._careful and set(map(type, sequence)) <= PLAIN:
            return sequence
        return [self._item(value) for value in sequence]


def fields_of(value: Any, kind: RecordType) -> list[Any]:
    """Give a record's field values in order; a missing one is an UnsendableError."""
    try:
        return [getattr(value, name) for name in kind.fields]
    except AttributeError as error:
        raise UnsendableError(f"{kind.name} without {error.name}") from None


def _fits(value: Any, kind: type) -> bool:
    if kind is int:
        return -_WORD <= value < _WORD
    if kind is str:
        return value.isascii() or not any("\ud800" <= c <= "\udfff" for c in value)
    return True


def _big_cell(value: Any, kind: type) -> Cell:
    if kind is int:
        size = value.bit_length() // 8 + 1
        return [tags.BIG_INT, value.to_bytes(size, "little", signed=True)]
    return [tags.SURROGATES, value.encode("utf-8", "surrogatepass")]


def _list(encoder: Encoder, value: Any) -> Cell:
    return [tags.LIST, encoder._items(list.__iter__(value) if type(value) is not list else value)]


def _dict(tag: int) -> Callable[[Encoder, Any], Cell]:
    def make(encoder: Encoder, value: Any) -> Cell:
        keys, values = list(dict.keys(value)), list(dict.values(value))
        return [tag, encoder._items(keys), encoder._items(values)]

    return make


def _iterated(tag: int, base: Any) -> Callable[[Encoder, Any], Cell]:
    def make(encoder: Encoder, value: Any) -> Cell:
        return [tag, encoder._items(list(base.__iter__(value)))]

    return make


def _deque(encoder: Encoder, value: Any) -> Cell:
    return [tags.DEQUE, encoder._items(list(deque.__iter__(value))), value.maxlen]


def _plain_base(base: Any, convert: Callable[[Any], Any]) -> Callable[[Encoder, Any], Cell]:
    """Carry a subclass of a plain type over as the base type, by the base's own methods."""

    def make(encoder: Encoder, value: Any) -> Cell:
        plain = convert(value)
        if _fits(plain, base):
            return [tags.NAMED, "plain", plain]
        return _big_cell(plain, base)

    return make


_MAKERS: dict[type, Callable[[Encoder, Any], Cell]] = {
    list: _list,
    dict: _dict(tags.DICT),
    OrderedDict: _dict(tags.DICT),
    defaultdict: _dict(tags.DICT),
    Counter: _dict(tags.COUNTER),
    tuple: _iterated(tags.TUPLE, tuple),
    set: _iterated(tags.SET, set),
    frozenset: _iterated(tags.FROZENSET, frozenset),
    deque: _deque,
    bytearray: lambda _, value: [tags.BYTEARRAY, bytes(value)],
    complex: lambda _, value: [tags.COMPLEX, value.real, value.imag],
    range: lambda e, v: [tags.RANGE, e._items([v.start, v.stop, v.step])],
    slice: lambda e, v: [tags.SLICE, e._items([v.start, v.stop, v.step])],
    type(Ellipsis): lambda *_: [tags.NAMED, "constant", "Ellipsis"],
    type(NotImplemented): lambda *_: [tags.NAMED, "constant", "NotImplemented"],
    memoryview: lambda _, value: [tags.BYTEARRAY, bytes(value)],
}

_BASES: tuple[tuple[Any, Callable[[Encoder, Any], Cell]], ...] = (
    (int, _plain_base(int, int.__int__)),
    (float, _plain_base(float, float.__float__)),
    (str, _plain_base(str, lambda value: "".join(chain(str.__iter__(value))))),
    (bytes, _plain_base(bytes, lambda value: bytes(memoryview(value)))),
    (Counter, _MAKERS[Counter]),
    (dict, _MAKERS[dict]),
    (list, _MAKERS[list]),
    (tuple, _MAKERS[tuple]),
    (set, _MAKERS[set]),
    (frozenset, _MAKERS[frozenset]),
    (deque, _MAKERS[deque]),
)
