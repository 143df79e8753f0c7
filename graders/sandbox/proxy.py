"""
A call into the jail looks like a plain call.

By default a proxy decides nothing: no ``==``, no length, no arithmetic of the
learner's class is believed, because an object that claims to equal everything
would pass every test. ``ops`` forwards operators where a test asks for it, and
``kata isolate`` forwards them all and says so.
"""

from __future__ import annotations

import builtins
from typing import Any

from graders.model.result import Cause, CauseKind
from graders.sandbox.calling import call, inout
from graders.sandbox.forwarding import Ops, operators
from graders.sandbox.peer import Peer
from graders.sandbox.stopping import Stopped

__all__ = ["Proxies", "RemoteFunction", "RemoteMeta", "RemoteObject", "Solution", "inout", "ops"]

_SAFE = frozenset({"__call__", "__enter__", "__exit__", "__iter__", "__next__"})


class RemoteFunction:
    """A function of the learner's module, by name."""

    def __init__(self, peer: Peer, name: str) -> None:
        self._peer = peer
        self.__name__ = self.__qualname__ = name

    def __call__(self, *positional: Any, **keywords: Any) -> Any:
        """Call it in the jail."""
        return call(self._peer, ["name", self.__name__], positional, keywords)

    def _kata_handle(self) -> tuple[int, int]:
        """Give generation and handle, so that it can be handed back."""
        self._held = self._peer.apply("module", self.__name__)  # let go, it would be dropped
        return self._held._kata_handle()  # type: ignore[no-any-return]


class RemoteMethod:
    """A method of an object or class in the jail."""

    def __init__(self, peer: Peer, owner: Any, number: int, name: str) -> None:
        self._peer = peer
        self._owner = owner  # keeps the handle alive
        self._number = number
        self.__name__ = name

    def __call__(self, *positional: Any, **keywords: Any) -> Any:
        """Call it in the jail."""
        return call(self._peer, ["method", self._number, self.__name__], positional, keywords)

    def _kata_handle(self) -> tuple[int, int]:
        self._held = self._peer.apply("getattr", self._owner, self.__name__)
        return self._held._kata_handle()  # type: ignore[no-any-return]


class RemoteMeta(type):
    """What a class in the jail does as a class: construct, and give its members."""

    _peer: Peer
    _number: int
    _methods: frozenset[str]

    def __call__(cls, *positional: Any, **keywords: Any) -> Any:
        """Construct an object in the jail."""
        return call(cls._peer, ["handle", cls._number], positional, keywords)

    def __getattr__(cls, name: str) -> Any:
        """Give a class member."""
        if name.startswith("__"):
            raise AttributeError(name)
        if name in cls._methods:
            return RemoteMethod(cls._peer, cls, cls._number, name)
        return cls._peer.apply("getattr", cls, name)

    def __setattr__(cls, name: str, value: Any) -> None:
        """Set a class member in the jail."""
        if name.startswith("__"):
            type.__setattr__(cls, name, value)
        else:
            cls._peer.apply("setattr", cls, name, value)

    def __delattr__(cls, name: str) -> None:
        """Remove a class member in the jail."""
        cls._peer.apply("delattr", cls, name)

    def _kata_handle(cls) -> tuple[int, int]:  # pragma: no cover - found on the metaclass
        return cls._peer.link.generation, cls._number


