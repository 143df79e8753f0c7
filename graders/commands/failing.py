"""Tell an error: what happened, what to type next, and the exit code."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

import click

from graders.commands.screen import say
from graders.errors import CatalogueError, KataError
from graders.render.plain import escape

if TYPE_CHECKING:
    from graders.commands.session import Session

INTERNAL = 70
INTERRUPTED = 130


def tell(error: Exception, session: Session) -> int:
    """Print an error as ``error:`` and ``tip:`` lines on stderr and give the exit code."""
    color = session.use_color
    if isinstance(error, click.Abort):
        say("stopped", err=True)
        return INTERRUPTED
    if session.verbose:
        say(escape("".join(traceback.format_exception(error)), keep="\n"), err=True)
    if isinstance(error, CatalogueError):
        for problem in error.problems:
            _lines(str(problem), problem.fix, color=color)
        return error.exit_code
    if isinstance(error, KataError):
        _lines(str(error), error.fix, color=color)
        return error.exit_code
    if isinstance(error, click.ClickException):
        _lines(_message(error), _advice(error), color=color)
        return click.UsageError.exit_code
    return _internal(error, color=color)


def note(text: str, fix: str = "") -> None:
    """Print something that went wrong beside the matter itself."""
    _lines(text, fix, label="note")


def _lines(what: str, fix: str, *, label: str = "error", color: bool | None = None) -> None:
    rows = [(label, "red", what), ("tip", "cyan", fix)]
    for word, shade, text in rows[: 1 + bool(fix)]:
        say(f"{click.style(word, fg=shade, bold=True)}: {escape(text)}", err=True, color=color)


def _internal(error: Exception, *, color: bool | None) -> int:
    first = str(error).strip().splitlines()[:1]
    what = f"internal error, {type(error).__name__}" + "".join(f": {line}" for line in first)
    _lines(what, "run it again with --verbose, and report what it shows", color=color)
    return INTERNAL


def _message(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchCommand):
        return f'there is no command "{error.command_name}"'
    if isinstance(error, click.NoSuchOption):
        return f'there is no option "{error.option_name}"'
    return error.format_message().strip().rstrip(".")


def _advice(error: click.ClickException) -> str:
    near = getattr(error, "possibilities", None)
    if near:
        return "did you mean " + " or ".join(f'"{name}"' for name in sorted(near)) + "?"
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "kata"
    return f"see {path} --help"
