"""The Jinja environment and the filters that keep foreign text in its place."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from graders.render.plain import escape

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&])")
# What GitHub turns into a mention, a reference or a link by itself.
_LINKS = re.compile(r"([@#](?=\w)|:(?=//)|www(?=\.))")
_BACKTICKS = re.compile("`+")


@cache
def environment() -> Environment:
    """Make the environment: undefined names raise, HTML escapes by itself."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(text=markdown_text, html=html_text, code=code_span, visible=visible)
    return made


def visible(text: str) -> str:
    """Give text on one line, with every control character made visible."""
    return escape(" ".join(text.split()))


def markdown_text(text: str) -> str:
    """Give text that Markdown shows as it is: no markup, mention, reference or link."""
    marked = _MARKDOWN.sub(r"\\\1", visible(text))
    return _LINKS.sub("\\1\u200b", marked)


def html_text(text: str) -> str:
    """Give text for an HTML element inside Markdown, where backslashes do not escape."""
    return _LINKS.sub("\\1\u200b", html.escape(visible(text)))


def code_span(text: str) -> str:
    """Give a code span whose fence is longer than any run of backticks inside."""
    shown = visible(text)
    longest = max((len(run) for run in _BACKTICKS.findall(shown)), default=0)
    fence = "`" * (longest + 1)
    # A span that begins or ends with a backtick needs a space, which is not shown.
    return f"{fence} {shown} {fence}" if longest else f"{fence}{shown}{fence}"
