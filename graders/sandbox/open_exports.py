"""
What the jail may reach of the tests' objects where operators are trusted.

Any object of a test may be handed over, with its operators and its public
attributes; nothing through which the judge's interpreter could be reached is.
"""

from __future__ import annotations

import builtins
import types
from collections.abc import Callable
from typing import Any

from graders.sandbox import stepping
from graders.sandbox.exports import Export, Exports, RefusedCallbackError
from graders.sandbox.operations import BINARY, IN_PLACE, REFLECTED, UNARY

_DUNDERS = frozenset(
    [f"__{name}__" for name in (*BINARY, *IN_PLACE, *UNARY)]
    + [f"__r{name}__" for name in REFLECTED]
    + [
        f"__{name}__"
        for name in (
            "enter exit iter next reversed len getitem setitem delitem contains hash str repr call "
            "bool int float complex bytes round floor ceil trunc format init "
            "await aiter anext aenter aexit"
        ).split()
    ]
)
_UNREACHABLE = (
    types.ModuleType,
    types.FrameType,
    types.TracebackType,
    types.CodeType,
    types.CellType,
)
_POWERS = tuple(
    getattr(builtins, name)
    for name in (
        "eval exec compile open __import__ globals locals vars getattr setattr breakpoint"
    ).split()
)
# Of generators, coroutines, tracebacks, frames and code: each leads into the interpreter.
_INNARDS = ("gi_", "cr_", "ag_", "tb_", "f_", "co_", "func_")


class OpenExports(Exports):
    """
    Exports of tests that trust.

    Args:
        path: The solution's file; a callback runs under frames of that name, so
            that a test object that looks at its callers sees them.
    """

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self._tasks: dict[int, Any] = {}
        self.frames: list[str] = []

    def export(self, value: Any) -> Export | None:
        """Give how an object is handed over, or None where it may not be."""
        if _is_power(value):
            return None
        if isinstance(value, BaseException):
            return Export(value, "error", (self.fault(value),))
        if isinstance(value, type) and issubclass(value, BaseException):
            return Export(value, "error class", (value.__name__, builtin_base(value)))
        if callable(value) and type(value).__module__ in ("builtins", "functools", "operator"):
            return Export(value, "open function", ())
        kind = type(value)
        dunders = {
            name for name in dir(kind) if name in _DUNDERS and getattr(kind, name) is not None
        }
        own = {name for name in dunders if getattr(kind, name) is not getattr(object, name, None)}
        if "__eq__" in own and kind.__hash__ is not None:
            own.add("__hash__")
        return Export(value, "object", tuple(sorted(own)))

    def value(self, number: Any) -> Any:
        """Give the object of a number; a negative one is an exception raised here."""
        if type(number) is int and -len(self.raised) <= number < 0:
            return self.raised[-1 - number]
        return super().value(number)

    def call(self, number: Any, operation: Any, operands: list[Any], names: list[str]) -> Any:
        """
        Do what the jail asks with an exported object.

        Raises:
            AttributeError: It has no such attribute, or none for the jail.
            RefusedCallbackError: No honest worker asks for that.
            BaseException: What the object itself raises.
        """
        value = self.at(number).value
        cut = len(operands) - len(names)
        keywords = dict(zip(names, operands[cut:], strict=True))
        if operation in ("getattr", "setattr"):
            name = operands[0]
            if not isinstance(name, str) or _leads_inside(name):
                raise AttributeError(f"{type(value).__name__!r} object has no attribute {name!r}")
            result = getattr(builtins, operation)(value, *operands)
            if _is_power(result):
                raise AttributeError(f"{name!r} is not for a solution")
            return result
        if operation == "__await__" and operation in self.at(number).dunders:
            return self._step(number, value, cancel=bool(operands[0]))
        if operation in ("__exit__", "__aexit__") and isinstance(operands[1], BaseException):
            operands[0] = type(operands[1])
        if operation == "call" and callable(value):
            return self._under_frames(lambda: value(*operands[:cut], **keywords))
        if operation in self.at(number).dunders:
            method = _special(value, operation)
            return self._under_frames(lambda: method(*operands[:cut], **keywords))
        raise RefusedCallbackError(str(operation))

    def _step(self, number: int, value: Any, *, cancel: bool) -> list[Any]:
        """Go on with a coroutine of the tests, in their own event loop where one is running."""
        import asyncio

        is_running = asyncio._get_running_loop() is not None
        if number not in self._tasks:
            make = asyncio.ensure_future if is_running else stepping.task
            self._tasks[number] = make(value)
        task = self._tasks[number]
        if not is_running:
            return stepping.step(task, cancel=cancel)
        if cancel:
            task.cancel()
        return stepping.state(task)

    def _under_frames(self, act: Callable[[], Any]) -> Any:
        for name in reversed(self.frames):
            act = _framed(self._path, name, act)
        return act()

    def fault(self, error: BaseException) -> dict[str, Any]:
        """Give what the jail is told of an exception, its class by number when a test's own."""
        told = super().fault(error)
        cls = type(error)
        if getattr(builtins, cls.__name__, None) is cls:
            return told
        if not told["handle"] and isinstance(error, Exception):
            cell = self.cell(cls)
            told.update(export=cell[1] if cell else -1, name=cls.__name__)
        return told


def _is_power(value: Any) -> bool:
    return isinstance(value, _UNREACHABLE) or any(value is power for power in _POWERS)


def _leads_inside(name: str) -> bool:
    return name.startswith(("_", *_INNARDS)) and name not in ("__name__", "__qualname__")


def _special(value: Any, name: str) -> Any:
    """Give a special method as the interpreter finds it: on the class, then bound."""
    found = next(vars(cls)[name] for cls in type(value).__mro__ if name in vars(cls))
    bind = getattr(type(found), "__get__", None)
    return found if bind is None else bind(found, value, type(value))


def builtin_base(cls: type) -> str:
    """Give the name of the first built-in exception that a class derives from."""
    found = (c.__name__ for c in cls.__mro__ if getattr(builtins, c.__name__, None) is c)
    return next(found, "Exception")


def _framed(path: str, name: str, act: Callable[[], Any]) -> Callable[[], Any]:
    """Give a function that calls `act` in a frame of that file and function name."""
    if not isinstance(name, str):
        raise RefusedCallbackError("a frame without a name")

    def frame() -> Any:
        return act()

    code = frame.__code__.replace(co_filename=path, co_name=name[:200])
    return types.FunctionType(code, {}, name[:200], None, frame.__closure__)
