"""Objects of the tests that the learner's code may call, through the wall."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any, NamedTuple

from graders.sandbox import tags

_FORWARDED = frozenset(
    "__enter__ __exit__ __iter__ __next__ __len__ __getitem__ __setitem__ __contains__ __eq__ __str__ "
    "__repr__ __call__ __bool__ __int__ __float__".split()
)
_MAX_EXPORTS = 100_000


class RefusedCallbackError(Exception):
    """The learner's code asked for something that was not handed to it."""


class Export(NamedTuple):
    """One object handed to the jail: what it is and which dunders may be used."""

    value: Any
    shape: str
    dunders: tuple[str, ...]


class OracleItem:
    """
    An element whose comparisons and hashes the judge answers and counts.

    The jail sees an object without content, so no comparison can be had
    without asking.
    """

    __slots__ = ("__weakref__", "_oracle", "key")

    def __init__(self, oracle: Oracle, key: Any) -> None:
        self._oracle = oracle
        self.key = key

    def _compare(self, other: Any, test: Callable[[Any, Any], bool]) -> Any:
        self._oracle.comparisons += 1
        if not isinstance(other, OracleItem):
            return NotImplemented
        return test(self.key, other.key)

    def __lt__(self, other: Any) -> Any:
        return self._compare(other, lambda a, b: a < b)

    def __le__(self, other: Any) -> Any:
        return self._compare(other, lambda a, b: a <= b)

    def __gt__(self, other: Any) -> Any:
        return self._compare(other, lambda a, b: a > b)

    def __ge__(self, other: Any) -> Any:
        return self._compare(other, lambda a, b: a >= b)

    def __eq__(self, other: object) -> Any:
        return self._compare(other, lambda a, b: a == b)

    def __hash__(self) -> int:
        self._oracle.hashes += 1
        return hash(self.key)


class Oracle:
    """Hands out elements and counts what is asked of them."""

    def __init__(self) -> None:
        self.comparisons = 0
        self.hashes = 0

    def items(self, keys: Any) -> list[OracleItem]:
        """Give one element a key, in order."""
        return [OracleItem(self, key) for key in keys]


_ORACLE_DUNDERS = ("__lt__", "__le__", "__gt__", "__ge__", "__eq__", "__hash__")


class Exports:
    """
    What has been handed to the jail, by number.

    Args:
        any_object: Whether objects other than functions and oracle elements
            may be handed over, with their public attributes.
    """

    def __init__(self, *, any_object: bool) -> None:
        self._any_object = any_object
        self._exports: list[Export] = []
        self._numbers: dict[int, int] = {}
        self.raised: list[BaseException] = []

    def cell(self, value: Any) -> list[Any] | None:
        """Give the export cell of an object, or None where it may not be handed over."""
        number = self._numbers.get(id(value))
        if number is None:
            export = self._export(value)
            if export is None or len(self._exports) >= _MAX_EXPORTS:
                return None
            number = len(self._exports)
            self._exports.append(export)  # keeps the object alive, so its id stays its own
            self._numbers[id(value)] = number
        export = self._exports[number]
        return [tags.EXPORT, number, export.shape, list(export.dunders)]

    def _export(self, value: Any) -> Export | None:
        if isinstance(value, OracleItem):
            return Export(value, "object", _ORACLE_DUNDERS)
        dunders = {name for name in dir(type(value)) if name in _FORWARDED}
        if "__eq__" in dunders and type(value).__eq__ is object.__eq__:
            dunders.discard("__eq__")
        if callable(value) and (not self._any_object or not _has_attributes(value)):
            return Export(value, "function", ())
        if not self._any_object:
            return None
        return Export(value, "object", tuple(sorted(dunders)))

    def value(self, number: Any) -> Any:
        """Give the object of a number; the jail may hand it back."""
        return self._exports[_index(number)].value

    def call(self, number: Any, operation: Any, operands: list[Any], names: list[str]) -> Any:
        """
        Do what the jail asks with an exported object.

        Raises:
            RefusedCallbackError: It was not handed over for that.
            BaseException: What the object itself raises.
        """
        export = self._exports[_index(number)]
        value = export.value
        if operation == "call" and (export.shape == "function" or callable(value)):
            cut = len(operands) - len(names)
            return value(*operands[:cut], **dict(zip(names, operands[cut:], strict=True)))
        if operation in export.dunders:
            method = getattr(type(value), operation)
            if operation == "__call__":
                cut = len(operands) - len(names)
                return method(value, *operands[:cut], **dict(zip(names, operands[cut:], strict=True)))
            return method(value, *operands)
        if self._any_object and operation in ("getattr", "setattr"):
            name = operands[0]
            if isinstance(name, str) and not name.startswith("_"):
                act = getattr if operation == "getattr" else setattr
                return act(value, *operands)
        raise RefusedCallbackError(str(operation))

    def fault(self, error: BaseException) -> dict[str, Any]:
        """Give what the jail is told of an exception in one of these objects."""
        self.raised.append(error)
        name = next(
            (c.__name__ for c in type(error).__mro__ if getattr(builtins, c.__name__, None) is c),
            "Exception",
        )
        if not isinstance(error, Exception):
            name = "Exception"
        plain = [a for a in error.args if type(a) in (int, float, str, bool, type(None))]
        handle = getattr(error, "_hid", 0)
        return {
            "error": name,
            "args": plain,
            "origin": len(self.raised) - 1,
            "handle": handle if isinstance(handle, int) else 0,
        }


def _index(number: Any) -> int:
    if type(number) is not int or number < 0:
        raise RefusedCallbackError("not a number of an export")
    return number


def _has_attributes(value: Any) -> bool:
    """Whether a callable is more than a function: a mock, or an object with state."""
    kind = type(value).__module__
    return kind not in ("builtins", "functools", "_operator", "operator")
