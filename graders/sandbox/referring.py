"""What the judge's codec asks: which values are records, handles or exports."""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Sequence
from typing import Any

from graders.model.result import Cause, CauseKind
from graders.sandbox import tags
from graders.sandbox.bounding import BadCellError
from graders.sandbox.classes import Classes, Proxies
from graders.sandbox.decoding import CONSTANTS
from graders.sandbox.encoding import RecordType, UnsendableError
from graders.sandbox.exports import Exports
from graders.sandbox.link import Link, Stopped

Records = dict[str, tuple[type, tuple[str, ...]]]


class Referring:
    """
    The judge's sender and receiver of cells.

    Args:
        records: Record name to the tests' own class and its fields.
        proxies: Makes what the tests see.
        exports: What has been handed to the jail.
    """

    link: Link

    def __init__(self, records: Records, proxies: Proxies, exports: Exports) -> None:
        self.exports = exports
        self.classes = Classes(self, proxies)
        self._proxies = proxies
        self._live: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()
        self._record_types = {cls: RecordType(name, f) for name, (cls, f) in records.items()}

    def record_type(self, cls: type) -> RecordType | None:
        """Give the record type of a class of the tests; any dataclass is one."""
        found = self._record_types.get(cls)
        if found is None and _is_dataclass(cls):
            found = RecordType(cls.__name__, tuple(cls.__dataclass_fields__))  # type: ignore[attr-defined]
            self._record_types[cls] = found
        return found

    def refer(self, value: Any) -> list[Any] | None:
        """Give the cell of a proxy or of something the jail may call."""
        handle = getattr(type(value), "_kata_handle", None)
        if handle is not None:
            generation, number = handle(value)
            if generation != self.link.generation:
                raise Stopped(Cause(kind=CauseKind.KILLED))
            return [tags.HANDLE, number]
        name = _builtin_name(value)
        if name:
            return [tags.NAMED, "constant", name]
        if callable(value):
            return self.refer_last(value)
        return None

    def refer_last(self, value: Any) -> list[Any]:
        """Give an export cell."""
        cell = self.exports.cell(value)
        if cell is None:
            raise UnsendableError(f"a {type(value).__name__} cannot be handed to a solution")
        return cell

    def new_records(self, name: str, fields: Sequence[str], count: int) -> list[Any]:
        """Make empty records of the tests' class of that name."""
        for cls, kind in self._record_types.items():
            if kind.name == name and list(kind.fields) == list(fields):
                make: Any = cls.__new__
                return [make(cls) for _ in range(count)]
        raise BadCellError("a record the tests never declared")

    def resolve(self, cell: list[Any]) -> Any:
        """Give the proxy of a handle, or the object the jail hands back."""
        if cell[0] == tags.EXPORT:
            return self.exports.value(cell[1])
        if cell[0] != tags.HANDLE or type(cell[1]) is not int:
            raise BadCellError("an unknown cell")
        _, number, shape, details = cell
        if shape == "class":
            return self.classes.of(details)
        found = self._live.get(number)
        if found is None:
            if number in self.link.pending_drops:
                self.link.pending_drops.remove(number)
            cls = self.classes.of(details) if shape == "object" else None
            found = self._proxies.new_instance(self, cls, number)
            with contextlib.suppress(TypeError):  # a number or tuple cannot be weakly held
                self._live[number] = found
        return found


def _is_dataclass(cls: type) -> bool:
    return isinstance(getattr(cls, "__dataclass_fields__", None), dict)


def _builtin_name(value: Any) -> str:
    if isinstance(value, type) or type(value) is type(len):
        name = getattr(value, "__name__", "")
        if CONSTANTS.get(name) is value:
            return str(name)
    return ""
