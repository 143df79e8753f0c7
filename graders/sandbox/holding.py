"""What the worker holds: the learner's module, record classes, handles, the judge's objects."""

from __future__ import annotations

import importlib
import types
from collections.abc import Callable, Sequence
from typing import Any

from graders.sandbox import tags
from graders.sandbox.containers import KEPT_DICTS
from graders.sandbox.decoding import Decoder
from graders.sandbox.describing import Described
from graders.sandbox.encoding import RecordType
from graders.sandbox.hosting import foreign_cell
from graders.sandbox.judged import export_of, judge_proxy


class Kept:
    """A value that stays in the jail even though it is data."""

    __slots__ = ("__weakref__", "value")

    def __init__(self, value: Any) -> None:
        self.value = value


class Holding:
    """The worker's sender and receiver of cells."""

    def __init__(self) -> None:
        self.module = types.ModuleType("solution")
        self.trusts_operators = False
        self._record_types: dict[str, RecordType] = {}
        self._record_classes: dict[type, RecordType] = {}
        self._described = Described()
        self._exports: dict[int, Any] = {}

    def call_back(self, export: int, operation: str, operands: list[Any], names: list[str]) -> Any:
        """Ask the judge to do something with one of its objects."""
        raise NotImplementedError

    def _decoder(self) -> Decoder:
        return Decoder(self, trusted=True)

    def record_type(self, cls: type) -> RecordType | None:
        """Give the record type of a class the tests declared."""
        return self._record_classes.get(cls)

    def refer(self, value: Any) -> list[Any] | None:
        """Give the cell of something that stays in the jail, or None for data."""
        export = export_of(value)
        if export is not None:
            return [tags.EXPORT, export]
        if type(value) is Kept:
            return self._described.cell(value)
        if not self.trusts_operators:
            return None
        if type(value).__module__ in self._described.own:
            return self._described.cell(value)
        return foreign_cell(value, self._described)

    def refer_last(self, value: Any) -> list[Any]:
        """Give a handle cell."""
        return self._described.cell(value)

    def new_records(self, name: str, fields: Sequence[str], count: int) -> list[Any]:
        """Make empty records: of the learner's class of that name, else of a plain one."""
        cls = self.module.__dict__.get(name)
        if not isinstance(cls, type):
            cls = next((c for c, kind in self._record_classes.items() if kind.name == name), None)
        if cls is None:
            # Slots: there is no room in a record for what a solution would rather keep elsewhere.
            cls = type(name, (), {"__init__": _plain_init(fields), "__slots__": tuple(fields)})
        self._record_classes[cls] = RecordType(name, tuple(fields))
        make: Any = cls.__new__
        return [make(cls) for _ in range(count)]

    def resolve(self, cell: list[Any]) -> Any:
        """Give what a handle or export cell stands for."""
        if cell[0] == tags.KEPT_DICT:
            return KEPT_DICTS[cell[3]]()
        if cell[0] == tags.HANDLE:
            return self._described.held(cell[1])
        _, number, shape, dunders = cell
        if shape == "known class":
            return getattr(importlib.import_module(dunders[0]), dunders[1])
        found = self._exports.get(number)
        if found is None:
            if shape == "error class":
                found = self._described.judged_error(number, *dunders)
            elif shape == "error":
                found = self._described.rebuild(*dunders)
            else:
                found = judge_proxy(self, number, shape, dunders)
            self._exports[number] = found
        return found


def _plain_init(fields: Sequence[str]) -> Callable[..., None]:
    def __init__(self: Any, *values: Any, **named: Any) -> None:  # noqa: N807
        for field in fields:
            setattr(self, field, None)
        for field, value in zip(fields, values, strict=False):
            setattr(self, field, value)
        for field, value in named.items():
            setattr(self, field, value)

    return __init__
