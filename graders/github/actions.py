"""What a workflow step tells its runner: outputs, a summary, annotations on lines."""

from __future__ import annotations

import os
import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path

import msgspec

from graders.errors import KataError
from graders.render.plain import escape

MAX_SUMMARY_BYTES = 1024 * 1024  # the runner drops a larger summary whole
MAX_ANNOTATIONS = 10  # of a level and step; the runner drops what follows
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,99}")
_CUT = "\n\n*The rest did not fit.*\n"


class Level(StrEnum):
    """How an annotation is shown."""

    NOTICE = "notice"
    WARNING = "warning"
    ERROR = "error"


class Annotation(msgspec.Struct, frozen=True, kw_only=True):
    """
    A remark on a line of a file.

    Attributes:
        path: Of the file, from the root of the repository; empty for none.
        line: From 1; 0 for the file as a whole.
    """

    level: Level
    message: str
    title: str = ""
    path: str = ""
    line: int = 0


def set_output(name: str, value: str) -> None:
    """
    Set an output of the step; nothing happens outside a workflow.

    Raises:
        KataError: The name is none, or the runner's file cannot be written.
    """
    if not _NAME.fullmatch(name):
        raise KataError("this is no name of an output", fix="use lower case, digits, - and _")
    path = os.environ.get("GITHUB_OUTPUT", "")
    # Nobody who had a hand in the value can know the line that ends it.
    end = f"kata-{secrets.token_hex(16)}"
    if path:
        _append(Path(path), f"{name}<<{end}\n{value}\n{end}\n", named="GITHUB_OUTPUT")


def summarise(markdown: str) -> None:
    """
    Add to the summary of the step; nothing happens outside a workflow.

    What does not fit in a MiB is cut at the end of a line, and the summary says so.

    Raises:
        KataError: The runner's file cannot be written.
    """
    path = os.environ.get("GITHUB_STEP_SUMMARY", "")
    if path:
        used = Path(path).stat().st_size if Path(path).exists() else 0
        text = _cut(f"{markdown.rstrip()}\n", MAX_SUMMARY_BYTES - used)
        _append(Path(path), text, named="GITHUB_STEP_SUMMARY")


def annotate(
    annotations: Iterable[Annotation], *, say: Callable[[str], object] | None = None
) -> int:
    """
    Show remarks beside the lines they are about: ten of each level at most.

    Args:
        annotations: The most important first.
        say: Takes the runner's commands, a line each; else they are printed.

    Returns:
        How many were left out.
    """
    shown: Counter[Level] = Counter()
    left_out = 0
    for annotation in annotations:
        if shown[annotation.level] >= MAX_ANNOTATIONS:
            left_out += 1
            continue
        shown[annotation.level] += 1
        (say or _print)(command(annotation))
    return left_out


def command(annotation: Annotation) -> str:
    """
    Give the one line that makes the runner show an annotation.

    Line ends and separators inside are percent-encoded, other control signs
    become visible, and what a runner takes for a command is broken up.
    """
    fields = {
        "file": annotation.path,
        "line": str(annotation.line) if annotation.path and annotation.line > 0 else "",
        "title": annotation.title,
    }
    words = ",".join(f"{key}={_property(value)}" for key, value in fields.items() if value)
    head = f"{annotation.level} {words}".rstrip()
    return f"::{head}::{_data(annotation.message)}"


def _data(text: str) -> str:
    # The runner undoes %25 last, so it is written first.
    safe = escape(text, keep="\n")
    return safe.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _cut(text: str, room: int) -> str:
    data = text.encode("utf-8", "backslashreplace")
    if len(data) <= room:
        return data.decode("utf-8")
    kept = data[: max(0, room - len(_CUT))]
    lines, _, _ = kept.rpartition(b"\n")
    return lines.decode("utf-8") + _CUT if lines else ""


def _append(path: Path, text: str, *, named: str) -> None:
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        fix = "run this as a step of a workflow, or unset the variable"
        raise KataError(f"cannot be written: {error.strerror}", where=named, fix=fix) from error


def _print(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - the runner reads commands from stdout
