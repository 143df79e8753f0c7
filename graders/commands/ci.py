"""``kata ci``: the steps of the workflows, one command each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graders.commands.screen import say

if TYPE_CHECKING:
    from graders.commands.session import Session

event_option = click.option(
    "--event",
    envvar="GITHUB_EVENT_PATH",
    required=True,
    metavar="FILE",
    help="The event's payload  [env: GITHUB_EVENT_PATH]",
)
work_option = click.option(
    "--work",
    required=True,
    metavar="DIR",
    help="A private folder that the steps of one job share.",
)


@click.group("ci", help="The steps of the grading workflows.")
def ci_command() -> None:
    """Hold the steps."""


@ci_command.command("fetch")
@event_option
@work_option
@click.option("--remote", metavar="URL", help="Where to fetch from; else GitHub.")
@click.pass_obj
def fetch_command(session: Session, event: str, work: str, remote: str | None) -> int:
    """Read the attempts of a pull request's head commit, as data."""
    from graders.pulls.fetching import fetch

    fetched = fetch(Path(event), Path(work), session.catalogue, remote=remote)
    for refusal in fetched.refused:
        say(f"refused: {refusal.path}: {refusal.why}", err=True)
    say(f"{len(fetched.submissions)} attempts to grade")
    return 0


@ci_command.command("unseal")
@work_option
@click.pass_obj
def unseal_command(session: Session, work: str) -> int:
    """Decrypt the hidden tests that this pull request needs; the key comes from KATA_AGE_KEY."""
    from graders.pulls.unsealing import unseal

    opened = unseal(Path(work), session.catalogue)
    say(f"{len(opened)} katas unsealed")
    return 0


@ci_command.command("grade")
@work_option
@click.option("--sandbox", type=click.Choice(["auto", "strict"]), default="strict")
@click.pass_obj
def grade_command(session: Session, work: str, sandbox: str) -> int:
    """Grade what was fetched, and hand the reports over as the output ``report``."""
    from graders.pulls.grading import grade

    handover = grade(Path(work), session.catalogue, sandbox=sandbox)
    for report in handover.reports:
        say(f"{report.slug}: {report.earned} of {report.possible}")
    return 0


@ci_command.command("report")
@event_option
@click.pass_obj
def report_command(session: Session, event: str) -> int:
    """Post the comment, the status and the summary of what was handed over."""
    from graders.pulls.posting import post

    post(Path(event), session.catalogue)
    return 0


@ci_command.command("record")
@event_option
@click.option("--remote", metavar="URL", help="Where to push to; else GitHub.")
@click.pass_obj
def record_command(session: Session, event: str, remote: str | None) -> int:
    """Add what was handed over to the branch kata-data."""
    from graders.pulls.recording import record

    paths = record(Path(event), session.catalogue, remote=remote)
    for path in paths:
        say(f"recorded {path}")
    return 0
