"""``kata list``: on the fast path, so nothing heavy is imported here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from graders.commands.agenda import Plan, plans
from graders.commands.current import current_attempts
from graders.commands.screen import columns, say, say_json
from graders.errors import UsageError
from graders.render.plain import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graders.commands.session import Session

_STATE_COLORS = {"due": "yellow", "started": "cyan", "passed": "green", "broken": "red"}


@click.command("list")
@click.argument("filters", nargs=-1, metavar="[FILTER]...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (kata-list/1).")
@click.pass_obj
def list_command(session: Session, filters: tuple[str, ...], as_json: bool) -> int:  # noqa: FBT001
    """
    List katas with your best score and what is due.

    A FILTER is a part of the slug or title, a section (coding), a level (easy),
    a topic, or a state (new, started, passed, due, broken); all must fit.
    """
    made = current_plans(session)
    shown = [plan for plan in made if all(_fits(plan, word.lower()) for word in filters)]
    if as_json:
        say_json("kata-list/1", katas=[_document(plan) for plan in shown])
        return 0
    if not made:
        raise UsageError("this catalogue holds no kata", fix="see kata list --help about --katas")
    if not shown:
        raise UsageError(f'no kata fits "{" ".join(filters)}"', fix="see them all: kata list")
    _print_table(shown)
    return 0


def current_plans(session: Session) -> list[Plan]:
    """Give where the learner stands with every kata, by slug."""
    return plans(
        session.entries(),
        session.summaries(),
        current_attempts(session.root),
        today=session.clock().date(),
    )


def _fits(plan: Plan, word: str) -> bool:
    entry = plan.entry
    exact = (entry.section, entry.level, plan.state, *entry.topics)
    return word in exact or word.replace("-", "_") in entry.slug or word in entry.title.lower()


def _document(plan: Plan) -> dict[str, Any]:
    entry, summary = plan.entry, plan.summary
    return {
        **entry._asdict(),
        "state": plan.state,
        "best": summary.best if summary else None,
        "last": summary.last if summary else None,
        "attempt": plan.attempt,
        "due": plan.due.isoformat() if plan.due else None,
    }


def _print_table(shown: Sequence[Plan]) -> None:
    slugs = max(len("Kata"), *(len(plan.entry.slug) for plan in shown))
    titles = max(columns() - slugs - 38, 10)
    say(f"{'Kata':<{slugs}}  {'Level':<6}  {'Min':>3}  {'Best':>7}  {'State':<8}  Title")
    say("-" * (slugs + 36 + min(titles, max(len(plan.entry.title) for plan in shown))))
    for plan in shown:
        say(_row(plan, slugs, titles))
    broken = [plan for plan in shown if plan.state == "broken"]
    if broken:
        say()
        say(f"{len(broken)} cannot be loaded: kata show {broken[0].entry.slug} says why.", err=True)


def _row(plan: Plan, slugs: int, titles: int) -> str:
    entry, summary = plan.entry, plan.summary
    best = f"{summary.best}/100" if summary else "-"
    state = click.style(f"{plan.state:<8}", fg=_STATE_COLORS.get(plan.state))
    title = entry.title if len(entry.title) <= titles else f"{entry.title[: titles - 3]}..."
    minutes = entry.minutes or "-"
    start = f"{escape(entry.slug):<{slugs}}  {entry.level or '-':<6}  {minutes:>3}  {best:>7}"
    return f"{start}  {state}  {escape(title)}".rstrip()
