"""What the judge may ask the worker to do with a value that stays in the jail."""

from __future__ import annotations

import builtins
import operator
from collections.abc import Callable
from typing import Any

# Binary operators by the judge's dunder; the reflected one swaps its operands.
BINARY = (
    "add sub mul truediv floordiv mod divmod pow lshift rshift and or xor matmul lt le gt ge eq ne"
).split()
REFLECTED = "add sub mul truediv floordiv mod divmod pow lshift rshift and or xor matmul".split()
IN_PLACE = (
    "iadd isub imul itruediv ifloordiv imod ipow ilshift irshift iand ior ixor imatmul"
).split()
UNARY = "neg pos abs invert index".split()


def _binary(name: str) -> Callable[..., Any]:
    if name == "divmod":
        return divmod
    found: Callable[..., Any] = getattr(operator, {"and": "and_", "or": "or_"}.get(name, name))
    return found


def _unary(name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(operator, name)
    return found


def _enter(value: Any) -> Any:
    return type(value).__enter__(value)


def _exit(value: Any, told: list[Any] | None) -> Any:
    """Leave a context; the error is made again from its class name and arguments."""
    error = getattr(builtins, told[0])(*told[1]) if told else None
    kind = type(error) if error is not None else None
    return type(value).__exit__(value, kind, error, None)


def _is_instance(value: Any, cls: Any) -> bool:
    return isinstance(value, cls)


OPERATIONS: dict[str, Callable[..., Any]] = {
    **{name: _binary(name) for name in BINARY},
    **{name: _unary(name) for name in (*IN_PLACE, *UNARY)},
    "getattr": getattr,
    "setattr": setattr,
    "delattr": delattr,
    "hasattr": hasattr,
    "len": len,
    "iter": iter,
    "next": next,
    "reversed": reversed,
    "str": str,
    "repr": repr,
    "format": format,
    "hash": hash,
    "bool": bool,
    "int": int,
    "float": float,
    "complex": complex,
    "bytes": bytes,
    "round": round,
    "dir": dir,
    "contains": operator.contains,
    "getitem": operator.getitem,
    "setitem": operator.setitem,
    "delitem": operator.delitem,
    "enter": _enter,
    "exit": _exit,
    "isinstance": _is_instance,
    "close": lambda value: value.close(),
}
