"""The terminal's screen as a picture, for a README."""

from __future__ import annotations

import io
import re

from rich.console import Console
from rich.text import Text

# Rich's picture fetches its fonts from elsewhere; any monospaced font will do.
_FONT_FACES = re.compile(r"@font-face\s*\{[^}]*\}\s*")
_COMMENTS = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace"


def render(screen: str, *, title: str = "kata grade", width: int = 80) -> str:
    """
    Give a screen of coloured text as SVG that needs nothing from anywhere.

    Args:
        screen: What ``terminal.render`` gave.
        title: What stands in the window's frame.
        width: Columns of the screen.
    """
    console = Console(
        record=True, width=width, file=io.StringIO(), force_terminal=True, color_system="standard"
    )
    console.print(Text.from_ansi(screen.rstrip("\n")), soft_wrap=True)
    picture = console.export_svg(title=title, unique_id="kata")
    picture = _COMMENTS.sub("", _FONT_FACES.sub("", picture))
    return re.sub(r"font-family:\s*[^;]*;", f"font-family: {_FONTS};", picture)
