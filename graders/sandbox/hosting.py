"""
What a worker does besides where the tests trust the solution's operators.

Values of the standard library that are not data go over by name, operations
reach patched modules, and what is printed is kept for the judge's own stdout.
"""

from __future__ import annotations

import copy
import importlib
import math
import sys
from collections.abc import Callable
from typing import Any

from graders.sandbox import stepping, tags
from graders.sandbox.decoding import CONSTANTS
from graders.sandbox.describing import Described
from graders.sandbox.judged import error_export
from graders.sandbox.operations import OPERATIONS

_PLAIN = (int, float, str, bytes, bool, type(None))


def host(described: Described, source: str) -> None:
    """Allow the operations that only a trusting judge asks for, and what a source may need."""
    originals: dict[tuple[str, str], Any] = {}

    def mirror(module: str, name: str, value: Any) -> None:
        holder = importlib.import_module(module)
        originals.setdefault((module, name), getattr(holder, name, None))
        setattr(holder, name, value)

    def restore(module: str, name: str) -> None:
        if (module, name) in originals:
            setattr(importlib.import_module(module), name, originals.pop((module, name)))

    def run(module: str, name: str, arguments: list[Any]) -> None:
        getattr(importlib.import_module(module), name)(*arguments)

    def leave(value: Any, kind: Any, error: Any) -> Any:
        return type(value).__exit__(value, kind, error, getattr(error, "__traceback__", None))

    OPERATIONS.update(
        mirror=mirror,
        restore=restore,
        run=run,
        leave=leave,
        plain=_plain,
        member=_member,
        subclass=_subclass,
        echo=_echo,
        copy=copy.copy,
        deepcopy=copy.deepcopy,
        floor=math.floor,
        ceil=math.ceil,
        trunc=math.trunc,
        fspath=lambda value: type(value).__fspath__(value),
    )
    OPERATIONS.update(stepping.OPERATIONS)
    if "asyncio" in source:
        stepping.share_loops()
    described.base_of = base_of


def base_of(cls: type) -> str:
    """Give the name of the built-in class that a class is, or is built upon."""
    for base in cls.__mro__:
        if base.__module__ in ("builtins", "collections") and base is not object:
            return base.__name__
    return ""


def _member(cls: type, name: str) -> Any:
    """Give a class's own member as it stands there, a staticmethod not unwrapped."""
    return vars(cls)[name]


def _subclass(name: str, bases: list[type], members: dict[str, Any]) -> type:
    return type(name, tuple(bases), {**members, "__module__": bases[0].__module__})


def _plain(value: Any) -> Any:
    """Give what a value is to the class of plain data it derives from."""
    if isinstance(value, tuple):
        return tuple(tuple.__iter__(value))
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bytes):
        return bytes(memoryview(value))
    return int.__int__(value) if isinstance(value, int) else float.__float__(value)


def foreign_cell(  # noqa: PLR0911 - a table of kinds
    value: Any, described: Described
) -> list[Any] | None:
    """Give the cell of a class or exception that the judge knows too, or None."""
    number = error_export(value)
    if number is not None:
        return [tags.EXPORT, number]
    if isinstance(value, type):
        if value.__module__ in described.own:
            return None
        name = value.__name__
        if value.__module__ == "builtins" and CONSTANTS.get(name) is value:
            return [tags.NAMED, "constant", name]
        details = described.cell(value)[3]
        return [tags.HANDLE, described.number(value), "known", [*_where(value), details]]
    if isinstance(value, tuple) and hasattr(type(value), "_fields"):
        return described.cell(value)
    if isinstance(value, BaseException):
        plain = [argument for argument in value.args if type(argument) in _PLAIN]
        return [tags.HANDLE, described.number(value), "error", [*_where(type(value)), plain]]
    return None


def error_details(error: BaseException) -> list[Any]:
    """Give what else is told of an exception: its cause, notes and own attributes."""
    own = {k: v for k, v in vars(error).items() if isinstance(v, _PLAIN) and k != "_judge_origin"}
    return [error.__cause__, list(getattr(error, "__notes__", ())), own]


def _where(cls: type) -> list[str]:
    return [str(cls.__module__)[:200], str(cls.__qualname__)[:200]]


class Echo:
    """Standard output of the solution, handed to the judge before each answer."""

    encoding = "utf-8"

    def __init__(self, hand_over: Callable[[str], None]) -> None:
        self._hand_over = hand_over
        self._parts: list[str] = []

    def write(self, text: str) -> int:
        """Keep text."""
        self._parts.append(str(text))
        return len(text)

    def flush(self) -> None:
        """Hand over what was kept."""
        text, self._parts[:] = "".join(self._parts), []
        if text:
            self._hand_over(text)


def _echo(hand_over: Callable[[str], None]) -> None:
    sys.stdout = Echo(hand_over)
