"""
Hold what TOML gave against the model, and name every misfit at once.

``msgspec.convert`` stops at the first; an author wants the whole list.
"""

from __future__ import annotations

from enum import Enum
from typing import Any, NamedTuple, get_args, get_origin

import msgspec

from graders.catalogue.finding import did_you_mean

LONGEST_QUOTE = 60
# Stands for a value of which nothing fits; TOML has no value of its own for that.
UNFIT = object()

_WORDS = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "a table",
}
_EXAMPLES = {
    str: 'put it in quotes: "..."',
    bool: "write true or false, without quotes",
    int: "write digits only, without quotes",
    float: "write a number, such as 2.5, without quotes",
    list: "put it in brackets: [...]",
    dict: "write it as a table: a heading in brackets, or key = value in braces",
}


class Problem(NamedTuple):
    """Something wrong in one file, and what to do about it."""

    what: str
    fix: str


class Place(NamedTuple):
    """A spot in a file: words for the table, and the dotted key inside it."""

    table: str = ""
    key: str = ""

    def at(self, key: str) -> Place:
        """Give the place of a key in this table."""
        return Place(self.table, f"{self.key}.{key}" if self.key else key)

    def item(self, number: int, value: object) -> Place:
        """
        Give the place of a list's item, counted from 1.

        A table with an id opens a place of its own: ``criterion "scales"``.
        """
        if not isinstance(value, dict):
            return Place(self.table, f"{self.key}[{number}]")
        name = value.get("id")
        return Place(f"{self.key} {quote(name) if isinstance(name, str) else number}")

    def say(self, text: str) -> str:
        """Give a sentence about this place."""
        return f"{self.table}: {text}" if self.table else text


class Table(dict[str, Any]):
    """
    The fitting part of a table.

    Attributes:
        is_whole: Nothing was wrong with it.
    """

    is_whole = False


class Walk:
    """
    A walk over one file, side by side with the type it should have.

    Attributes:
        problems: What was found so far.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def table(self, raw: dict[str, Any], kind: type[msgspec.Struct], place: Place) -> Table:
        """Give the part of ``raw`` that fits a struct, with a problem for all that does not."""
        before = len(self.problems)
        fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
        fitting = Table()
        for key, value in raw.items():
            if key in fields:
                fit = self._fit(value, fields[key].type, place.at(key))
                if fit is not UNFIT:
                    fitting[key] = fit
            else:
                self._add(place, f"unknown key {quote(place.at(key).key)}", _nearest(key, fields))
        for key, field in fields.items():
            if field.required and key not in raw:
                self._add(place, f"missing key {quote(place.at(key).key)}", f"add {key} = ...")
        fitting.is_whole = len(self.problems) == before
        return fitting

    def _fit(self, value: object, kind: Any, place: Place) -> Any:
        """Give the fitting part of a value, or ``UNFIT``."""
        outer = get_origin(kind) or kind
        if outer is Any:
            return value
        if outer is tuple:
            return self._list(value, get_args(kind)[0], place)
        if outer is dict:
            return self._mapping(value, get_args(kind)[1], place)
        if issubclass(outer, msgspec.Struct):
            return self._struct(value, outer, place)
        if issubclass(outer, Enum):
            return self._member(value, outer, place)
        return self._scalar(value, outer, place)

    def _struct(self, value: object, kind: type[msgspec.Struct], place: Place) -> Table:
        if isinstance(value, dict):
            return self.table(value, kind, place)
        self._misfit(value, dict, place)
        # An empty table keeps its place in the list, so that nobody sums the rest.
        return Table()

    def _list(self, value: object, kind: Any, place: Place) -> Any:
        if not isinstance(value, list):
            return self._misfit(value, list, place)
        fits = [
            self._fit(item, kind, place.item(number, item))
            for number, item in enumerate(value, start=1)
        ]
        items = [fit for fit in fits if fit is not UNFIT]
        # A list that lost all its items must not pass for an empty one.
        return items if items or not value else UNFIT

    def _mapping(self, value: object, kind: Any, place: Place) -> Any:
        if not isinstance(value, dict):
            return self._misfit(value, dict, place)
        fitting = {key: self._fit(item, kind, place.at(key)) for key, item in value.items()}
        return {key: fit for key, fit in fitting.items() if fit is not UNFIT}

    def _member(self, value: object, kind: type[Enum], place: Place) -> object:
        if not isinstance(value, str):
            return self._misfit(value, str, place)
        members = [str(member.value) for member in kind]
        if value in members:
            return value
        fix = did_you_mean(value, members) or f"one of: {', '.join(members)}"
        return self._add(place, f"{place.key} cannot be {quote(value)}", fix)

    def _scalar(self, value: object, kind: type, place: Place) -> object:
        fits = type(value) is kind or (kind is float and type(value) is int)
        return value if fits else self._misfit(value, kind, place)

    def _misfit(self, value: object, kind: type, place: Place) -> object:
        # TOML's only other values are dates and times.
        word = _WORDS.get(type(value), "a date or time")
        return self._add(place, f"{place.key} is {word}, not {_WORDS[kind]}", _EXAMPLES[kind])

    def _add(self, place: Place, text: str, fix: str) -> object:
        self.problems.append(Problem(place.say(text), fix))
        return UNFIT


def quote(text: str) -> str:
    """Give a word of a file in quotes, on one line and not too long."""
    short = text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}..."
    return '"' + "".join(sign if sign.isprintable() else "?" for sign in short) + '"'


def _nearest(key: str, fields: dict[str, Any]) -> str:
    return did_you_mean(key, fields) or f"known here: {', '.join(fields)}"
