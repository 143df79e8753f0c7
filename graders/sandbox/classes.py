"""The proxy classes of the learner's classes, each made once."""

from __future__ import annotations

from typing import Any, Protocol

from graders.sandbox.bounding import BadCellError

_MAX_CLASSES = 10_000
_MAX_BASES = 64


class Proxies(Protocol):
    """Makes what the tests see of a class or an object in the jail."""

    def new_class(
        self, peer: Any, bases: tuple[type, ...], number: int, description: dict[str, Any]
    ) -> type:
        """Make a proxy class."""

    def new_instance(self, peer: Any, cls: type | None, number: int) -> Any:
        """Make a proxy of an object of that class, or of a function."""


class Classes:
    """Descriptions of classes in the jail, and what was made of them."""

    def __init__(self, peer: Any, proxies: Proxies) -> None:
        self._peer = peer
        self._proxies = proxies
        self._classes: dict[int, type] = {}
        self._descriptions: dict[int, Any] = {}

    def clear(self) -> None:
        """Forget them all: the worker that told of them is gone."""
        self._classes.clear()
        self._descriptions.clear()

    def replace(self, number: int, cls: type) -> None:
        """Let another class stand for a described one."""
        self._classes[number] = cls

    def learn(self, details: list[Any]) -> None:
        """
        Remember the description of a class, and of its bases.

        Raises:
            BadCellError: More bases than a class has.
        """
        waiting, met = [details], set[int]()
        while waiting:
            number, description = waiting.pop()
            if description is None or number in met or len(self._descriptions) >= _MAX_CLASSES:
                continue  # met before: a forged class can be its own base
            if len(description["bases"]) > _MAX_BASES:
                raise BadCellError("a class of too many bases")
            met.add(number)
            self._descriptions.setdefault(number, description)
            waiting += description["bases"]

    def of(self, details: list[Any]) -> type:
        """Give the proxy class of a described class, made once."""
        self.learn(details)
        number = details[0]
        found = self._classes.get(number)
        if found is None:
            description = self._descriptions.pop(number, None)
            if description is None:
                raise BadCellError("a class never described")
            bases = tuple(self.of(base) for base in description["bases"])
            found = self._proxies.new_class(self._peer, bases, number, description)
            self._classes[number] = found
        return found
