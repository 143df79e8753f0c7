"""
Hidden tests under lock: ``hidden.age`` stands in for ``hidden/``.

A kata's ``hidden/`` is one archive (tar, gzip), encrypted with age to one or
more recipients. Whoever has a key can open it: an author in place, a grading in a
private folder that is gone afterwards.
"""

from graders.sealing.keys import (
    KEY,
    KEY_FILE,
    Key,
    Recipients,
    make_key,
    needed_key,
    read_key,
    read_recipients,
)
from graders.sealing.opening import open_into, opened
from graders.sealing.sealing import Done, seal, unseal

__all__ = [
    "KEY",
    "KEY_FILE",
    "Done",
    "Key",
    "Recipients",
    "make_key",
    "needed_key",
    "open_into",
    "opened",
    "read_key",
    "read_recipients",
    "seal",
    "unseal",
]
