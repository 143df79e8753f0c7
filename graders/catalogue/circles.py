"""Find what requires itself."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def circles(requires: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """
    Give the circles of a graph, one for each knot: ``[["a", "b", "a"]]``.

    Each begins with the member that comes first in ``requires``, and each member
    requires the next. Names that are no key of ``requires`` are left aside.
    """
    rest = {
        name: [other for other in names if other in requires] for name, names in requires.items()
    }
    found = []
    while circle := _circle(rest):
        found.append(circle)
        rest = {
            name: [other for other in names if other not in circle]
            for name, names in rest.items()
            if name not in circle
        }
    return found


def _circle(requires: Mapping[str, Sequence[str]]) -> list[str]:
    try:
        TopologicalSorter(requires).prepare()
    except CycleError as error:
        # graphlib names what is required before what requires it, the first one twice.
        members: list[str] = error.args[1][:0:-1]
        order = list(requires)
        start = min(range(len(members)), key=lambda place: order.index(members[place]))
        return [*members[start:], *members[:start], members[start]]
    return []
