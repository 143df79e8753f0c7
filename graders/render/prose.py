"""An author's Markdown on a narrow screen."""

from __future__ import annotations

import re
from textwrap import fill

_BULLET = re.compile(r"(\s*)([-*+]|\d+[.)])\s+")
# Headings, tables, quotations, HTML: a line each, whatever its length.
_KEPT = ("#", "|", ">", "<")
_CODE_INDENT = " " * 4


def reflow(text: str, width: int) -> str:
    """Give the text with its paragraphs and list items filled anew; code stays as it is."""
    done: list[str] = []
    block: list[str] = []
    is_fenced = False

    def close() -> None:
        if block:
            done.append(_fill(block, width))
            block.clear()

    for line in text.splitlines():
        is_fence = line.lstrip().startswith(("```", "~~~"))
        if is_fenced or is_fence or _stands_alone(line, is_first=not block):
            close()
            done.append(line.rstrip())
            is_fenced ^= is_fence
            continue
        if _BULLET.match(line):
            close()
        block.append(line)
    close()
    return "\n".join(done)


def _stands_alone(line: str, *, is_first: bool) -> bool:
    is_code = is_first and line.startswith(_CODE_INDENT)
    return not line.strip() or line.startswith(_KEPT) or is_code


def _fill(block: list[str], width: int) -> str:
    bullet = _BULLET.match(block[0])
    indent = bullet[1] if bullet else ""
    return fill(
        " ".join(line.strip() for line in block),
        width,
        initial_indent=indent,
        subsequent_indent=" " * len(bullet[0]) if bullet else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
