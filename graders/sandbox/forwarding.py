"""Methods of a proxy that ask the jail: operators, length, text, iteration, context."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from graders.model.result import CauseKind
from graders.sandbox.calling import call
from graders.sandbox.operations import BINARY, IN_PLACE, REFLECTED, UNARY
from graders.sandbox.stopping import Stopped

if TYPE_CHECKING:
    from graders.sandbox.peer import Peer

_PLAIN = {
    "__len__": "len",
    "__iter__": "iter",
    "__reversed__": "reversed",
    "__contains__": "contains",
    "__getitem__": "getitem",
    "__setitem__": "setitem",
    "__delitem__": "delitem",
    "__str__": "str",
    "__repr__": "repr",
    "__format__": "format",
    "__hash__": "hash",
    "__bool__": "bool",
    "__int__": "int",
    "__float__": "float",
    "__complex__": "complex",
    "__bytes__": "bytes",
    "__round__": "round",
    "__dir__": "dir",
    "__enter__": "enter",
}

# Dunder to the worker's operation, and whether the operands change places.
_FORWARDED: dict[str, tuple[str, bool]] = {
    **{f"__{name}__": (name, False) for name in (*BINARY, *IN_PLACE, *UNARY)},
    **{f"__r{name}__": (name, True) for name in REFLECTED},
    **{dunder: (operation, False) for dunder, operation in _PLAIN.items()},
}


class Ops:
    """
    A view of an object in the jail that forwards operators.

    What it answers is the solution's own word.
    """


def operators(peer: Peer, dunders: frozenset[str], *, of: Callable[[Any], Any]) -> dict[str, Any]:
    """
    Give methods that forward those of the given dunders that can be forwarded.

    Args:
        peer: The way to the jail.
        dunders: What the class in the jail has.
        of: Gives the proxy behind what a method is called on.
    """
    namespace = {
        dunder: _forward(peer, dunder, operation, of, is_swapped=is_swapped)
        for dunder, (operation, is_swapped) in _FORWARDED.items()
        if dunder in dunders
    }
    return namespace | _special(peer, dunders, of)


def _forward(
    peer: Peer, dunder: str, operation: str, of: Callable[[Any], Any], *, is_swapped: bool
) -> Callable[..., Any]:
    def method(self: Any, *operands: Any) -> Any:
        mine = of(self)
        theirs = tuple(of(o) if isinstance(o, Ops) else o for o in operands)
        if is_swapped:
            return peer.apply(operation, *theirs, mine)
        return peer.apply(operation, mine, *theirs)

    method.__name__ = dunder
    return method


def _special(peer: Peer, dunders: frozenset[str], of: Callable[[Any], Any]) -> dict[str, Any]:
    """Give the methods that do more than forward."""
    namespace: dict[str, Any] = {}
    if "__eq__" in dunders and "__ne__" not in dunders:
        namespace["__ne__"] = lambda self, other: peer.apply("ne", of(self), other)
    if "__eq__" in dunders and "__hash__" not in dunders:
        namespace["__hash__"] = None
    if "__call__" in dunders:
        namespace["__call__"] = lambda self, *a, **k: call(peer, ["handle", of(self)._hid], a, k)
    if "__exit__" in dunders:
        namespace["__exit__"] = _leave
    if "__next__" in dunders:
        namespace["__next__"] = _next
        namespace["__iter__"] = lambda self: self
    elif "__getitem__" in dunders and "__iter__" not in dunders:
        namespace["__iter__"] = lambda self: peer.apply("iter", of(self))
    return namespace


def _leave(self: Any, kind: Any, error: Any, trace: Any) -> Any:  # noqa: ARG001 - the protocol
    """Leave the context in the jail; it learns the error's class and text."""
    told = None
    if error is not None:
        plain = [a for a in error.args if type(a) in (str, int, float)]
        name = type(error).__name__
        told = [name if isinstance(getattr(builtins, name, None), type) else "Exception", plain]
    return type(self)._peer.apply("exit", self, told)


def _next(self: Any) -> Any:
    """Give the next element; only here may the jail end an iteration."""
    try:
        return type(self)._peer.apply("next", self)
    except Stopped as stopped:
        if stopped.cause.kind is CauseKind.RAISED and stopped.cause.error == "StopIteration":
            raise StopIteration from None
        raise
