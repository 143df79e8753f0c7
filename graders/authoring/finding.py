"""What ``kata dev check`` finds: problems, which fail it, and warnings, which do not."""

from __future__ import annotations

from typing import NamedTuple


class Found(NamedTuple):
    """One thing to mend: what, in which file, and how."""

    what: str
    where: str
    fix: str
    is_warning: bool = False
