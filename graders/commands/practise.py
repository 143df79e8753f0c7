"""Begin, open and reset attempts: ``next``, ``new``, ``open``, ``reset``."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

import click

from graders.commands import agenda
from graders.commands.current import Target, target
from graders.commands.listing import current_plans
from graders.commands.options import slug_argument
from graders.commands.screen import say, say_json
from graders.errors import AttemptError, UsageError
from graders.workspace import attempt_folder, new_attempt, reset_attempt
from graders.workspace.reading import shown

if TYPE_CHECKING:
    from pathlib import Path

    from graders.commands.session import Session
    from graders.model.kata import Kata


@click.command("new")
@slug_argument(required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (kata-new/1).")
@click.pass_obj
def new_command(session: Session, word: str, as_json: bool) -> int:  # noqa: FBT001
    """Start a fresh attempt in attempts/SLUG/NNN."""
    kata = session.load(session.resolve(word))
    folder = new_attempt(session.root, kata, session.clock())
    _print_start(kata, folder, as_json=as_json)
    if as_json:
        say_json("kata-new/1", **_place(kata, folder))
    return 0


@click.command("next")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (kata-next/1).")
@click.pass_obj
def next_command(session: Session, as_json: bool) -> int:  # noqa: FBT001
    """
    Start whatever is due or next for you.

    An attempt that is under way comes first; it is named, and no other is made.
    """
    plan = agenda.choose(current_plans(session))
    if plan is None:
        say("Every kata is passed, and none is due yet.", err=as_json)
        if as_json:
            say_json("kata-next/1", slug=None, started=False, reason="nothing is due")
        return 0
    kata = session.load(plan.entry.slug)
    if plan.state == "started" and plan.attempt is not None:
        folder, reason = attempt_folder(session.root, kata.slug, plan.attempt), "under way"
        say(f"You are in the middle of {kata.slug}, attempt {plan.attempt:03}.", err=as_json)
        say("Type next: kata open, then kata test or kata grade", err=as_json)
    else:
        folder = new_attempt(session.root, kata, session.clock())
        reason = "due" if plan.state == "due" else "next"
        _print_start(kata, folder, as_json=as_json)
    if as_json:
        started = reason != "under way"
        say_json("kata-next/1", **_place(kata, folder), started=started, reason=reason)
    return 0


@click.command("open")
@slug_argument(required=False)
@click.pass_obj
def open_command(session: Session, word: str | None) -> int:
    """Open the current attempt in $VISUAL or $EDITOR."""
    kata, found = _existing(session, word)
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    folder = attempt_folder(session.root, kata.slug, found)
    files = [str(folder / name) for name in kata.about.editable]
    if not editor:
        raise UsageError(
            "neither VISUAL nor EDITOR is set",
            fix=f"set one, as in export EDITOR=nano, or open {shown(folder / files[0])} yourself",
        )
    try:
        code = session.doors.edit([*shlex.split(editor), *files])
    except (OSError, ValueError) as error:
        fix = "set VISUAL or EDITOR to a command that opens a file"
        raise UsageError(f'the editor "{editor}" does not start', fix=fix) from error
    if code:
        raise UsageError(f'the editor "{editor}" ended with {code}', fix="try it by itself")
    return 0


@click.command("reset")
@slug_argument(required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (kata-reset/1).")
@click.pass_obj
def reset_command(session: Session, word: str | None, yes: bool, as_json: bool) -> int:  # noqa: FBT001
    """Put the stub back; your file is kept as a copy."""
    kata, number = _existing(session, word)
    question = f"Put the stub back in {kata.slug}, attempt {number:03}? Your file is kept."
    if not yes and not click.confirm(question, err=True):
        say("Nothing was changed.", err=as_json)
        return 0
    copy = reset_attempt(session.root, kata, number)
    if copy is not None:
        say(f"The stub is back; your file is now {shown(copy)}", err=as_json)
    else:
        say("The stub is back; there was no file to keep.", err=as_json)
    if as_json:
        kept = shown(copy) if copy else None
        say_json("kata-reset/1", slug=kata.slug, attempt=number, copy=kept)
    return 0


def needed_attempt(meant: Target) -> int:
    """
    Give the number of the attempt that is meant.

    Raises:
        AttemptError: There is none yet.
    """
    if meant.number is None:
        fix = f"start one: kata new {meant.slug}"
        raise AttemptError(f"you have no attempt at {meant.slug} yet", fix=fix)
    return meant.number


def _existing(session: Session, word: str | None) -> tuple[Kata, int]:
    meant = target(session, word)
    number = needed_attempt(meant)
    return session.load(meant.slug), number


def _print_start(kata: Kata, folder: Path, *, as_json: bool) -> None:
    say(
        f"{kata.about.title}: attempt {folder.name}, about {kata.about.minutes} minutes",
        err=as_json,
    )
    for name in kata.about.editable:
        say(f"  edit   {shown(folder / name)}", err=as_json)
    say(f"  read   kata show {kata.slug}", err=as_json)
    say("  then   kata test, and kata grade", err=as_json)


def _place(kata: Kata, folder: Path) -> dict[str, object]:
    return {
        "slug": kata.slug,
        "attempt": int(folder.name),
        "folder": shown(folder),
        "files": list(kata.about.editable),
    }
