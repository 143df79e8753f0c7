"""What is due, what is under way and what comes next: pure, and light to import."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graders.catalogue.listing import Entry
    from graders.commands.current import Current
    from graders.ledger.base import Summary

# A kata comes back 4 days after its first pass, and each time twice as late.
FIRST_GAP_DAYS = 4
LONGEST_GAP_DAYS = 128
LEVELS = ("easy", "medium", "hard")
SECTIONS = ("coding", "domain", "design", "behavioural")


class Plan(NamedTuple):
    """
    Where a learner stands with one kata.

    Attributes:
        state: ``due``, ``started`` (an attempt and no pass yet), ``new``,
            ``passed`` (and not due yet) or ``broken`` (it does not load).
        attempt: Number of the newest attempt, ``None`` when there is none.
        due: The day from which it is due; ``None`` before the first pass.
    """

    entry: Entry
    state: str
    summary: Summary | None
    attempt: int | None
    changed: float
    due: date | None


def plans(
    entries: Sequence[Entry],
    summaries: Mapping[str, Summary],
    attempts: Mapping[str, Current],
    *,
    today: date,
) -> list[Plan]:
    """Give a plan for each kata, in the order of the entries."""
    made = []
    for entry in entries:
        summary, current = summaries.get(entry.slug), attempts.get(entry.slug)
        due = due_on(summary) if summary else None
        made.append(
            Plan(
                entry,
                _state(entry, due, has_attempt=bool(summary or current), today=today),
                summary,
                current.number if current else None,
                current.changed if current else 0.0,
                due,
            )
        )
    return made


def _state(entry: Entry, due: date | None, *, has_attempt: bool, today: date) -> str:
    if entry.problem:
        return "broken"
    if due is not None:
        return "due" if due <= today else "passed"
    return "started" if has_attempt else "new"


def due_on(summary: Summary) -> date | None:
    """Give the day from which a passed kata is due again; ``None`` before the first pass."""
    if not summary.passes:
        return None
    doublings = min(summary.passes - 1, 10)
    gap = min(FIRST_GAP_DAYS * 2**doublings, LONGEST_GAP_DAYS)
    return date.fromisoformat(summary.last_passed_at[:10]) + timedelta(days=gap)


def due(made: Sequence[Plan]) -> list[Plan]:
    """Give the plans that are due, the longest overdue first."""
    waiting = [plan for plan in made if plan.state == "due"]
    return sorted(waiting, key=lambda plan: (plan.due or date.max, plan.entry.slug))


def choose(made: Sequence[Plan]) -> Plan | None:
    """
    Give the one to do now; ``None`` when everything is passed and nothing is due.

    First what is under way (the last changed), then what is due, then what is new:
    katas whose requirements are passed, coding first, the easy and short first.
    """
    started = [plan for plan in made if plan.state == "started"]
    if started:
        return max(started, key=lambda plan: (plan.changed, plan.entry.slug))
    waiting = due(made)
    if waiting:
        return waiting[0]
    passed = {plan.entry.slug for plan in made if plan.due is not None}
    fresh = [plan for plan in made if plan.state == "new"]
    return min(fresh, key=lambda plan: _order(plan.entry, passed), default=None)


def _order(entry: Entry, passed: set[str]) -> tuple[bool, int, int, int, str]:
    return (
        not passed.issuperset(entry.requires),
        SECTIONS.index(entry.section) if entry.section in SECTIONS else len(SECTIONS),
        LEVELS.index(entry.level) if entry.level in LEVELS else len(LEVELS),
        entry.minutes,
        entry.slug,
    )
