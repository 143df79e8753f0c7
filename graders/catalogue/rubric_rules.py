"""
What ``rubric.toml`` must hold beyond having the right shape.

Each rule takes the part of the file whose shape is right and says nothing of
keys that are missing there: those are reported already.
"""

from __future__ import annotations

from collections import Counter

from graders.catalogue.circles import circles
from graders.catalogue.fields import Place, Problem, Table, quote
from graders.catalogue.finding import did_you_mean
from graders.catalogue.options import complexity_problems
from graders.catalogue.values import NAME_FIXES, blank, is_snake_case, outside, say_number
from graders.model.rubric import CriterionKind

FULL_POINTS = 100


def rubric_problems(table: Table) -> list[Problem]:
    """Give what ``rubric.toml`` gets wrong."""
    problems = outside(table, {"pass_mark": (1, FULL_POINTS)}, place=Place())
    if "criterion" not in table:
        return problems
    criteria: list[Table] = table["criterion"]
    for number, criterion in enumerate(criteria, start=1):
        problems += _criterion_problems(criterion, Place("", "criterion").item(number, criterion))
    problems += _identity_problems(criteria)
    problems += _requirement_problems(criteria)
    if all("points" in criterion for criterion in criteria):
        total = sum(criterion["points"] for criterion in criteria)
        if total != FULL_POINTS:
            problems.append(
                Problem(f"points sum to {say_number(total)}, not {FULL_POINTS}", _balance(total))
            )
    return problems


def _balance(total: int) -> str:
    if total < FULL_POINTS:
        return f"give the missing {say_number(FULL_POINTS - total)} points to a criterion"
    return f"take {say_number(total - FULL_POINTS)} points away from a criterion"


def _criterion_problems(criterion: Table, place: Place) -> list[Problem]:
    problems = []
    if not is_snake_case(criterion.get("id", "fine")):
        problems.append(Problem(place.say("the id is not snake_case"), NAME_FIXES["a slug"]))
    problems += blank(criterion, ("title",), place=place)
    problems += outside(criterion, {"points": (1, FULL_POINTS)}, place=place)
    situations = criterion.get("situations", {})
    problems += [
        Problem(
            place.say(f"the situation's id {quote(name)} is not snake_case"), NAME_FIXES["a slug"]
        )
        for name in situations
        if not is_snake_case(name)
    ]
    problems += blank(situations, situations, place=place.at("situations"))
    if criterion.is_whole:
        problems += _kind_problems(criterion, place)
    return problems


def _kind_problems(criterion: Table, place: Place) -> list[Problem]:
    kind, options = CriterionKind(criterion["kind"]), criterion.get("options", {})
    problems = []
    needs_situations = kind in {CriterionKind.TESTS, CriterionKind.COMPLEXITY}
    if needs_situations and not criterion.get("situations"):
        problems.append(
            Problem(
                place.say(f"a criterion of kind {kind.value} needs a situation"),
                'add situations = { some_id = "words for the learner" }',
            )
        )
    if kind is CriterionKind.COMPLEXITY:
        return problems + complexity_problems(options, place)
    if kind in {CriterionKind.TESTS, CriterionKind.STATIC} and options:
        text = place.say(f"a criterion of kind {kind.value} takes no options")
        problems.append(Problem(text, "remove its options"))
    return problems


def _identity_problems(criteria: list[Table]) -> list[Problem]:
    count = Counter(criterion["id"] for criterion in criteria if "id" in criterion)
    return [
        Problem(f"{times} criteria have the id {quote(name)}", "give each an id of its own")
        for name, times in count.items()
        if times > 1
    ]


def _requirement_problems(criteria: list[Table]) -> list[Problem]:
    requires = {
        criterion["id"]: criterion.get("requires", [])
        for criterion in criteria
        if "id" in criterion
    }
    problems = [
        Problem(
            f"criterion {quote(name)}: requires {quote(other)}, which is no criterion",
            did_you_mean(other, requires) or f"one of: {', '.join(requires)}",
        )
        for name, others in requires.items()
        for other in others
        if other not in requires
    ]
    return problems + [
        Problem(
            f"criteria require each other in a circle: {' -> '.join(circle)}", "break the circle"
        )
        for circle in circles(requires)
    ]
