"""Objects of the tests that the learner's code may call, through the wall."""

from __future__ import annotations

import builtins
import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple

from graders.sandbox import tags

_MAX_EXPORTS = 100_000


class RefusedCallbackError(Exception):
    """The learner's code asked for something that was not handed to it."""


class Export(NamedTuple):
    """One object handed to the jail: what it is and which dunders may be used."""

    value: Any
    shape: str
    dunders: tuple[Any, ...]


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
        return self._oracle.hash_of(self.key)


class Oracle:
    """
    Hands out elements and counts what is asked of them.

    Args:
        salt: Makes hashes say nothing about the order of keys.
    """

    def __init__(self, salt: int = 0) -> None:
        self.comparisons = 0
        self.hashes = 0
        self._salt = salt.to_bytes(16, "big")

    def hash_of(self, key: Any) -> int:
        """Give a hash that equal keys share, and nothing else can be read from."""
        digest = hashlib.blake2b(repr(key).encode(), key=self._salt, digest_size=7).digest()
        return int.from_bytes(digest, "big")

    def items(self, keys: Any) -> list[OracleItem]:
        """Give one element a key, in order."""
        return [OracleItem(self, key) for key in keys]


_ORACLE_DUNDERS = ("__lt__", "__le__", "__gt__", "__ge__", "__eq__", "__hash__")


class Exports:
    """What has been handed to the jail, by number: functions and oracle elements."""

    def __init__(self) -> None:
        self._exports: list[Export] = []
        self._numbers: dict[int, int] = {}
        self.raised: list[BaseException] = []

    def cell(self, value: Any) -> list[Any] | None:
        """Give the export cell of an object, or None where it may not be handed over."""
        number = self._numbers.get(id(value))
        if number is None:
            export = self.export(value)
            if export is None or len(self._exports) >= _MAX_EXPORTS:
                return None
            number = len(self._exports)
            self._exports.append(export)  # keeps the object alive, so its id stays its own
            self._numbers[id(value)] = number
        export = self._exports[number]
        return [tags.EXPORT, number, export.shape, list(export.dunders)]

    def export(self, value: Any) -> Export | None:
        """Give how an object is handed over, or None where it may not be."""
        if isinstance(value, OracleItem):
            return Export(value, "object", _ORACLE_DUNDERS)
        return Export(value, "function", ()) if callable(value) else None

    def value(self, number: Any) -> Any:
        """Give the object of a number; the jail may hand it back."""
        return self.at(number).value

    def at(self, number: Any) -> Export:
        """Give the export of a number; a RefusedCallbackError if there is none."""
        if type(number) is not int or not 0 <= number < len(self._exports):
            raise RefusedCallbackError("not a number of an export")
        return self._exports[number]

    def call(self, number: Any, operation: Any, operands: list[Any], names: list[str]) -> Any:
        """
        Do what the jail asks with an exported object.

        Raises:
            RefusedCallbackError: It was not handed over for that.
            BaseException: What the object itself raises.
        """
        export = self.at(number)
        value = export.value
        if operation == "call" and export.shape == "function":
            cut = len(operands) - len(names)
            return value(*operands[:cut], **dict(zip(names, operands[cut:], strict=True)))
        if operation in export.dunders:
            method = getattr(type(value), operation)
            return method(value, *operands)
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
