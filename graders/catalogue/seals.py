"""What stands in a kata's folder in place of ``hidden/`` when it is sealed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from graders.errors import KataError

HIDDEN = "hidden"
SEALED = "hidden.age"
SEAL = "hidden.sha256"

_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")
_MOST_BYTES = 1024


class Seal(NamedTuple):
    """
    The contents of ``hidden.sha256``: three SHA-256, in hexadecimal.

    Attributes:
        plain: Over the archive that was sealed; tells whether it is unchanged.
        graded: Over the files in it that decide a score; a part of the kata's
            version, which is so the same sealed and open.
        recipients: Over the keys it was sealed to; tells whether they changed.
    """

    plain: str
    graded: str
    recipients: str

    def to_text(self) -> str:
        """Give the file's content, a line a digest as ``sha256sum`` writes it."""
        return "".join(f"{digest}  {name}\n" for name, digest in zip(_NAMES, self, strict=True))


_NAMES = ("hidden.tar", "hidden.graded", "hidden.recipients")


def is_sealed(folder: Path) -> bool:
    """Whether a kata's hidden tests are there sealed only."""
    return (folder / SEALED).is_file() and not is_open(folder)


def is_open(folder: Path) -> bool:
    """Whether a kata's hidden tests are there in plain; byte code of earlier ones is none."""
    hidden = folder / HIDDEN
    return hidden.is_dir() and any(path.name != "__pycache__" for path in hidden.iterdir())


def read_seal(folder: Path) -> Seal:
    """
    Give the seal of a kata's folder.

    Raises:
        KataError: It is missing, or not in the form that ``kata dev seal`` writes.
    """
    where = f"{folder.parent.name}/{folder.name}/{SEAL}"
    fix = f"seal the hidden tests again: kata dev seal {folder.name}"
    try:
        with (folder / SEAL).open("rb") as file:
            lines = file.read(_MOST_BYTES).decode("ascii").splitlines()
    except FileNotFoundError:
        raise KataError("is missing", where=where, fix=fix) from None
    except (OSError, UnicodeDecodeError) as error:
        raise KataError("cannot be read", where=where, fix=fix) from error
    matches = [match for line in lines if (match := _LINE.fullmatch(line))]
    if len(matches) != len(lines) or tuple(match[2] for match in matches) != _NAMES:
        what = f"does not hold the digests of {', '.join(_NAMES)}"
        raise KataError(what, where=where, fix=fix)
    return Seal(*(match[1] for match in matches))
