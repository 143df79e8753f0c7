"""Put lines on the screen: encoding, width, JSON."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from graders.render.plain import to_ascii

WIDEST = 100


def say(text: str = "", *, err: bool = False, color: bool | None = None) -> None:
    """
    Print lines; simpler signs are used where the encoding is not UTF-8.

    Args:
        text: One or more lines without the last line end.
        err: To stderr.
        color: Whether to keep colours; ``None`` leaves it to the options of the
            running command, and then to the stream.
    """
    stream = sys.stderr if err else sys.stdout
    encoding = (stream.encoding or "ascii").lower().replace("-", "")
    if encoding == "utf8":
        text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    else:
        text = to_ascii(text)
    click.echo(text, err=err, color=color)


def say_json(schema: str, **fields: Any) -> None:
    """Print one JSON document; ASCII, so that it passes through any encoding."""
    import json

    click.echo(json.dumps({"schema": schema, **fields}, indent=2))


def columns() -> int:
    """Give the width to draw for: the terminal's up to 100, and 80 when piped."""
    if not sys.stdout.isatty():
        return 80
    try:
        return min(os.get_terminal_size(sys.stdout.fileno()).columns, WIDEST)
    except OSError:
        return 80
