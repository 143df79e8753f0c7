"""What the worker tells of values that stay in the jail: handles, classes, faults."""

from __future__ import annotations

import builtins
import contextlib
import types
from collections.abc import Callable, Iterable
from typing import Any

from graders.sandbox import tags
from graders.sandbox.judged import error_export, make_error

_MAX_MESSAGE = 2000
_CALLABLE = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.MethodWrapperType,
)
_METHOD = (types.FunctionType, classmethod, staticmethod, types.MethodDescriptorType)


class Described:
    """
    The table of handles, and descriptions of their classes.

    A handle is a number that stands for one object; the same object keeps its
    number as long as the judge has not dropped it. Classes are never dropped.
    """

    def __init__(self) -> None:
        self.own: set[str] = set()
        self.base_of: Callable[[type], str] = lambda _: ""
        self._next = 1
        self._objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._told: set[int] = set()
        self._judged_errors: dict[int, type] = {}
        self.fresh: list[int] = []  # told in a message that is not sent yet

    def untell(self) -> None:
        """Forget what was told in a message that could not be sent."""
        self._told.difference_update(self.fresh)
        self.fresh.clear()

    def held(self, number: int) -> Any:
        """Give the object of a handle."""
        return self._objects[number]

    def drop(self, numbers: list[int]) -> None:
        """Forget handles that the judge no longer has."""
        for number in numbers:
            value = self._objects.pop(number, None)
            self._numbers.pop(id(value), None)

    def number(self, value: Any) -> int:
        """Give the handle of an object, a new one if need be."""
        found = self._numbers.get(id(value))
        if found is None:
            found = self._numbers[id(value)] = self._next
            self._objects[found] = value
            self._next += 1
        return found

    def cell(self, value: Any) -> list[Any]:
        """Give the handle cell of an object: ``[tag, handle, shape, details]``."""
        if isinstance(value, type):
            return [tags.HANDLE, self.number(value), "class", self._class(value)]
        if type(value) in _CALLABLE:
            name = getattr(value, "__name__", "")
            return [tags.HANDLE, self.number(value), "callable", str(name)[:200]]
        return [tags.HANDLE, self.number(value), "object", self._class(type(value))]

    def kind(self, value: Any) -> list[Any]:
        """Give how the judge should see a name of the module."""
        if isinstance(value, type):
            return ["class", self._class(value)]
        if isinstance(value, types.FunctionType):
            return ["function"]
        return ["value"]

    def _class(self, cls: type) -> list[Any]:
        number = self.number(cls)
        if number in self._told:
            return [number, None]
        self._told.add(number)
        self.fresh.append(number)
        methods, dunders = _members(cls)
        bases = [self._class(base) for base in cls.__bases__ if base.__module__ in self.own]
        return [
            number,
            {
                "name": str(cls.__name__)[:200],
                "bases": bases,
                "error": builtin_error(cls) if issubclass(cls, BaseException) else "",
                "methods": methods,
                "dunders": dunders,
                "base": self.base_of(cls),
            },
        ]

    def fault(self, error: BaseException, filename: str) -> dict[str, Any]:
        """Give what can be said of an exception without running the learner's code twice."""
        message = ""
        with contextlib.suppress(BaseException):
            message = str(error)[:_MAX_MESSAGE].encode("utf-8", "replace").decode()
        own = type(error).__module__ in self.own
        return {
            "error": builtin_error(type(error)),
            "name": str(type(error).__name__)[:200].encode("utf-8", "replace").decode(),
            "class": self._class(type(error)) if own else None,
            "handle": self.number(error) if own else 0,
            "message": message,
            "line": _line(error, filename),
            "origin": getattr(error, "_judge_origin", -1),
            "export": -1 if (found := error_export(type(error))) is None else found,
            "qualified": [str(type(error).__module__), str(type(error).__qualname__)],
        }

    def rebuild(self, fault: dict[str, Any]) -> BaseException:
        """Make the exception that the judge's function raised."""
        if fault["handle"]:
            held: BaseException = self.held(fault["handle"])
            return held
        number = fault.get("export", -1)
        cls = self.judged_error(number, fault["name"], fault["error"]) if number >= 0 else None
        return make_error(cls or fault["error"], fault["args"], fault["origin"])

    def judged_error(self, number: int, name: str, base: str) -> type:
        """Give the class that stands for an exception class of the tests."""
        found = self._judged_errors.get(number)
        if found is None:
            found = type(name, (getattr(builtins, base, Exception),), {"_judge_export": number})
            self._judged_errors[number] = found
        return found


def builtin_error(cls: type) -> str:
    """Give the name of the first built-in exception a class derives from."""
    for base in cls.__mro__:
        if base.__module__ == "builtins" and issubclass(base, BaseException):
            return base.__name__
    return "Exception"


def _members(cls: type) -> tuple[list[str], list[str]]:
    methods, dunders = set(), set()
    for base in cls.__mro__:
        if base is object:
            continue
        for name, member in list(vars(base).items()):
            if name.startswith("__") and name.endswith("__"):
                if getattr(cls, name, None) is not None:
                    dunders.add(name)
            elif isinstance(member, _METHOD):
                methods.add(name)
    return _in_order(methods), _in_order(dunders)


def _in_order(names: Iterable[str]) -> list[str]:
    """Sort names, not by ``sorted``: a kata may have forbidden it by now."""
    ordered = list(names)
    ordered.sort()
    return ordered


def _line(error: BaseException, filename: str) -> int:
    line = 0
    if isinstance(error, SyntaxError) and error.filename == filename:
        line = error.lineno or 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == filename:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line if isinstance(line, int) and 0 <= line < 1 << 31 else 0
