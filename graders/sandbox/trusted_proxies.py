"""
Proxies that forward everything to the jail, for tests that trust operators.

What a class in the jail derives from, a proxy class derives from too where that
shows (exceptions, numbers, text, tuples); other built-in kinds, such as a
generator, are named as ``__class__``.
"""

from __future__ import annotations

import builtins
import collections
import types
from typing import Any

from graders.sandbox.awaiting import SHOWN, awaitable_methods
from graders.sandbox.forwarding import operators
from graders.sandbox.peer import Peer
from graders.sandbox.proxy import RemoteMeta, RemoteObject
from graders.sandbox.stopping import Stopped
from graders.sandbox.trusted_members import UNASKED, Inherited, Members, Own, TrustedMethod

_VALUED = {cls.__name__: cls for cls in (int, float, str, bytes, tuple, frozenset)}
_EMPTY = {cls.__name__: cls for cls in (list, dict, collections.deque, collections.OrderedDict)}
_KINDS: tuple[type, ...] = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.GeneratorType,
    types.CoroutineType,
    types.AsyncGeneratorType,
    types.ModuleType,
    types.MappingProxyType,
    types.SimpleNamespace,
    type({}.keys()),
    type({}.values()),
    type({}.items()),
)
_NAMED_KINDS: dict[str, type] = {
    **{name: cls for name, cls in vars(builtins).items() if isinstance(cls, type)},
    **{str(cls.__name__): cls for cls in _KINDS},
}
_LOCAL = ("_hid", "_generation", "_kata_cause", "_kata_message")
_MORE = {"__floor__": "floor", "__ceil__": "ceil", "__trunc__": "trunc", "__fspath__": "fspath"}


class TrustedMeta(RemoteMeta, type):
    """What a class does as a class; an enumeration is iterated and indexed in the jail."""

    _generation: int

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> Any:
        """Make a proxy class; one that a test derives from it is made in the jail."""
        if "_peer" in namespace:
            return super().__new__(cls, name, bases, namespace)
        return _derived(name, bases, namespace)

    def __call__(cls, *positional: Any, **keywords: Any) -> Any:
        """Construct an object in the jail."""
        return cls._peer.call_owned(cls, None, positional, keywords)  # type: ignore[attr-defined]

    def __getattr__(cls, name: str) -> Any:
        """Give a class member; the class of functions has none of its own."""
        if name.startswith(UNASKED) or not cls._number:
            raise AttributeError(name)
        if name in cls._methods:
            return TrustedMethod(cls._peer, cls, name)
        return cls._peer.apply("getattr", cls, name)

    def __setattr__(cls, name: str, value: Any) -> None:
        """Set a class member in the jail."""
        if name.startswith("__") and name.endswith("__"):
            type.__setattr__(cls, name, value)
            if name in cls._dunders:
                cls._peer.apply("setattr", cls, name, value)
        else:
            type.__setattr__(cls, "_methods", cls._methods - {name})
            cls._peer.apply("setattr", cls, name, value)

    @property  # type: ignore[misc]
    def __dict__(cls) -> Any:  # type: ignore[override]
        """Give the members in the jail."""
        return Members(cls)

    def __iter__(cls) -> Any:
        return iter(cls._peer.apply("iter", cls))

    def __len__(cls) -> int:
        return int(cls._peer.apply("len", cls))

    def __bool__(cls) -> bool:
        return True

    def __contains__(cls, value: Any) -> bool:
        return bool(cls._peer.apply("contains", cls, value))

    def __getitem__(cls, key: Any) -> Any:
        return cls._peer.apply("getitem", cls, key)

    def _kata_handle(cls) -> tuple[int, int]:
        return cls._generation, cls._number


