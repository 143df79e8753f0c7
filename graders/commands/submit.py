"""``kata submit``: deliver an attempt as a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graders.commands.current import target
from graders.commands.options import slug_argument
from graders.commands.practise import needed_attempt
from graders.commands.screen import say, say_json
from graders.workspace import attempt_folder, read_attempt

if TYPE_CHECKING:
    from graders.commands.session import Session
    from graders.submitting import Plan

SIGN_IN = 4


@click.command("submit")
@slug_argument(required=False)
@click.option("--attempt", "number", type=click.IntRange(1), metavar="N", help="Attempt N.")
@click.option("--dry-run", is_flag=True, help="Print the exact commands, and run none.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (kata-submit/1).")
@click.pass_obj
def submit_command(
    session: Session,
    word: str | None,
    *,
    number: int | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """
    Open or update a pull request with this attempt.

    It goes to the branch kata/SLUG of your fork (the remote "origin") and from there to
    the class's repository (the remote "upstream"). Your files, your index and your
    branches stay as they are. Exit code: 0 delivered; 4 GitHub does not know who you are.
    """
    from graders.submitting import open_pull, push, script

    made = _planned(session, word, number)
    if dry_run:
        rows = script(made)
        say("\n".join(rows), err=as_json)
        if as_json:
            _say_json(made, commands=rows)
        return 0
    pushed = push(made)
    opened = open_pull(made)
    words = "is on" if pushed.is_news else "was already on"
    say(f"{made.title}, {words} {made.fork}, branch {made.branch}.", err=as_json)
    if opened.url:
        verb = "Opened" if opened.is_new else "It belongs to"
        say(f"{verb} {opened.url}", err=as_json)
    else:
        say(f"Open the pull request here: {made.compare_url}", err=as_json)
        say("To have it done for you next time: gh auth login, or set GH_TOKEN", err=as_json)
    if as_json:
        url = opened.url or None
        compare = made.compare_url
        _say_json(made, commit=pushed.commit, pushed=pushed.is_news, pull=url, compare=compare)
    return 0 if opened.url else SIGN_IN


def _planned(session: Session, word: str | None, number: int | None) -> Plan:
    from graders.submitting import plan

    meant = target(session, word)
    chosen = number or needed_attempt(meant)
    kata = session.load(meant.slug)
    folder = attempt_folder(session.root, kata.slug, chosen)
    attempt = read_attempt(folder, kata, number=chosen)  # what could not be graded stays here
    paths = tuple((folder / name).relative_to(session.root).as_posix() for name in attempt.files)
    return plan(session.root, kata.slug, attempt=chosen, paths=paths)


def _say_json(made: Plan, **fields: object) -> None:
    about = {"slug": made.slug, "attempt": made.attempt, "branch": made.branch}
    say_json("kata-submit/1", **about, upstream=made.upstream, fork=made.fork, **fields)
