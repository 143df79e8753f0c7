"""Text made safe and simple before it is shown; light to import."""

from __future__ import annotations

_SIMPLER = str.maketrans(
    {
        "\u00a0": " ",
        "\u00b2": "^2",
        "\u00b7": "-",
        "\u00d7": "x",
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2022": "*",
        "\u2026": "...",
        "\u2192": "->",
        "\u2212": "-",
        "\u2260": "!=",
        "\u2264": "<=",
        "\u2265": ">=",
    }
)


def escape(text: str, *, keep: str = "", follows: bool = False) -> str:
    r"""
    Make text that a learner could have chosen safe to print.

    Control characters, terminal escapes and invisible signs become visible
    (``\x1b``), and what a workflow log would take for a command is broken up.

    Args:
        text: Any text, lone surrogates too.
        keep: Unprintable characters to leave as they are, such as a line end.
        follows: Whether it stands after a word on its line, where ``::`` begins no command.
    """
    shown = text
    if not text.isprintable():
        shown = "".join(s if s.isprintable() or s in keep else _visible(s) for s in text)
    may_begin_a_line = not follows or "\n" in shown
    while may_begin_a_line and "::" in shown:
        shown = shown.replace("::", ": :")
    return shown.replace("##[", "## [")


def _visible(sign: str) -> str:
    return sign.encode("unicode_escape").decode("ascii")


def to_ascii(text: str) -> str:
    """Give the text in ASCII: simpler signs where there are any, else ``?``."""
    return text.translate(_SIMPLER).encode("ascii", "replace").decode("ascii")
