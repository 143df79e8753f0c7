"""``kata report``: the last score as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graders.commands.current import target
from graders.commands.options import slug_argument
from graders.commands.screen import say
from graders.errors import AttemptError, UsageError
from graders.render.plain import escape
from graders.reporting import parse_report

if TYPE_CHECKING:
    from graders.commands.session import Session
    from graders.model.report import Report

FORMATS = ("md", "html", "json", "txt", "svg")


@click.command("report")
@slug_argument(required=False)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE; its ending is the format.")
@click.option("--format", "kind", type=click.Choice(FORMATS), help="Else: md.")
@click.pass_obj
def report_command(
    session: Session, word: str | None, *, output: str | None, kind: str | None
) -> int:
    """
    Write a score report (md, html, json, txt, svg).

    It is the report of the last time the kata was graded.
    """
    slug = target(session, word).slug
    entry = session.ledger.last(slug)
    if entry is None:
        raise AttemptError(f"{slug} has not been graded yet", fix=f"kata grade {slug}")
    text = draw(parse_report(entry.report.encode("utf-8")), kind or _ending(output))
    if output is None:
        click.echo(text.encode("utf-8"), nl=False)
        return 0
    try:
        Path(output).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        fix = "check that you may write there"
        raise UsageError(f"cannot be written: {error.strerror}", where=output, fix=fix) from error
    say(f"Wrote {escape(output)}", err=True)
    return 0


def _ending(output: str | None) -> str:
    if output is None:
        return "md"
    kind = Path(output).suffix.removeprefix(".")
    if kind not in FORMATS:
        fix = f"end it in one of: {', '.join(FORMATS)}; or add --format"
        raise UsageError(f'no format is known for "{output}"', fix=fix)
    return kind


def draw(report: Report, kind: str) -> str:
    """Give the report as text of that format; each imports what it needs."""
    if kind == "json":
        return report.to_json().decode("utf-8")
    if kind == "md":
        from graders.render import markdown

        return markdown.render([report])
    if kind == "html":
        from graders.render import html

        return html.render(report)
    from graders.render import terminal

    screen = terminal.render(report)
    if kind == "txt":
        return terminal.plain(screen)
    from graders.render import svg

    return svg.render(screen)