def _derived(name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> Any:
    """Make a test's subclass: a class in the jail whose methods are callbacks."""
    peer = next(base for base in bases if isinstance(base, TrustedMeta))._peer
    cell = namespace.pop("__classcell__", None)
    members = {k: v for k, v in namespace.items() if k not in ("__module__", "__qualname__")}
    made = peer.apply("subclass", name, list(bases), members)
    if cell is not None:
        cell.cell_contents = made  # what super() without arguments looks for
    type.__setattr__(made, "_is_derived", True)
    for member in members:
        if member == "__init__" or not member.startswith("__"):
            type.__setattr__(made, member, Own())
            for base in bases:
                if member not in type.__dict__["__dict__"].__get__(base):
                    type.__setattr__(base, member, Inherited(base, member))
    return made


# After the class, whose own docstring this hides: a class's text is the one in the jail.
TrustedMeta.__doc__ = property(lambda cls: cls._peer.apply("getattr", cls, "__doc__"))  # type: ignore[assignment]


class TrustedObject(RemoteObject, metaclass=RemoteMeta):
    """An object that stays in the jail and is used there."""

    _is_derived = False

    def __getattr__(self, name: str) -> Any:
        """Give a method or the value of an attribute."""
        cls = type(self)
        if name.startswith(UNASKED) or name in _LOCAL:
            raise AttributeError(name)
        if name in cls._methods and name not in self.__dict__.get("_set", ()):
            return TrustedMethod(cls._peer, self, name)
        try:
            return cls._peer.apply("getattr", self, name)
        except Stopped:
            if name.startswith(SHOWN):
                raise AttributeError(name) from None
            raise

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute in the jail."""
        if name in type(self)._methods:
            self.__dict__.setdefault("_set", set()).add(name)
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        """Remove an attribute in the jail."""
        self.__dict__.get("_set", set()).discard(name)
        super().__delattr__(name)

    def __copy__(self) -> Any:
        return type(self)._peer.apply("copy", self)

    def __deepcopy__(self, memory: Any) -> Any:
        return type(self)._peer.apply("deepcopy", self)

    def __del__(self) -> None:
        number, peer = self.__dict__.get("_hid"), type(self)._peer
        if number is None or self.__dict__["_generation"] != peer.link.generation:
            return
        if _is_plain(self) and peer._live.get(number, self) is self:
            peer.link.pending_drops.append(number)

    def _kata_handle(self) -> tuple[int, int]:
        return self.__dict__["_generation"], self.__dict__["_hid"]


def _is_plain(value: Any) -> bool:
    return not isinstance(value, tuple(_VALUED.values()))


class TrustingProxies:
    """Makes proxy classes and proxies that forward all, for one peer."""

    def __init__(self) -> None:
        self._functions: type | None = None

    def new_class(
        self, peer: Peer, bases: tuple[type, ...], number: int, description: dict[str, Any]
    ) -> type:
        """Make a proxy class."""
        dunders = frozenset(map(str, description["dunders"]))
        namespace = _namespace(peer, dunders)
        namespace.update(
            _peer=peer,
            _number=number,
            _generation=peer.link.generation,
            _methods=frozenset(map(str, description["methods"])),
            _dunders=dunders,
            __module__=peer.settings.module,
        )
        error = getattr(builtins, str(description["error"]), None)
        base = str(description["base"])
        namespace.update(awaitable_methods(peer, dunders, base))
        if isinstance(error, type) and issubclass(error, BaseException):
            for dunder in ("__reduce__", "__init__", "__setstate__", "__repr__"):
                namespace.pop(dunder, None)
            namespace["__str__"] = _error_text
            namespace["args"] = property(_error_arguments)
            bases = _with(bases, error)
        elif base in _VALUED or base in _EMPTY:
            built_in = _VALUED.get(base) or _EMPTY[base]
            namespace.update(_shown_methods(peer, names=description["methods"]))
            if base in _VALUED:  # text hashes differently in each process
                namespace["__hash__"] = built_in.__hash__
            bases = _with(bases, built_in)
        elif base in _NAMED_KINDS:
            namespace["__class__"] = property(lambda _: _NAMED_KINDS[base])
        if not any(issubclass(each, TrustedObject) for each in bases):
            bases = (TrustedObject, *bases)
        made: type = TrustedMeta(str(description["name"]), bases, namespace)
        return made

    def new_instance(self, peer: Any, cls: type | None, number: int) -> Any:
        """Make a proxy of an object, or of a function when it has no class."""
        cls = cls or self._function_class(peer)
        valued = next((base for base in _VALUED.values() if issubclass(cls, base)), None)
        if valued is None:
            instance = cls.__new__(cls)  # type: ignore[call-overload]
        else:
            instance = valued.__new__(cls, peer.plain_value(number))
        instance.__dict__.update(_hid=number, _generation=peer.link.generation)
        return instance

    def _function_class(self, peer: Peer) -> type:
        description = {
            "name": "function",
            "methods": [],
            "dunders": ["__call__"],
            "error": "",
            "base": "function",
        }
        if self._functions is None:
            self._functions = self.new_class(peer, (), 0, description)
        return self._functions


def _with(bases: tuple[type, ...], base: type) -> tuple[type, ...]:
    return bases if any(issubclass(each, base) for each in bases) else (*bases, base)


def _namespace(peer: Any, dunders: frozenset[str]) -> dict[str, Any]:
    """Give the methods of a proxy class that forward its operators."""
    namespace = operators(peer, dunders, of=lambda self: self)
    for dunder, operation in _MORE.items():
        if dunder in dunders:
            namespace[dunder] = lambda self, _name=operation: peer.apply(_name, self)
    if "__call__" in dunders:
        namespace["__call__"] = lambda self, *a, **k: peer.call_owned(self, None, a, k)
    if "__exit__" in dunders:
        namespace["__exit__"] = lambda self, kind, error, _: peer.apply("leave", self, kind, error)
    if "__next__" in dunders:
        namespace["__next__"] = lambda self: peer.apply("next", self)
    if "__hash__" in dunders:
        namespace["__hash__"] = lambda self: peer.apply("hash", self)
    namespace["__doc__"] = property(lambda self: peer.apply("getattr", self, "__doc__"))
    return namespace


def _shown_methods(peer: Any, *, names: list[str]) -> dict[str, Any]:
    """Give methods that stand before those of the built-in class itself."""

    def shown(name: str) -> property:
        return property(lambda self: TrustedMethod(peer, self, name))

    return {str(name): shown(str(name)) for name in names}


def _error_arguments(self: Any) -> Any:
    """Give the arguments that came with it when it was raised; else ask for them."""
    if "_kata_cause" in self.__dict__:
        return vars(BaseException)["args"].__get__(self)
    return type(self)._peer.apply("getattr", self, "args")


def _error_text(self: Any) -> str:
    """Give the text that the jail gave when it was raised; else ask for it."""
    message = self.__dict__.get("_kata_message")
    return str(type(self)._peer.apply("str", self)) if message is None else str(message)
