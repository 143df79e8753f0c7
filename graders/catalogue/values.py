"""Rules for single values: what may name something, what is empty, what is out of range."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from graders.catalogue.fields import Place, Problem, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
HUGE = 10**6
NAME_FIXES = {
    "a slug": "use lower case, digits and single underscores, as in k_means",
    "a package's name": "write the name that it is imported by, such as numpy",
    "a class's name": "write a Python name, such as ListNode",
    "a field's name": "write a Python name, such as next",
    "a dotted name": "write Python names with dots between, such as numpy.linalg",
    "an attribute's name": "write one Python name, such as count",
}


def is_snake_case(word: str) -> bool:
    """Say whether a word may name a kata, a criterion or a situation."""
    return bool(SNAKE_CASE.fullmatch(word))


def is_dotted(word: str) -> bool:
    """Say whether a word is Python names with dots between."""
    return all(part.isidentifier() for part in word.split("."))


def misnamed(
    words: Iterable[str], key: str, *, fits: Callable[[str], bool], meaning: str
) -> list[Problem]:
    """Give the words of a key that are not what they should name."""
    return [
        Problem(f"{key}: {quote(word)} is not {meaning}", NAME_FIXES[meaning])
        for word in words
        if not fits(word)
    ]


def blank(table: Mapping[str, str], keys: Iterable[str], *, place: Place) -> list[Problem]:
    """Give the keys whose text holds no word."""
    return [
        Problem(place.say(f"{place.at(key).key} is empty"), "write a few words for the learner")
        for key in keys
        if not table.get(key, "something").strip()
    ]


def outside(
    table: Mapping[str, Any], ranges: Mapping[str, tuple[float, float]], *, place: Place
) -> list[Problem]:
    """Give the numbers that are out of their range; infinity and NaN are."""
    return [
        Problem(
            place.say(f"{place.at(key).key} is {say_number(table[key])}"),
            f"choose from {low:g} to {high:g}",
        )
        for key, (low, high) in ranges.items()
        if key in table and not low <= table[key] <= high
    ]


def say_number(number: float) -> str:
    """Give a number as an author would write it; huge ones without their digits."""
    return f"{number:g}" if isinstance(number, float) or abs(number) < HUGE else "huge"
