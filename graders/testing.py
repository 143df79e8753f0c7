"""
What a hidden test may import.

``check`` compares answers strictly, ``inout`` takes changes of arguments back,
``ops`` forwards operators of an object in the jail, ``record`` declares a class
whose instances cross as data, and ``Chain`` describes a long chain of records.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

from graders.sandbox.exports import Oracle
from graders.sandbox.proxy import inout, ops

__all__ = ["Chain", "Oracle", "check", "inout", "ops", "record"]

Cls = TypeVar("Cls", bound=type)
_DEEPEST = 200


def record(cls: Cls) -> Cls:
    """
    Declare that instances of a class cross the wall as data, with identity.

    The fields are the arguments of ``__init__``, or the slots where there are
    any. A class of the same name in the learner's file stands for it there.
    """
    slots = [name for name in getattr(cls, "__slots__", ()) if not name.startswith("__")]
    initial = cls.__dict__.get("__init__")
    named = list(inspect.signature(initial).parameters)[1:] if initial else []
    cls.__kata_record__ = tuple(slots or named)  # type: ignore[attr-defined]
    return cls


class Chain(NamedTuple):
    """A chain of records for ``measure.peak_memory``, handed over piece by piece."""

    cls: type
    values: Sequence[Any]
    value: str = "val"
    link: str = "next"


class _Check:
    """Comparisons that refuse a wrong type, shape or dtype before they look at values."""

    def equal(self, actual: Any, expected: Any) -> None:
        """
        Assert the same type and value, all the way down.

        ``True`` is not 1, 1 is not 1.0, a tuple is not a list; NaN equals NaN;
        arrays agree in dtype and shape. The order of a dict's keys is free.
        """
        _same(actual, expected, "", close=None)

    def close(self, actual: Any, expected: Any, *, rtol: float = 1e-9, atol: float = 0.0) -> None:
        """
        Assert the same types and shapes, and floats within tolerance.

        Args:
            actual: Floats, arrays, or containers of them.
            expected: The same; an int is not accepted for a float, nor
                float32 for float64.
            rtol: ``|actual - expected| <= atol + rtol * |expected|``.
            atol: See `rtol`.
        """
        _same(actual, expected, "", close=(rtol, atol))


check = _Check()


def _same(actual: Any, expected: Any, where: str, *, close: tuple[float, float] | None) -> None:
    stack = [(actual, expected, where)]
    seen = 0
    while stack:
        mine, wanted, place = stack.pop()
        seen += 1
        if type(mine) is not type(wanted):
            raise AssertionError(
                f"{place or 'answer'}: {type(mine).__name__}, not {type(wanted).__name__}"
            )
        kind = type(wanted)
        if kind in (list, tuple):
            _lengths(mine, wanted, place)
            stack += [
                (a, b, f"{place}[{i}]") for i, (a, b) in enumerate(zip(mine, wanted, strict=True))
            ]
        elif isinstance(wanted, dict):
            _same_members(list(mine), list(wanted), place)
            stack += [(mine[key], wanted[key], f"{place}[{key!r}]") for key in wanted]
        elif hasattr(wanted, "dtype"):
            _same_array(mine, wanted, place, close=close)
        elif kind in (set, frozenset):
            _same_members(list(mine), list(wanted), place)
        elif kind is float or kind is complex:
            _same_float(mine, wanted, place, close=close)
        elif mine != wanted:
            raise AssertionError(f"{place or 'answer'}: another value")


def _same_members(mine: list[Any], wanted: list[Any], place: str) -> None:
    """Assert the same keys or members; ``True`` is not 1 here either."""
    if set(mine) != set(wanted) or len(mine) != len(wanted):
        raise AssertionError(f"{place or 'answer'}: other members")
    found = {member: member for member in mine}
    for member in wanted:
        _same(found[member], member, f"{place}{{{member!r}}}", close=None)


def _lengths(mine: Any, wanted: Any, place: str) -> None:
    if len(mine) != len(wanted):
        raise AssertionError(f"{place or 'answer'}: {len(mine)} elements, not {len(wanted)}")


def _same_float(mine: Any, wanted: Any, place: str, *, close: tuple[float, float] | None) -> None:
    if mine == wanted or (_is_nan(mine) and _is_nan(wanted)):
        return
    if close is not None:
        rtol, atol = close
        if abs(mine - wanted) <= atol + rtol * abs(wanted) and abs(wanted) != float("inf"):
            return
    raise AssertionError(f"{place or 'answer'}: another value")


def _is_nan(value: Any) -> bool:
    return bool(value != value)  # noqa: PLR0124 - NaN alone differs from itself


def _same_array(mine: Any, wanted: Any, place: str, *, close: tuple[float, float] | None) -> None:
    import numpy as np

    if mine.dtype != wanted.dtype:
        raise AssertionError(f"{place or 'answer'}: dtype {mine.dtype}, not {wanted.dtype}")
    if mine.shape != wanted.shape:
        raise AssertionError(f"{place or 'answer'}: shape {mine.shape}, not {wanted.shape}")
    if close is None or wanted.dtype.kind not in "fc":
        equal = np.array_equal(mine, wanted, equal_nan=wanted.dtype.kind in "fc")
    else:
        rtol, atol = close
        equal = bool(np.allclose(mine, wanted, rtol=rtol, atol=atol, equal_nan=True))
    if not equal:
        raise AssertionError(f"{place or 'answer'}: other values")