class RemoteObject(metaclass=RemoteMeta):
    """An object that stays in the jail; ``==`` is identity."""

    _hid: int
    _generation: int

    def __getattr__(self, name: str) -> Any:
        """Give a method or the value of an attribute."""
        cls = type(self)
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if name in cls._methods:
            return RemoteMethod(cls._peer, self, self._hid, name)
        return cls._peer.apply("getattr", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute in the jail."""
        if name.startswith("__"):
            object.__setattr__(self, name, value)
        else:
            type(self)._peer.apply("setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        """Remove an attribute in the jail."""
        type(self)._peer.apply("delattr", self, name)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} in the jail>"

    def __array__(self, *_: Any, **__: Any) -> Any:
        """Refuse to become an array behind the test's back."""
        raise TypeError(f"a {type(self).__name__} in the jail is not an array")

    def __del__(self) -> None:
        number = self.__dict__.get("_hid")
        cls = type(self)
        if number is not None and self.__dict__["_generation"] == cls._peer.link.generation:
            cls._peer.link.pending_drops.append(number)

    def _kata_handle(self) -> tuple[int, int]:
        return self._generation, self._hid


def ops(value: Any) -> Any:
    """Give a view of a proxy whose operators, length and text come from the jail."""
    cls = type(value)
    peer = cls._peer
    namespace = operators(peer, frozenset(cls._dunders), of=lambda view: view.__dict__["value"])
    namespace["__getattr__"] = lambda view, name: getattr(view.__dict__["value"], name)
    namespace["_kata_handle"] = lambda view: view.__dict__["value"]._kata_handle()
    view = type("Ops", (Ops,), namespace)()
    view.__dict__["value"] = value
    return view


class Solution:
    """
    The learner's module: its functions, classes and constants.

    A name that is not there stops the test with that as its cause.
    """

    def __init__(self, peer: Peer) -> None:
        self.__dict__["_peer"] = peer

    def __getattr__(self, name: str) -> Any:
        peer: Peer = self.__dict__["_peer"]
        if name.startswith("__"):
            raise AttributeError(name)
        value = module_member(peer, name)
        if type(value) is RemoteFunction:
            self.__dict__[name] = value
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse: a hidden test reads a solution and does not patch it."""
        raise TypeError("a solution's names are read only")


def module_member(peer: Peer, name: str) -> Any:
    """
    Give a name of the learner's module.

    Raises:
        Stopped: There is no such name, or no worker.
    """
    peer.ensure_loaded()
    kind = peer.names.get(name)
    if kind is None:
        raise Stopped(Cause(kind=CauseKind.MISSING_NAME, name=name))
    if kind[0] == "function":
        return RemoteFunction(peer, name)
    return peer.apply("module", name)


class Proxies:
    """Makes proxy classes and proxies."""

    def __init__(self) -> None:
        self._functions: Any = None

    def new_class(
        self, peer: Peer, bases: tuple[type, ...], number: int, description: dict[str, Any]
    ) -> type:
        """Make a proxy class; an exception's class is an exception's class here too."""
        name = str(description["name"])
        dunders = frozenset(map(str, description["dunders"]))
        namespace = operators(peer, dunders & _SAFE, of=lambda self: self)
        namespace.update(
            _peer=peer,
            _number=number,
            _methods=frozenset(map(str, description["methods"])),
            _dunders=dunders,
            __module__=peer.settings.module,
        )
        error = getattr(builtins, str(description["error"]), None)
        if isinstance(error, type) and issubclass(error, BaseException):
            if not issubclass(error, Exception):
                error = Exception
            if not any(issubclass(base, error) for base in bases):
                bases = (*bases, error)
            for dunder in ("__str__", "__repr__", "__reduce__", "__init__"):
                namespace.pop(dunder, None)
            namespace["__str__"] = _error_text
        if not any(issubclass(base, RemoteObject) for base in bases):
            bases = (RemoteObject, *bases)
        return RemoteMeta(name, bases, namespace)

    def new_instance(self, peer: Peer, cls: type | None, number: int) -> Any:
        """Make a proxy of an object, or of a function when it has no class."""
        cls = cls or self._function_class(peer)
        make: Any = cls.__new__
        instance = make(cls)
        instance.__dict__["_hid"] = number
        instance.__dict__["_generation"] = peer.link.generation
        return instance

    def _function_class(self, peer: Peer) -> Any:
        """Give the one class of all functions of a peer."""
        if self._functions is None or self._functions._peer is not peer:
            self._functions = self._new_function_class(peer)
        return self._functions

    def _new_function_class(self, peer: Peer) -> Any:
        description = {
            "name": "function",
            "methods": [],
            "dunders": ["__call__"],
            "error": "",
        }
        return self.new_class(peer, (), 0, description)


def _error_text(self: Any) -> str:
    """Give the text that the jail gave when it was raised; else ask for it."""
    message = self.__dict__.get("_kata_message")
    return str(type(self)._peer.apply("str", self)) if message is None else str(message)
