"""What the learner's code sees, inside the jail, of functions and objects of the tests."""

from __future__ import annotations

import builtins
import sys
import types
from collections.abc import Callable, Generator, Iterator
from typing import Any, Protocol

from graders.sandbox.stepping import STEP_SECONDS

_MAX_FRAMES = 64
_TRACE = 2  # the place of the traceback among the operands of __exit__


class Line(Protocol):
    """The way to the judge."""

    def call_back(self, export: int, operation: str, operands: list[Any], names: list[str]) -> Any:
        """Ask the judge, and answer what it asks meanwhile."""


class JudgeFunction:
    """A function of the tests, callable from the learner's code."""

    def __init__(self, line: Line, export: int) -> None:
        self._worker = line
        self._export = export

    def __call__(self, *positional: Any, **keywords: Any) -> Any:
        """Call it in the judge."""
        operands = [*positional, *keywords.values()]
        return self._worker.call_back(self._export, "call", operands, list(keywords))


class OpenFunction(JudgeFunction):
    """The same where the tests trust: with attributes, and bound where it stands in a class."""

    def __getattr__(self, name: str) -> Any:
        """Fetch an attribute from the judge."""
        return self._worker.call_back(self._export, "getattr", [name], [])

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        """Become a method, as a function does."""
        return self if instance is None else types.MethodType(self, instance)


class JudgeObject:
    """An object of the tests; its methods and listed operators are callable."""

    _worker: Line
    _export: int

    def __getattr__(self, name: str) -> Any:
        """Fetch an attribute from the judge."""
        return _ask(self, "getattr", [name])

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute in the judge."""
        _ask(self, "setattr", [name, value])


class JudgeCoroutine(JudgeObject):
    """A coroutine of the tests, or whatever else they await; they go on with it themselves."""

    def __await__(self) -> Iterator[Any]:
        return _awaited(self)

    def send(self, value: Any) -> Any:
        """Go on, as a task does."""
        return _driver(self).send(value)

    def throw(self, *error: Any) -> Any:
        """Go on with an exception."""
        return _driver(self).throw(*error)

    def close(self) -> None:
        """Give it up."""
        _driver(self).close()


def _driver(coroutine: JudgeCoroutine) -> Generator[Any, Any, Any]:
    own = object.__getattribute__(coroutine, "__dict__")
    if "_driver" not in own:
        own["_driver"] = _awaited(coroutine)
    driver: Generator[Any, Any, Any] = own["_driver"]
    return driver


def _awaited(coroutine: JudgeCoroutine) -> Generator[Any, Any, Any]:
    """Ask again and again whether the judge is done with it."""
    from asyncio import CancelledError
    from asyncio.tasks import sleep  # a test may patch the other name of it

    is_cancelled = False
    while True:
        state, *result = _ask(coroutine, "__await__", [is_cancelled])
        if state == "done":
            return result[0]
        if state == "cancelled":
            raise CancelledError
        try:
            yield from sleep(STEP_SECONDS).__await__()
        except CancelledError:
            is_cancelled = True


def judge_proxy(line: Line, number: int, shape: str, details: list[Any]) -> Any:
    """
    Make what stands for an exported object.

    Args:
        line: The way to the judge.
        number: Of the export.
        shape: ``function``, ``object``, or ``open function``, which only trusting tests hand over.
        details: The operators that are forwarded; of an error its class and arguments.
    """
    if shape == "function":
        return JudgeFunction(line, number)
    if shape == "open function":
        return OpenFunction(line, number)
    namespace: dict[str, Any] = {name: _dunder(name) for name in details}
    if "__eq__" in namespace and "__hash__" not in namespace:
        namespace["__hash__"] = None
    base = JudgeCoroutine if namespace.pop("__await__", None) else JudgeObject
    cls = type("JudgeObject", (base,), namespace)
    proxy: Any = object.__new__(
        cls
    )  # an exported __init__ is the object's own, called by its users
    object.__setattr__(proxy, "_worker", line)
    object.__setattr__(proxy, "_export", number)
    return proxy


def make_error(cls: Any, arguments: list[Any], origin: int) -> BaseException:
    """Make the exception that stands for one of the judge's."""
    if isinstance(cls, str):
        cls = getattr(builtins, cls, Exception)
    try:
        error: BaseException = cls(*arguments)
    except Exception:  # noqa: BLE001 - some constructors want more; the text is enough
        error = Exception(*arguments)
    error._judge_origin = origin  # type: ignore[attr-defined]
    return error


def export_of(value: Any) -> int | None:
    """Give the number under which the judge knows a value, or None for the learner's own."""
    if isinstance(type(value), type) and issubclass(type(value), JudgeFunction | JudgeObject):
        number: int = object.__getattribute__(value, "_export")
        return number
    return None


def error_export(value: Any) -> int | None:
    """Give the number of an exception, or exception class, that came from the judge."""
    if isinstance(value, type) and issubclass(value, BaseException):
        number: int | None = value.__dict__.get("_judge_export")
        return number
    if isinstance(value, BaseException):
        origin = value.__dict__.get("_judge_origin")
        return None if origin is None else -1 - origin
    return None


def frame_names(filename: str) -> list[str]:
    """Give the names of the running functions of a file, the outermost first."""
    names: list[str] = []
    frame: types.FrameType | None = sys._getframe(1)
    while frame is not None and len(names) < _MAX_FRAMES:
        if frame.f_code.co_filename == filename:
            names.append(frame.f_code.co_name)
        frame = frame.f_back
    return names[::-1]


def _ask(proxy: Any, operation: str, operands: list[Any], names: list[str] | None = None) -> Any:
    line = object.__getattribute__(proxy, "_worker")
    export = object.__getattribute__(proxy, "_export")
    return line.call_back(export, operation, operands, names or [])


def _dunder(name: str) -> Callable[..., Any]:
    def method(self: Any, *operands: Any, **keywords: Any) -> Any:
        if name in ("__exit__", "__aexit__"):
            operands = tuple(None if i == _TRACE else o for i, o in enumerate(operands))
        return _ask(self, name, [*operands, *keywords.values()], list(keywords))

    method.__name__ = name
    return method
