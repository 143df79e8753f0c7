"""
From values to cells: a flat table without recursion.

A value crosses as an *item*: a plain scalar stands for itself, anything else is
``[i]``, a reference to cell ``i``, or ``[-1 - i]`` for record ``i``. References
keep identity and cycles; a list nested 200,000 deep is 200,000 flat cells.
Records of one class travel as columns, one a field.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from graders.sandbox.containers import BASES, MAKERS, Maker, big_cell, fits
from graders.sandbox.foreign import FOREIGN, array_cell, scalar_cell

PLAIN = frozenset({type(None), bool, int, float, str, bytes})

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
        self,
        sender: Sender,
        *,
        origins: dict[int, int] | None = None,
        careful: bool = False,
        makers: Mapping[type, Maker] = MAKERS,
    ) -> None:
        self._sender = sender
        self.origins = origins or {}
        self._careful = careful
        self._makers = makers
        self._seen: dict[int, list[int]] = {}
        self._pending: deque[tuple[int, Any]] = deque()
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
        first = {position: self.item(roots[position]) for position in shared}
        self._drain()
        self.shared = (len(self.cells), len(self.records)) if first else (0, 0)
        items = [
            first[position] if position in first else self.item(root)
            for position, root in enumerate(roots)
        ]
        self._drain()
        return Table(items, self.cells, self._groups(), self.buffers)

    def encode_updates(
        self, objects: Iterable[Any], roots: Iterable[Any]
    ) -> tuple[Table, list[Any]]:
        """
        Encode roots, and the present contents of objects the other side owns.

        Returns:
            The table, and ``[reference, cell]`` for each of the objects.
        """
        items = [self.item(root) for root in roots]
        updates: list[Any] = []
        for value in objects:
            reference = self.origins[id(value)]
            kind = self._sender.record_type(type(value))
            if kind is None:
                updates.append([reference, self._cell(value, type(value))])
            else:
                updates.append([reference, [self.item(v) for v in fields_of(value, kind)]])
        self._drain()
        return Table(items, self.cells, self._groups(), self.buffers), updates

    def _groups(self) -> list[list[Any]]:
        return [
            [kind.name, list(kind.fields), ordinals, columns]
            for kind, ordinals, columns in self._columns.values()
        ]

    def item(self, value: Any) -> Item:
        """Give the item of one value; a container is filled in later."""
        kind = type(value)
        if kind in PLAIN:
            if self._careful and not fits(value, kind):
                return self._leaf(big_cell(value, kind))
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
                index, value = self._pending.popleft()  # as numbered: a class is told once
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
        item = self.item
        for column, content in zip(columns, fields_of(value, kind), strict=True):
            column.append(
                content if type(content) in PLAIN and not self._careful else item(content)
            )

    def _cell(self, value: Any, kind: type) -> Cell:
        """Give the cell of a value that is neither plain nor a record."""
        make = self._makers.get(kind)
        if make is not None:
            return make(self, value)
        cell = self._sender.refer(value)
        if cell is not None:
            return cell
        return self._foreign(value, kind) or self._by_base(value, kind)

    def _foreign(self, value: Any, kind: type) -> Cell | None:
        numpy = sys.modules.get("numpy")
        if numpy is not None and isinstance(value, numpy.ndarray):
            return array_cell(numpy, value, self.buffers)
        if numpy is not None and isinstance(value, numpy.generic):
            return scalar_cell(numpy, value)
        foreign = FOREIGN.get((kind.__module__, kind.__qualname__))
        return foreign(value) if foreign is not None else None

    def _by_base(self, value: Any, kind: type) -> Cell:
        for base, maker in BASES:
            if isinstance(value, base) and issubclass(kind, base):
                return maker(self, value)
        return self._sender.refer_last(value)

    def items(self, values: Iterable[Any]) -> list[Item]:
        """Give the items of several values."""
        sequence = values if type(values) is list else list(values)
        if not self._careful and set(map(type, sequence)) <= PLAIN:
            return sequence
        return [self.item(value) for value in sequence]


def fields_of(value: Any, kind: RecordType) -> list[Any]:
    """Give a record's field values in order; a missing one is an UnsendableError."""
    try:
        return [getattr(value, name) for name in kind.fields]
    except AttributeError as error:
        raise UnsendableError(f"{kind.name} without {error.name}") from None
