"""Seal a kata's ``hidden/``, seal it again to other keys, open it in place."""

from __future__ import annotations

import hmac
import os
import shutil
import tempfile
from enum import StrEnum
from pathlib import Path

from graders.catalogue.seals import HIDDEN, SEAL, SEALED, Seal, is_open, is_sealed, read_seal
from graders.catalogue.versions import hidden_version
from graders.errors import KataError
from graders.sealing.history import check_history
from graders.sealing.keys import Key, Recipients
from graders.sealing.packing import MAX_BYTES, digest, pack, shrink, unpack, unshrink

_SPARE_BYTES = 1024 * 1024  # what an archive and age add


class Done(StrEnum):
    """What came of sealing or opening."""

    SEALED = "sealed"
    RESEALED = "sealed again, to other keys"
    OPENED = "open"
    UNCHANGED = "unchanged"


def seal(
    folder: Path,
    recipients: Recipients,
    *,
    key: Key | None = None,
    keeps_plain: bool = False,
    is_public: bool = False,
) -> Done:
    """
    Seal a kata's ``hidden/``, or seal it again where its recipients changed.

    Nothing is removed before it was seen that the key opens what was sealed.

    Args:
        folder: The kata's.
        recipients: Who can open it.
        key: Opens what is sealed; not needed when the plain files are kept.
        keeps_plain: Whether ``hidden/`` stays beside it.
        is_public: Whether a history that holds the tests in plain is no reason
            to refuse.

    Raises:
        KataError: It cannot be sealed, or should not be; nothing was changed.
        OSError: A file cannot be read or written.
    """
    if is_sealed(folder):
        return _seal_again(folder, recipients, key)
    hidden = folder / HIDDEN
    if not is_open(folder):
        fix = "name a kata that has a hidden/"
        raise KataError("there is nothing to seal", where=_shown(folder), fix=fix)
    if not is_public:
        check_history(folder)
    plain = pack(hidden)
    made = Seal(digest(plain), hidden_version(hidden), recipients.digest)
    is_same = _is_there(folder, made)
    sealed = (folder / SEALED).read_bytes() if is_same else recipients.encrypt(shrink(plain))
    if not keeps_plain:
        _prove(sealed, plain, key, folder)
    if not is_same:
        _write(folder, sealed, made)
    if not keeps_plain:
        shutil.rmtree(hidden)
    return Done.UNCHANGED if is_same else Done.SEALED


def unseal(folder: Path, key: Key) -> Done:
    """
    Write a sealed kata's ``hidden/`` beside what it is sealed in, for its author.

    Raises:
        KataError: It cannot be opened, or a ``hidden/`` that differs is there.
        OSError: A file cannot be written.
    """
    hidden = folder / HIDDEN
    where = f"{_shown(folder)}/{HIDDEN}"
    if is_open(folder):
        if (folder / SEALED).is_file() and digest(pack(hidden)) != read_seal(folder).plain:
            fix = f"keep it with kata dev seal {folder.name}, or move it away"
            raise KataError(
                "is there already, and differs from what is sealed", where=where, fix=fix
            )
        return Done.UNCHANGED
    plain = open_sealed(folder, key)
    with tempfile.TemporaryDirectory(prefix=".hidden-", dir=folder) as aside:
        draft = Path(aside) / HIDDEN
        unpack(plain, draft)
        _check_graded(folder, draft)
        shutil.rmtree(hidden, ignore_errors=True)  # byte code at most
        draft.rename(hidden)
    return Done.OPENED


def open_sealed(folder: Path, key: Key) -> bytes:
    """
    Give the archive that a kata is sealed in.

    Raises:
        KataError: It cannot be opened, or is not what ``hidden.sha256`` tells.
    """
    where = f"{_shown(folder)}/{SEALED}"
    try:
        with (folder / SEALED).open("rb") as file:
            sealed = file.read(MAX_BYTES + _SPARE_BYTES)
        plain = unshrink(key.decrypt(sealed))
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise KataError(what, where=where, fix="put the committed file back") from error
    except KataError as error:
        raise KataError(error.what, where=where, fix=error.fix) from error
    if not hmac.compare_digest(digest(plain), read_seal(folder).plain):
        fix = f"put the committed {SEALED} and {SEAL} back; they belong together"
        raise KataError(f"holds something else than {SEAL} tells", where=where, fix=fix)
    return plain


def open_to(folder: Path, key: Key, hidden: Path) -> None:
    """
    Write what a kata is sealed in as the folder ``hidden``, which is not there yet.

    Raises:
        KataError: It cannot be opened.
        OSError: A file cannot be written.
    """
    unpack(open_sealed(folder, key), hidden)
    _check_graded(folder, hidden)


def _seal_again(folder: Path, recipients: Recipients, key: Key | None) -> Done:
    before = read_seal(folder)
    if before.recipients == recipients.digest:
        return Done.UNCHANGED
    if key is None:
        raise KataError(
            "its recipients changed, and there is no key to open it with",
            where=_shown(folder),
            fix="set KATA_AGE_KEY_FILE to a file with the old key",
        )
    sealed = recipients.encrypt(shrink(open_sealed(folder, key)))
    _write(folder, sealed, before._replace(recipients=recipients.digest))
    return Done.RESEALED


def _prove(sealed: bytes, plain: bytes, key: Key | None, folder: Path) -> None:
    """See that the key opens what was sealed, before the plain files go."""
    fix = "set KATA_AGE_KEY_FILE to the key of one of the recipients, or keep the files with --keep"
    if key is None:
        what = "without a key nobody here could open it again"
        raise KataError(what, where=_shown(folder), fix=fix)
    try:
        is_same = unshrink(key.decrypt(sealed)) == plain
    except KataError as error:
        what = "your key could not open it again"
        raise KataError(what, where=_shown(folder), fix=fix) from error
    if not is_same:
        what = f"{SEALED} is damaged"
        raise KataError(what, where=_shown(folder), fix=f"remove {SEALED} and seal it again")


def _is_there(folder: Path, made: Seal) -> bool:
    try:
        return (folder / SEALED).is_file() and read_seal(folder) == made
    except KataError:
        return False


def _write(folder: Path, sealed: bytes, made: Seal) -> None:
    """Write both files; one that is cut short never takes the place of a whole one."""
    for name, data in ((SEALED, sealed), (SEAL, made.to_text().encode("ascii"))):
        draft = folder / f".{name}.{os.getpid()}.new"
        try:
            draft.write_bytes(data)
            draft.replace(folder / name)
        finally:
            draft.unlink(missing_ok=True)


def _check_graded(folder: Path, hidden: Path) -> None:
    if hidden_version(hidden) != read_seal(folder).graded:
        fix = f"seal it again: kata dev seal {folder.name}"
        where = f"{_shown(folder)}/{SEAL}"
        raise KataError("tells another version than what is sealed", where=where, fix=fix)


def _shown(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"
