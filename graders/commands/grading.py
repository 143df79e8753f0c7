"""``kata test`` and ``kata grade``."""

from __future__ import annotations

import re
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from graders.commands.current import target
from graders.commands.failing import note
from graders.commands.options import slug_argument
from graders.commands.practise import needed_attempt
from graders.commands.screen import columns, say, say_json
from graders.errors import KataError, LedgerError, UsageError
from graders.ledger.base import Entry
from graders.model.score import Standing
from graders.render.plain import escape
from graders.render.terminal import Aside, render
from graders.workspace import attempt_folder, hints_used, read_attempt, read_hints

if TYPE_CHECKING:
    from graders.commands.session import Session
    from graders.model.attempt import Attempt
    from graders.model.kata import Kata
    from graders.model.report import Report

EXIT_CODES = {Standing.PASSED: 0, Standing.UNDECIDED: 0, Standing.FAILED: 1, Standing.VOID: 3}
PATIENCE_SECONDS = 1.0
# It becomes a word of the report and of the command that repeats it.
SEED = re.compile(r"[0-9A-Za-z_-]{1,128}")

sandbox_option = click.option(
    "--sandbox",
    type=click.Choice(["auto", "strict"]),
    default="auto",
    show_default=True,
    help="strict refuses to run without a kernel jail.",
)


def _checked_seed(ctx: click.Context, _: click.Parameter, value: str | None) -> str | None:
    if value is None or SEED.fullmatch(value):
        return value
    raise click.BadParameter("use letters, digits, _ and -, at most 128", ctx, param_hint="--seed")


@click.command("test")
@slug_argument(required=False)
@sandbox_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (kata-test/1).")
@click.pass_obj
def test_command(session: Session, word: str | None, sandbox: str, as_json: bool) -> int:  # noqa: FBT001
    """Run the sample tests on the current attempt."""
    meant = target(session, word)
    number = needed_attempt(meant)
    kata = session.load(meant.slug)
    folder = attempt_folder(session.root, kata.slug, number)
    with Patience("running the sample tests"):
        run = session.doors.run_samples(kata, folder, sandbox=sandbox)
    text = escape(run.text, keep="\n\t").rstrip()
    if text:
        say(text, err=as_json)
    if run.tier == "C":
        note("this machine has no kernel jail", "see kata doctor")
    if run.passed:
        say("The sample tests pass. Type next: kata grade", err=as_json)
    else:
        say(f"Not yet. Type next: kata open, or kata hint ({kata.slug}, {number:03})", err=as_json)
    if as_json:
        told = {"slug": kata.slug, "attempt": number, "passed": run.passed}
        say_json("kata-test/1", **told, tier=run.tier, text=text)
    return 0 if run.passed else 1


@click.command("grade")
@slug_argument(required=False)
@click.option("--attempt", "number", type=click.IntRange(1), metavar="N", help="Attempt N.")
@click.option("--from", "path", metavar="PATH", help="A file or folder outside attempts/.")
@click.option(
    "--seed",
    metavar="S",
    callback=_checked_seed,
    help="Seed of the random tests; else from the files.",
)
@sandbox_option
@click.option("--private", metavar="FILE", help="For authors: write the private evidence here.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (kata-report/1).")
@click.pass_obj
def grade_command(  # noqa: PLR0913 - its options
    session: Session,
    word: str | None,
    *,
    number: int | None,
    path: str | None,
    seed: str | None,
    sandbox: str,
    private: str | None,
    as_json: bool,
) -> int:
    """
    Grade an attempt against the rubric, in the sandbox.

    Exit code: 0 passed, or undecided while a person has points to settle; 1 below
    the pass mark; 2 the attempt cannot be read; 3 it could not be graded.
    """
    kata, attempt = _chosen(session, word, number=number, path=path)
    evidence = _writable(private) if private else None
    with Patience("grading"):
        report = session.doors.grade(
            kata,
            attempt,
            seed=seed,
            sandbox=sandbox,
            private=evidence,
        )
    if as_json:
        click.echo(report.to_json(), nl=False)
    used = 0 if attempt.number is None else hints_used(attempt.folder)
    previous = _record(session, report, used)
    aside = Aside(previous=previous, hints=_hints(kata), hints_used=used)
    say(render(report, aside, width=columns()).rstrip("\n"), err=as_json)
    return EXIT_CODES[report.standing]


def _chosen(
    session: Session, word: str | None, *, number: int | None, path: str | None
) -> tuple[Kata, Attempt]:
    """Give the kata and the attempt that the words of ``kata grade`` mean."""
    if path is not None:
        if number is not None:
            raise UsageError("--attempt and --from exclude each other", fix="leave one of them out")
        slug = session.resolve(word) if word else target(session, None).slug
        kata = session.load(slug)
        return kata, read_attempt(Path(path), kata)
    meant = target(session, word)
    chosen = number or needed_attempt(meant)
    kata = session.load(meant.slug)
    folder = attempt_folder(session.root, kata.slug, chosen)
    return kata, read_attempt(folder, kata, number=chosen)


def _writable(name: str) -> Path:
    """Give the path of a file that can be written; said before the work, not after it."""
    path = Path(name)
    try:
        path.open("ab").close()
    except OSError as error:
        fix = "name a file in a folder where you may write"
        raise UsageError(f"cannot be written: {error.strerror}", where=name, fix=fix) from error
    return path


def _hints(kata: Kata) -> int:
    try:
        return len(read_hints(kata))
    except KataError:
        return 0  # no reason to withhold a score


def _record(session: Session, report: Report, hints: int) -> int | None:
    """
    Add the report to the ledger, and give the score before it.

    A void report is not recorded: the last score stands. A ledger that cannot be
    written is told about and takes nothing from the score.
    """
    try:
        last = session.ledger.last(report.slug)
        if report.standing is not Standing.VOID:
            session.ledger.record(entry_of(report, hints, session.clock().isoformat()))
    except LedgerError as error:
        note(f"this score is not recorded: {error}", error.fix)
        return None
    return last.earned if last else None


def entry_of(report: Report, hints: int, graded_at: str) -> Entry:
    """Give the ledger's line for a report that has a total."""
    return Entry(
        slug=report.slug,
        attempt=report.attempt,
        digest=report.digest,
        kata_version=report.kata_version,
        grader_version=report.grader_version,
        seed=report.seed,
        earned=report.earned or 0,
        pending=report.pending,
        possible=report.possible,
        standing=report.standing.value,
        hints=hints,
        graded_at=graded_at,
        report=report.to_json().decode("utf-8"),
    )


class Patience:
    """Say on a terminal what takes so long, after a second; take it back when done."""

    def __init__(self, words: str, seconds: float = PATIENCE_SECONDS) -> None:
        self.words = words
        self.timer = threading.Timer(seconds, self._say)
        self.timer.daemon = True
        self.has_said = False

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()
        if self.has_said:
            click.echo(f"\r{' ' * (len(self.words) + 4)}\r", err=True, nl=False)

    def _say(self) -> None:
        self.has_said = True
        click.echo(f"{self.words} ...", err=True, nl=False)
