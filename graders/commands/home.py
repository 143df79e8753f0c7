"""``kata`` alone: what this is, or what is due, and what to type next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders.commands import agenda
from graders.commands.listing import current_plans
from graders.commands.screen import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graders.commands.agenda import Plan
    from graders.commands.session import Session

MOST_DUE = 5


def home(session: Session) -> int:
    """Print eight lines on the first run; later what is due and what to type next."""
    made = current_plans(session)
    choice = agenda.choose(made)
    if all(plan.state in {"new", "broken"} for plan in made):
        _welcome(choice)
        return 0
    _print_due(agenda.due(made))
    _print_progress(made)
    _print_choice(choice)
    return 0


def _welcome(choice: Plan | None) -> None:
    slug = choice.entry.slug if choice else "SLUG"
    what = _describe(choice) if choice else "this catalogue holds no kata that loads: kata list"
    lines = [
        "Machine-learning interview katas: write a solution, get a score you can trust.",
        "Your code runs in a jail on this machine; nothing is sent anywhere.",
        "",
        f"Next for you: {what}",
        "",
        f"  kata new {slug:<24} start it",
        f"  kata test {'':<23} try the sample tests",
        f"  kata grade {'':<22} get your score",
    ]
    say("\n".join(lines))


def _print_due(waiting: Sequence[Plan]) -> None:
    if not waiting:
        return
    say("Due again:")
    for plan in waiting[:MOST_DUE]:
        best = plan.summary.best if plan.summary else 0
        say(f"  {plan.entry.slug}, best {best}/100, since {plan.due}")
    if len(waiting) > MOST_DUE:
        say(f"  and {len(waiting) - MOST_DUE} more: kata list due")
    say()


def _print_progress(made: Sequence[Plan]) -> None:
    passed = sum(plan.due is not None for plan in made)
    say(f"{passed} of {len(made)} katas passed.")


def _print_choice(choice: Plan | None) -> None:
    if choice is None:
        say("Nothing is due. Look around: kata list")
    elif choice.state == "started" and choice.attempt is not None:
        score = f", last {choice.summary.last}/100" if choice.summary else ", not graded yet"
        say(f"Under way: {choice.entry.slug}, attempt {choice.attempt:03}{score}")
        say(f"Type next: kata grade {choice.entry.slug}")
    else:
        say(f"Next for you: {_describe(choice)}")
        say("Type next: kata next")


def _describe(plan: Plan) -> str:
    entry = plan.entry
    return f"{entry.title} ({entry.level}, {entry.minutes} minutes)"
