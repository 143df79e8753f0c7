"""What ``import`` gives for the solution's name: a module whose members live in the jail."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from graders.model.result import Cause
from graders.sandbox.link import Stopped
from graders.sandbox.trusting import TrustingPeer

# The dict of a module of ours; its ``__dict__`` shows the jail's.
_here: Callable[[types.ModuleType], dict[str, Any]] = vars(types.ModuleType)["__dict__"].__get__
_KEPT_HERE = frozenset(
    ("__spec__", "__loader__", "__package__", "__name__", "__file__", "__path__")
)


class _PlaceholderMeta(type):
    """A class, so that it may stand wherever a test module names one while it is collected."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Placeholder

    def __iter__(cls) -> Iterator[Any]:
        return iter(())

    def __call__(cls, *_: Any, **__: Any) -> Any:
        return Placeholder


class Placeholder(Exception, metaclass=_PlaceholderMeta):  # noqa: N818 - it is none by meaning
    """Stands for every name of a solution that did not load, until its tests are told so."""


class JailedModule(types.ModuleType):
    """The solution's module, as the tests see it."""

    def __init__(self, name: str, peer: TrustingPeer, path: str) -> None:
        super().__init__(name)
        here = _here(self)
        here.update(__file__=path, _peer=peer, _load_cause=None)

    @property
    def __dict__(self) -> Any:  # type: ignore[override]
        """Give the names of the module in the jail; ``mock.patch`` keeps and restores them."""
        return _Names(self)

    def __getattr__(self, name: str) -> Any:
        """Give a name of the module in the jail."""
        here = _here(self)
        has_failed = here.get("_load_cause") is not None
        if has_failed and not name.startswith("__"):
            return Placeholder
        if has_failed or name in _KEPT_HERE or "_peer" not in here:
            raise AttributeError(name)
        try:
            return here["_peer"].member(name)
        except Stopped as stopped:
            if here["_peer"].link.generation:
                raise
            raise AttributeError(name) from stopped

    def __setattr__(self, name: str, value: Any) -> None:
        """Set a name of the module in the jail; a function of the test is called back."""
        if name in _KEPT_HERE:
            super().__setattr__(name, value)
        else:
            peer_of(self).apply("set", name, value)

    def __delattr__(self, name: str) -> None:
        """Remove a name of the module in the jail."""
        peer_of(self).apply("del", name)

    def __dir__(self) -> list[str]:
        return sorted(peer_of(self).names)


def peer_of(module: JailedModule) -> TrustingPeer:
    """Give the way to a module's jail."""
    peer: TrustingPeer = _here(module)["_peer"]
    return peer


class _Names(Mapping[str, Any]):
    """The module's names as they stand in the jail; those of the import system stand here."""

    def __init__(self, module: JailedModule) -> None:
        self._module = module
        self._here = _here(module)

    def __getitem__(self, name: str) -> Any:
        if name in self._here:
            return self._here[name]
        try:
            return getattr(self._module, name)
        except AttributeError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(peer_of(self._module).names)

    def __len__(self) -> int:
        return len(peer_of(self._module).names)


class SolutionFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """
    Finds the solution's name before anything else does.

    Attributes:
        load_cause: Why the solution did not load, once that is known.
    """

    def __init__(self, name: str, peer: TrustingPeer, path: str) -> None:
        self.name = name
        self._peer = peer
        self._path = path
        self._module: JailedModule | None = None
        self.load_cause: Cause | None = None

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - the protocol
        target: types.ModuleType | None = None,  # noqa: ARG002 - the protocol
    ) -> importlib.machinery.ModuleSpec | None:
        """Give a spec for the solution's name alone."""
        if fullname != self.name:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, origin=self._path)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Give a module of proxies; imported anew, it is loaded anew, as any module is."""
        if self._module is not None:
            self._peer.link.close()
        self._module = JailedModule(spec.name, self._peer, self._path)
        return self._module

    def exec_module(self, module: types.ModuleType) -> None:
        """Load the solution in the jail; a failure is kept for the tests."""
        if self._peer.link.generation and module is not self._module:
            self._peer.link.close()
        try:
            self._peer.ensure_loaded()
        except Stopped as stopped:
            self.load_cause = stopped.cause
            _here(module)["_load_cause"] = stopped.cause
