"""A sealed kata, open for the time of a grading, in a folder that nobody else may read."""

from __future__ import annotations

import contextlib
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

from graders.catalogue import load_kata
from graders.catalogue.seals import HIDDEN, SEAL, SEALED
from graders.errors import CannotGrade, KataError
from graders.model.kata import Kata
from graders.sealing.keys import KEY_FILE, Key, read_key
from graders.sealing.sealing import open_to

_ENDINGS = (signal.SIGTERM, signal.SIGHUP)


@contextlib.contextmanager
def opened(kata: Kata) -> Iterator[Kata]:
    """
    Lend a kata with its hidden tests in plain; one that is not sealed as it is.

    The plain files lie in a private folder, which the jail cannot see, and are
    removed on every way out but ``SIGKILL``.

    Raises:
        CannotGrade: There is no key, or it does not open the kata.
    """
    if not kata.is_sealed:
        yield kata
        return
    with _removed_when_ended(), tempfile.TemporaryDirectory(prefix="kata-") as private:
        yield _open_with(_key_for(kata), kata, Path(private))


def open_into(kata: Kata, private: Path, key: Key) -> Kata:
    """
    Give a sealed kata as an open one: a copy of it below a private folder.

    Raises:
        KataError: It cannot be opened; nothing of it is left there.
        OSError: A file cannot be written.
    """
    copy = private / kata.slug
    left_out = shutil.ignore_patterns(HIDDEN, SEALED, SEAL, "__pycache__")
    try:
        shutil.copytree(kata.folder, copy, ignore=left_out)
        open_to(kata.folder, key, copy / HIDDEN)
        plain = load_kata(copy)
    except BaseException:
        shutil.rmtree(copy, ignore_errors=True)
        raise
    return plain


def _open_with(key: Key, kata: Kata, private: Path) -> Kata:
    try:
        return open_into(kata, private, key)
    except OSError as error:
        what = f"the sealed tests of {kata.slug} cannot be opened: {error.strerror}"
        fix = "make room in the folder for temporary files"
        raise CannotGrade(what, where=tempfile.gettempdir(), fix=fix) from error
    except KataError as error:
        raise CannotGrade(error.what, where=error.where, fix=error.fix) from error


def _key_for(kata: Kata) -> Key:
    try:
        key = read_key()
    except KataError as error:
        raise CannotGrade(error.what, where=error.where, fix=error.fix) from error
    if key is None:
        what = f"the hidden tests of {kata.slug} are sealed, and there is no key"
        fix = f"hand it in: kata submit; or set {KEY_FILE} to the key's file"
        raise CannotGrade(what, fix=fix)
    return key


@contextlib.contextmanager
def _removed_when_ended() -> Iterator[None]:
    """Let a signal that ends this process unwind it as Ctrl-C does: nothing is left behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # What is ignored (nohup) or handled already stays so.
    taken = [number for number in _ENDINGS if signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    # Not SystemExit: pytest would take that for the failure of a test.
    del number, frame
    raise KeyboardInterrupt
