"""The Jinja environment and the filters that keep foreign text in its place."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from graders.render.plain import escape

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|~&$"})
# What GitHub turns into a mention, a reference, a link or a picture by itself.
_LINKS = re.compile(
    r"(@(?!\s)|#(?=\w)|:(?=//|[\w+-]+(?::|$))|www(?=\.)|\bgh-(?=\d))", re.IGNORECASE
)
_COMMIT = re.compile(r"\b[0-9a-f]{7,40}\b", re.IGNORECASE | re.ASCII)
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
    made.filters.update(
        text=markdown_text, html=html_text, code=code_span, visible=visible, short=short
    )
    return made


def visible(text: str) -> str:
    """Give text on one line, with every control character made visible."""
    return escape(" ".join(text.split()))


def short(text: str, most: int) -> str:
    """Give text on one line of so many signs, the last of them an ellipsis where it was cut."""
    shown = visible(text[: 4 * most])
    is_cut = len(shown) > most or len(text) > 4 * most
    return f"{shown[: most - 1].rstrip()}\u2026" if is_cut else shown


def markdown_text(text: str) -> str:
    """Give text that Markdown shows as it is: no markup, mention, reference or link."""
    return _linkless(visible(text).translate(_MARKDOWN))


def html_text(text: str) -> str:
    """Give text for an HTML element inside Markdown, where backslashes do not escape."""
    # Escaped last: the links' rules would take an entity's number for an issue's.
    return html.escape(_linkless(visible(text)), quote=False).replace("$", "&#36;")


def code_span(text: str) -> str:
    """Give a code span whose fence is longer than any run of backticks inside."""
    shown = visible(text) or " "  # two backticks would open a span, not be one
    longest = max((len(run) for run in _BACKTICKS.findall(shown)), default=0)
    fence = "`" * (longest + 1)
    # A span that begins or ends with a backtick needs a space, which is not shown.
    return f"{fence} {shown} {fence}" if longest else f"{fence}{shown}{fence}"


def _linkless(text: str) -> str:
    """Break up with signs of no width what GitHub would turn into something."""
    return _COMMIT.sub(_in_sixes, _LINKS.sub("\\1\u200b", text))


def _in_sixes(name: re.Match[str]) -> str:
    return "\u200b".join(name[0][at : at + 6] for at in range(0, len(name[0]), 6))
