"""
Notices texts that are run as code: the way round every rule that is read in a source.

The interpreter tells an audit hook of each text it compiles and of each code object that
``exec`` or ``eval`` runs, whatever name they were reached by; no Python code takes a hook
away. The standard library runs texts of its own, and those say nothing of the learner.
"""

from __future__ import annotations

import ast
import collections
import dataclasses
import sys
import types
import typing
from collections.abc import Callable
from typing import Any

RUN_TEXT = "exec"
_EVENTS = frozenset({"exec", "compile"})
# Parses alone; runs texts that are made of checked identifiers; fetches modules.
_TRUSTED = frozenset(
    {
        ast.__file__,
        collections.__file__,
        "<frozen importlib._bootstrap>",
        "<frozen importlib._bootstrap_external>",
    }
)


def watch(note: Callable[[], None], *, own: str) -> None:
    """
    Notice each text that is run from now on.

    Args:
        note: Called when one is.
        own: The file of the one place that loads the learner's source.
    """
    trusted = _TRUSTED | {own}

    def hook(event: str, _: tuple[Any, ...]) -> None:  # pragma: no cover - hooks are not traced
        if event in _EVENTS:
            caller = sys._getframe(1)
            name = caller.f_code.co_filename
            if name not in trusted and not _is_harmless(event, caller, name):
                note()

    sys.addaudithook(hook)


def _is_harmless(  # pragma: no cover - called by the hook
    event: str, caller: types.FrameType, name: str
) -> bool:
    """Whether typing looks a name up, or dataclasses write methods for fields that are names."""
    if name == dataclasses.__file__:
        return all(map(str.isidentifier, _annotated(caller)))
    if name == typing.__file__ or name.endswith("annotationlib.py"):
        text = getattr(caller.f_locals.get("self"), "__forward_arg__", "(")
        return event == "compile" or "(" not in text  # without a call nothing runs
    return False


def _annotated(  # pragma: no cover - called by the hook
    frame: types.FrameType | None,
) -> list[str]:
    """Give the annotated names of the class that is made a dataclass."""
    while frame is not None and frame.f_code.co_name != "_process_class":
        frame = frame.f_back
    cls = None if frame is None else frame.f_locals.get("cls")
    return [""] if cls is None else list(vars(cls).get("__annotations__", ()))
