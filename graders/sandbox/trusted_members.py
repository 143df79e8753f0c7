"""Members of what is in the jail, where the tests trust operators: methods, and how they bind."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

# Names that libraries probe for and that must not be answered by the jail.
UNASKED = ("__array", "__getstate__", "__wrapped__", "__test__", "__isabstractmethod__")


class RawHandle:
    """A handle by number, before there is a proxy of it."""

    def __init__(self, generation: int, number: int) -> None:
        self._where = generation, number

    def _kata_handle(self) -> tuple[int, int]:
        return self._where


class TrustedMethod:
    """A method of an object or class in the jail, looked up when it is called."""

    def __init__(self, peer: Any, owner: Any, name: str) -> None:
        self._peer = peer
        self._owner = owner
        self.__name__ = name

    def __call__(self, *positional: Any, **keywords: Any) -> Any:
        """Call it in the jail."""
        return self._peer.call_owned(self._owner, self.__name__, positional, keywords)

    def __getattr__(self, name: str) -> Any:
        """Give an attribute of the method itself."""
        if name.startswith(UNASKED):
            raise AttributeError(name)
        return getattr(self._fetched(), name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TrustedMethod):
            return NotImplemented
        return self._owner is other._owner and self.__name__ == other.__name__

    def __hash__(self) -> int:
        return hash((id(self._owner), self.__name__))

    def _fetched(self) -> Any:
        return self._peer.apply("getattr", self._owner, self.__name__)

    def _kata_handle(self) -> tuple[int, int]:
        self._held = self._fetched()  # let go, its handle would be dropped
        handle: tuple[int, int] = self._held._kata_handle()
        return handle


class Members(Mapping[str, Any]):
    """A class's own members as they stand in the jail; ``mock.patch`` keeps and restores them."""

    def __init__(self, cls: Any) -> None:
        self._cls = cls

    def __getitem__(self, name: str) -> Any:
        is_special = name.startswith("__") and name not in self._cls._dunders
        if not self._cls._number or (is_special and name not in ("__doc__", "__module__")):
            raise KeyError(name)  # spares the question; the abstract base classes ask for many
        return self._cls._peer.apply("member", self._cls, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._cls._peer.apply("getattr", self._cls, "__dict__"))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Own:
    """Stands in a test's subclass for a method it defines, which is called by way of the jail."""

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        """Leave it to the proxy's own look-up."""
        raise AttributeError


class Inherited:
    """Stands in a class for a method that a test's subclass overrides, for ``super()``."""

    def __init__(self, cls: Any, name: str) -> None:
        self._cls = cls
        self._name = name

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        """Give the method of this very class to ``super()``, else leave it to the proxy."""
        if instance is None or not type(instance)._is_derived:
            raise AttributeError(self._name)
        method = TrustedMethod(self._cls._peer, self._cls, self._name)
        return functools.partial(method, instance)
