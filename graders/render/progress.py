"""A bar for long work, with its rate and the time that is left."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

Step = Callable[[int, int], None]


def _silent(done: int, of: int) -> None:
    """Show nothing."""
    del done, of


@contextlib.contextmanager
def bar(words: str) -> Iterator[Step]:
    """
    Show how far some work is, on a terminal; elsewhere nothing is shown.

    Args:
        words: What is being done, such as ``proving``.
    """
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (words, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(compact=True))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(words, total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)
