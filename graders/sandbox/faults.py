"""
What may be said of an exception that was raised in the jail, and what is raised for it here.

A submission chooses its exceptions. Their class, line and text could carry a
hidden input out, so that a cause holds only what the source says already.
"""

from __future__ import annotations

import builtins
import re
from typing import Any

from graders.model.result import Cause, CauseKind
from graders.sandbox.link import Stopped

# A submission can choose where it fails; these keep what that can tell to a few bits.
_MOST_LINES = 1000
_MOST_CLASSES = 20
_MAX_ARGUMENT = 10_000
_ARGUMENT_TYPES = (bool, int, float, str, bytes, type(None))


def cause_of(error: BaseException) -> Cause:
    """Give the cause behind an exception, a wrong value when the jail did not raise it."""
    if isinstance(error, Stopped):
        return error.cause
    cause = getattr(error, "__dict__", {}).get("_kata_cause")
    return cause if isinstance(cause, Cause) else Cause(kind=CauseKind.WRONG_VALUE)


class Naming:
    """Names the causes of one source text."""

    def __init__(self, source: str) -> None:
        self._source = source

    def cause(
        self, name: str, own_name: str, line: int, *, refused: str = "", is_flooded: bool = False
    ) -> Cause:
        """
        Give the cause behind an exception of the jail.

        Args:
            name: The first built-in class it derives from.
            own_name: Its own class.
            line: Where the jail says it was raised.
            refused: What the kata's rules refused last.
            is_flooded: Whether all that may be printed has been.
        """
        line = line if self._holds_code(line) else 0
        if name == "MemoryError":
            return Cause(kind=CauseKind.OUT_OF_MEMORY, line=line)
        if name in ("SystemExit", "KeyboardInterrupt"):
            return Cause(kind=CauseKind.EXITED, line=line)
        if name == "NotImplementedError" and "TODO" in self._around(line):
            return Cause(kind=CauseKind.TODO, line=line)
        if own_name in ("RefusedImportError", "RefusedNameError", "UnsendableError"):
            kind = {
                "RefusedImportError": CauseKind.REFUSED_IMPORT,
                "RefusedNameError": CauseKind.REFUSED_NAME,
                "UnsendableError": CauseKind.REFUSED_VALUE,
            }[own_name]
            return Cause(kind=kind, line=line, name=refused)
        if is_flooded and name == "OSError":
            return Cause(kind=CauseKind.TOO_MUCH_OUTPUT, line=line)
        return Cause(kind=CauseKind.RAISED, error=self._safe_name(name, own_name), line=line)

    def _holds_code(self, line: int) -> bool:
        """Whether a line can be where something was raised; the jail may name any."""
        lines = self._source.split("\n")
        return 0 < line <= min(len(lines), _MOST_LINES) and bool(
            lines[line - 1].split("#")[0].strip()
        )

    def _around(self, line: int) -> str:
        """Give the line and the few above it, where a stub says TODO."""
        return "\n".join(self._source.split("\n")[max(0, line - 4) : line])

    def _safe_name(self, name: str, own_name: str) -> str:
        """Give the class name if it says nothing that the source did not say."""
        if isinstance(getattr(builtins, own_name, None), type):
            return own_name
        if self._source.count("class ") > _MOST_CLASSES:  # one for each thing to tell
            return name
        pattern = rf"^[ \t]*class[ \t]+{re.escape(own_name)}\b"
        if re.search(pattern, self._source, re.MULTILINE):
            return own_name
        return name if isinstance(getattr(builtins, name, None), type) else "Exception"


def make_error(cls: type[Exception], arguments: list[Any], message: str) -> Exception:
    """
    Make an exception whose text cannot hurt whoever prints it.

    Some built-in ones crash or hang when they are shown with arguments that
    their own constructor would never have been given: a UnicodeDecodeError with
    negative positions, a SyntaxError with an offset of 10**12.
    """
    is_plain = all(
        type(a) in _ARGUMENT_TYPES and len(str(a) if type(a) is int else repr(a)) <= _MAX_ARGUMENT
        for a in arguments
    )
    if not is_plain or issubclass(cls, SyntaxError | UnicodeError):
        arguments = [message]
    try:
        return cls(*arguments)
    except Exception:  # noqa: BLE001 - some constructors want more than was told
        return _texts_only(cls)(message)


def _texts_only(cls: type[Exception]) -> type[Exception]:
    """Give the nearest base whose constructor takes a text."""
    return next(base for base in cls.__mro__ if base in (ValueError, SyntaxError, Exception))
