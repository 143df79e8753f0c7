"""``kata dev seal`` and ``kata dev unseal``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graders.commands.screen import say
from graders.errors import CatalogueError, KataError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graders.commands.session import Session
    from graders.sealing import Done


@click.command("seal")
@click.argument("words", metavar="[SLUG]...", nargs=-1)
@click.option(
    "--to",
    "recipients",
    metavar="RECIPIENT",
    multiple=True,
    help="Public key to seal to (age1...), repeatable; else those in .age-recipients.",
)
@click.option("--keep", is_flag=True, help="Leave hidden/ beside hidden.age.")
@click.option("--already-public", is_flag=True, help="Seal even what the history holds in plain.")
@click.option(
    "--new-key",
    metavar="FILE",
    help="First make a key, write it to FILE and add its public key to .age-recipients.",
)
@click.pass_obj
def seal_command(  # noqa: PLR0913 - its options
    session: Session,
    words: tuple[str, ...],
    *,
    recipients: tuple[str, ...],
    keep: bool,
    already_public: bool,
    new_key: str | None,
) -> int:
    """
    Encrypt the hidden tests of katas, all without SLUG; hidden.age stands in for hidden/.

    hidden/ is removed once your key (KATA_AGE_KEY_FILE or KATA_AGE_KEY) was seen to
    open hidden.age again. A kata that is sealed already is sealed anew where the
    recipients changed; that needs the old key.
    """
    from graders.sealing import make_key, read_key, read_recipients, seal

    own = make_key(Path(new_key), session.catalogue) if new_key is not None else None
    if own is not None:
        say(f"made a key for {own}")
        say(f"Keep {new_key} to yourself, and never commit it.")
    to = read_recipients(session.catalogue, recipients)
    key = read_key(more=Path(new_key) if new_key is not None else None)

    def one(folder: Path) -> Done:
        return seal(folder, to, key=key, keeps_plain=keep, is_public=already_public)

    return _each(_folders(session, words), one)


@click.command("unseal")
@click.argument("words", metavar="[SLUG]...", nargs=-1)
@click.pass_obj
def unseal_command(session: Session, words: tuple[str, ...]) -> int:
    """
    Write the hidden tests of sealed katas back, all without SLUG, to work on them.

    The key comes from KATA_AGE_KEY_FILE (a file) or KATA_AGE_KEY. Never commit
    what is open; kata dev seal closes it again.
    """
    from graders.sealing import needed_key, unseal

    key = needed_key()
    code = _each(_folders(session, words, only_sealed=True), lambda folder: unseal(folder, key))
    say("Do not commit an open hidden/; kata dev seal closes it again.", err=True)
    return code


def _folders(session: Session, words: Sequence[str], *, only_sealed: bool = False) -> list[Path]:
    from graders.catalogue.loading import kata_folders
    from graders.catalogue.seals import is_sealed

    if words:
        return [session.catalogue / session.resolve(word) for word in dict.fromkeys(words)]
    folders = [session.catalogue / slug for slug in kata_folders(session.catalogue)]
    return [folder for folder in folders if not only_sealed or is_sealed(folder)]


def _each(folders: Sequence[Path], act: Callable[[Path], Done]) -> int:
    """Act on each kata; one that cannot be stops no other, and all are told."""
    problems: list[KataError] = []
    for folder in folders:
        where = f"{folder.parent.name}/{folder.name}"
        try:
            say(f"{folder.name}: {act(folder).value}")
        except KataError as error:
            problems.append(error)
        except OSError as error:
            what = f"cannot be read or written: {error.strerror}"
            problems.append(
                KataError(what, where=where, fix="look at its rights, and the room left")
            )
    if not folders:
        say("There is none to work on.")
    if problems:
        raise CatalogueError(problems)
    return 0
