"""
A call into the jail looks like a plain call.

By default a proxy decides nothing: no ``==``, no length, no arithmetic of the
learner's class is believed, because an object that claims to equal everything
would pass every test. ``ops`` forwards operators where a test asks for it, and
``kata isolate`` forwards them all and says so.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Collection
from typing import Any

from graders.model.result import Cause, CauseKind
from graders.sandbox.link import Stopped
from graders.sandbox.operations import BINARY, IN_PLACE, REFLECTED, UNARY
from graders.sandbox.peer import Peer

_SAFE = frozenset({"__call__", "__enter__", "__exit__", "__iter__", "__next__"})


class InOut:
    """Marks an argument whose changes are to be mirrored."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


def inout(value: Any) -> Any:
    """
    Hand over an argument and take its changes back.

    After the call the very same objects have the contents and links that the
    solution gave their copies; without it arguments are copies and stay as
    they were.
    """
    return InOut(value)


def call(peer: Peer, target: list[Any], positional: Any, keywords: dict[str, Any]) -> Any:
    """Call something in the jail, with ``inout`` arguments unwrapped."""
    values = (*positional, *keywords.values())
    if peer.settings.trusts_operators:
        shared: Collection[int] = range(len(values))
    else:
        shared = [place for place, value in enumerate(values) if type(value) is InOut]
    if shared:
        positional = [v.value if type(v) is InOut else v for v in positional]
        keywords = {k: v.value if type(v) is InOut else v for k, v in keywords.items()}
    return peer.call(target, positional, keywords, shared=shared)


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


class Ops:
    """
    A view of an object in the jail that forwards operators.

    What it answers is the solution's own word.
    """


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
        trusted = peer.settings.trusts_operators
        namespace = operators(peer, dunders if trusted else dunders & _SAFE, of=lambda self: self)
        namespace.update(
            _peer=peer,
            _number=number,
            _methods=frozenset(map(str, description["methods"])),
            _dunders=dunders,
            __module__=peer.settings.module,
        )
        error = getattr(builtins, str(description["error"]), None)
        if isinstance(error, type) and issubclass(error, BaseException):
            if not trusted and not issubclass(error, Exception):
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
        instance = cls.__new__(cls)
        instance.__dict__["_hid"] = number
        instance.__dict__["_generation"] = peer.link.generation
        return instance

    def _function_class(self, peer: Peer) -> type:
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


def operators(peer: Peer, dunders: frozenset[str], *, of: Callable[[Any], Any]) -> dict[str, Any]:
    """Give methods that forward those of the given dunders that can be forwarded."""
    namespace: dict[str, Any] = {}

    def add(dunder: str, operation: str, *, swapped: bool = False) -> None:
        if dunder not in dunders:
            return

        def method(self: Any, *operands: Any) -> Any:
            mine = of(self)
            theirs = tuple(of(o) if isinstance(o, Ops) else o for o in operands)
            if swapped:
                return peer.apply(operation, *theirs, mine)
            return peer.apply(operation, mine, *theirs)

        method.__name__ = dunder
        namespace[dunder] = method

    for name in (*BINARY, *IN_PLACE, *UNARY):
        add(f"__{name}__", name)
    for name in REFLECTED:
        add(f"__r{name}__", name, swapped=True)
    for dunder, operation in _PLAIN.items():
        add(dunder, operation)
    if "__eq__" in dunders:
        namespace.setdefault("__ne__", lambda self, other: peer.apply("ne", of(self), other))
        namespace.setdefault("__hash__", None if "__hash__" not in dunders else object.__hash__)
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
