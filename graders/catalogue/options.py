"""The options of a complexity criterion, one struct a method."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import msgspec

from graders.catalogue.fields import Place, Problem, Table, Walk, quote
from graders.catalogue.finding import did_you_mean
from graders.catalogue.values import blank, outside

FEWEST_SIZES = 3
LARGEST_SIZE = 10**9
# Larger bounds than these are slips of the pen.
NUMBERS = {
    "size": (1, LARGEST_SIZE),
    "limit": (0.1, 10.0),
    "limit_mib": (0.1, 4096),
    "most_seconds": (0.01, 60),
}


class CpuSlope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """
    Options of ``method = "cpu_slope"``.

    Attributes:
        target: What is asked for, in words for the learner: ``n log n``.
        sizes: Growing problem sizes.
        limit: Largest slope of the log-log line that passes.
        most_seconds: Most processor time at the largest size.
    """

    method: str
    target: str
    sizes: tuple[int, ...]
    limit: float
    most_seconds: float = 60.0


class PeakMemory(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of ``method = "peak_memory"``: the problem size and what it may hold."""

    method: str
    target: str
    size: int
    limit_mib: float


class Comparisons(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of ``method = "comparisons"``: the hidden tests hold the bound."""

    method: str
    target: str


METHODS: dict[str, type[msgspec.Struct]] = {
    "cpu_slope": CpuSlope,
    "peak_memory": PeakMemory,
    "comparisons": Comparisons,
}


def complexity_problems(options: dict[str, Any], place: Place) -> list[Problem]:
    """Give what the options of a complexity criterion get wrong."""
    method = options.get("method")
    if not isinstance(method, str) or method not in METHODS:
        known = f"one of: {', '.join(METHODS)}"
        if method is None:
            return [Problem(place.say('missing key "options.method"'), known)]
        word = quote(str(method))
        text = place.say(f"options.method cannot be {word}")
        return [Problem(text, did_you_mean(str(method), METHODS) or known)]
    walk = Walk()
    fitting = walk.table(options, METHODS[method], place.at("options"))
    inside = place.at("options")
    return [
        *walk.problems,
        *blank(fitting, ("target",), place=inside),
        *outside(fitting, NUMBERS, place=inside),
        *_size_problems(fitting, place=inside),
    ]


def _size_problems(options: Table, *, place: Place) -> list[Problem]:
    """Give what is wrong with the growing sizes of a slope."""
    sizes = options.get("sizes")
    if sizes is None or not options.is_whole:
        return []
    grows = all(small < large for small, large in pairwise(sizes))
    if len(sizes) >= FEWEST_SIZES and grows and sizes[-1] <= LARGEST_SIZE and sizes[0] > 0:
        return []
    return [
        Problem(
            place.say(f"{place.at('sizes').key} is not a growing list of {FEWEST_SIZES} or more"),
            "write sizes such as [1000, 2000, 4000]",
        )
    ]
