"""
What ``kata.toml`` must hold beyond having the right shape.

Each rule takes the part of the file whose shape is right and says nothing of
keys that are missing there: those are reported already.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from graders.catalogue.fields import Place, Problem, Table, quote
from graders.catalogue.values import blank, is_dotted, is_snake_case, misnamed, outside
from graders.model.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PLAIN_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*")
# Written beside the editable files by the command itself.
TAKEN_FILES = ("attempt.toml", "test_sample.py")
LONGEST_FUNCTION = 500

# Smallest and largest of each limit, in its own unit.
RANGES: dict[str, tuple[float, float]] = {
    "call_cpu_seconds": (0.05, 60),
    "call_wall_seconds": (0.05, 120),
    "attempt_cpu_seconds": (0.05, 600),
    "attempt_wall_seconds": (0.05, 1200),
    "memory_mib": (16, 4096),
    "output_kib": (1, 16384),
    "reply_mib": (1, 256),
    "threads": (0, 64),
}


def kata_problems(table: Table) -> list[Problem]:
    """Give what ``kata.toml`` gets wrong."""
    rules = table.get("rules", Table())
    records = table.get("records", {})
    return [
        *blank(table, ("title",), place=Place()),
        *outside(table, {"minutes": (5, 90)}, place=Place()),
        *misnamed(table.get("requires", ()), "requires", fits=is_snake_case, meaning="a slug"),
        *_editable_problems(table.get("editable", ("solution.py",))),
        *misnamed(
            table.get("packages", ()), "packages", fits=str.isidentifier, meaning="a package's name"
        ),
        *misnamed(records, "records", fits=str.isidentifier, meaning="a class's name"),
        *_record_problems(records),
        *_limit_problems(table.get("limits", Table())),
        *_rule_problems(rules),
    ]


def _record_problems(records: Mapping[str, Iterable[str]]) -> list[Problem]:
    return [
        problem
        for name, fields in records.items()
        for problem in misnamed(
            fields, f"records.{name}", fits=str.isidentifier, meaning="a field's name"
        )
    ]


def _editable_problems(names: list[str]) -> list[Problem]:
    if not names:
        return [Problem("editable is empty", 'name a file, such as "solution.py"')]
    problems = [
        Problem(
            f"editable: {quote(name)} is not a plain file name",
            "name a file of the attempt's folder, such as solution.py",
        )
        for name in names
        if not all(PLAIN_FILE.fullmatch(part) for part in name.split("/"))
    ]
    problems += [
        Problem(f"editable: {quote(name)} is written by the kata command", "choose another name")
        for name in names
        if name.lower() in TAKEN_FILES
    ]
    # Two names that differ in capitals are one file on many machines.
    folded = [name.lower() for name in names]
    problems += [
        Problem(f"editable: {quote(name)} is listed twice", "remove one of the two")
        for place, name in enumerate(names)
        if folded[place] in folded[:place]
    ]
    return problems


def _limit_problems(limits: Table) -> list[Problem]:
    problems = outside(limits, RANGES, place=Place("", "limits"))
    if not limits.is_whole or problems:
        return problems
    full = msgspec.structs.asdict(msgspec.convert(limits, Limits))
    for clock in ("cpu_seconds", "wall_seconds"):
        call, attempt = full[f"call_{clock}"], full[f"attempt_{clock}"]
        if call > attempt:
            problems.append(
                Problem(
                    f"limits.call_{clock} is {call:g}, more than the {attempt:g} "
                    f"of the whole attempt",
                    f"raise attempt_{clock} or lower call_{clock}",
                )
            )
    return problems


def _rule_problems(rules: Table) -> list[Problem]:
    problems = []
    for key in ("forbidden_imports", "forbidden_names"):
        problems += misnamed(
            rules.get(key, ()), f"rules.{key}", fits=is_dotted, meaning="a dotted name"
        )
    methods = rules.get("forbidden_methods", ())
    problems += misnamed(
        methods, "rules.forbidden_methods", fits=str.isidentifier, meaning="an attribute's name"
    )
    longest = {"max_function_lines": (0.0, float(LONGEST_FUNCTION))}
    return problems + outside(rules, longest, place=Place("", "rules"))
