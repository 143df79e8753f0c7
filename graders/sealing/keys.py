"""Keys to open with, from the environment alone, and recipients to seal to."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from graders.errors import KataError, UsageError

KEY = "KATA_AGE_KEY"
KEY_FILE = "KATA_AGE_KEY_FILE"
# In the catalogue's folder; the name that other tools around age use too.
RECIPIENTS_FILE = ".age-recipients"
_SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how such a key begins
_HOW = f"set {KEY_FILE} to the file that holds the key"


class Key:
    """One or more age identities; never shown."""

    def __init__(self, identities: Sequence[object]) -> None:
        self._identities = list(identities)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def decrypt(self, sealed: bytes) -> bytes:
        """
        Give what was sealed.

        Raises:
            KataError: It was sealed to other keys, or is damaged.
        """
        import pyrage

        try:
            return bytes(pyrage.decrypt(sealed, self._identities))
        except pyrage.DecryptError as error:
            if "No matching keys" in str(error):
                raise KataError("is sealed to another key than yours", fix=_HOW) from error
            what = "is damaged, or no file that age encrypted"
            raise KataError(what, fix="put the committed file back") from error


class Recipients:
    """The public keys that a kata is sealed to; at least one."""

    def __init__(self, words: Iterable[str], *, where: str) -> None:
        import pyrage

        self.words = tuple(sorted(set(words)))
        self._recipients = []
        if not self.words:
            fix = f"name one with --to age1..., or one a line in {RECIPIENTS_FILE}"
            raise UsageError("there is no recipient to seal to", where=where, fix=fix)
        for word in self.words:
            if word.upper().startswith(_SECRET):
                fix = "take it out, make a new one, and name the public key: it begins with age1"
                raise UsageError(
                    "a secret key stands where a recipient belongs", where=where, fix=fix
                )
            try:
                self._recipients.append(pyrage.x25519.Recipient.from_str(word))
            except pyrage.RecipientError as error:
                fix = "copy it whole: age1 and 58 letters and digits"
                raise UsageError(
                    "a recipient is no age public key", where=where, fix=fix
                ) from error

    @property
    def digest(self) -> str:
        """SHA-256 over the recipients, in any order, in hexadecimal."""
        return hashlib.sha256("\n".join(self.words).encode("ascii")).hexdigest()

    def encrypt(self, plain: bytes) -> bytes:
        """Give bytes that each of the recipients can open, other ones each time."""
        import pyrage

        return bytes(pyrage.encrypt(plain, self._recipients))


def read_key(environ: Mapping[str, str] = os.environ, *, more: Path | None = None) -> Key | None:
    """
    Give the key from ``KATA_AGE_KEY`` and the file that ``KATA_AGE_KEY_FILE`` names.

    Either may hold several, one a line: the old and the new one while keys change.

    Args:
        environ: The environment.
        more: Another file with a key.

    Returns:
        ``None`` where there is none of them.

    Raises:
        UsageError: What is set is no key, or cannot be read.
    """
    texts = {}
    if environ.get(KEY, "").strip():
        texts[KEY] = environ[KEY]
    if environ.get(KEY_FILE, "").strip():
        texts[KEY_FILE] = _read_key_file(Path(environ[KEY_FILE]).expanduser(), KEY_FILE)
    if more is not None:
        texts[more.name] = _read_key_file(more, more.name)
    identities = [found for name, text in texts.items() for found in _identities(text, name)]
    return Key(identities) if identities else None


def needed_key(environ: Mapping[str, str] = os.environ) -> Key:
    """
    Give the key from the environment.

    Raises:
        UsageError: There is none, or it cannot be read.
    """
    key = read_key(environ)
    if key is None:
        raise UsageError("there is no key to open it with", fix=_HOW)
    return key


def read_recipients(catalogue: Path, words: Sequence[str] = ()) -> Recipients:
    """
    Give the recipients that were typed, else those in the catalogue's ``.age-recipients``.

    Raises:
        UsageError: There is none, or one is no age public key.
    """
    if words:
        return Recipients(words, where="--to")
    where = f"{catalogue.name}/{RECIPIENTS_FILE}"
    return Recipients(_lines(_read_recipients_file(catalogue)), where=where)


def make_key(path: Path, catalogue: Path) -> str:
    """
    Write a new key to a file that nobody else may read; add its recipient to the catalogue's.

    Returns:
        The recipient, which is public.

    Raises:
        UsageError: The file is there already, or cannot be written.
    """
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    recipient = str(identity.to_public())
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "w", encoding="ascii") as file:  # noqa: PTH123
            file.write(f"# public key: {recipient}\n{identity}\n")
    except OSError as error:
        what = f"the new key cannot be written: {error.strerror}"
        fix = "name a file that is not there yet, outside the repository"
        raise UsageError(what, where=path.name, fix=fix) from error
    before = _read_recipients_file(catalogue)
    gap = "\n" if before and not before.endswith("\n") else ""
    (catalogue / RECIPIENTS_FILE).write_text(f"{before}{gap}{recipient}\n", encoding="utf-8")
    return recipient


def _read_recipients_file(catalogue: Path) -> str:
    try:
        return (catalogue / RECIPIENTS_FILE).read_text("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        where = f"{catalogue.name}/{RECIPIENTS_FILE}"
        fix = "make it a text that you may read, a recipient a line"
        raise UsageError("cannot be read", where=where, fix=fix) from error


def _read_key_file(path: Path, where: str) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        what = f"the key's file cannot be read: {reason}"
        raise UsageError(what, where=where, fix=_HOW) from error


def _identities(text: str, name: str) -> list[object]:
    import pyrage

    found: list[object] = []
    for line in _lines(text):
        try:
            found.append(pyrage.x25519.Identity.from_str(line))
        except pyrage.IdentityError:
            # Not chained: the error may quote what was meant to stay secret.
            what = "what is set holds a line that is no age secret key"
            fix = f"it begins with {_SECRET}1; lines with # are passed over"
            raise UsageError(what, where=name, fix=fix) from None
    if not found:
        raise UsageError("holds no age secret key", where=name, fix=_HOW)
    return found


def _lines(text: str) -> list[str]:
    """Give the lines that say something."""
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
