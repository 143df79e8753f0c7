"""
Let what a test does to shared modules reach the jail.

In one process a test that seeds ``random``, patches ``builtins.input`` or looks
at what was printed shares these with the solution. Here the seed, the patches
and the printed text are carried over.
"""

from __future__ import annotations

import contextlib
import importlib
import random
import re
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

from graders.sandbox.trusting import TrustingPeer

_ALWAYS = ("builtins", "random", "time")
_OWN = frozenset({"_", "__warningregistry__"})
_NEVER = frozenset({"sys", "os", "io", "threading", "types", "unittest", "warnings", "importlib"})


@contextlib.contextmanager
def mirrored(peer: TrustingPeer, source: str, *, test: str = "") -> Iterator[None]:
    """
    Carry over seeds, patched names of the modules that the source imports, and print.

    Args:
        peer: The way to the jail.
        source: The solution's text.
        test: The test's; it can only patch what it names.
    """
    names = sorted(_imported(source) - {peer.settings.module})
    modules = [module for name in names if (module := _found(name, test))]
    originals: dict[tuple[str, str], Any] = {}
    peer.when_loaded.append(lambda: peer.apply("echo", _print))
    with contextlib.ExitStack() as stack:
        for module in modules:
            stack.enter_context(_watched(module, peer, originals))
        if "random" in source:
            stack.enter_context(_seeded(peer))
        yield


def _imported(source: str) -> set[str]:
    """Give the standard modules that a source names in its imports, and those always shared."""
    names = set(_ALWAYS)
    for line in source.splitlines():
        words = line.replace(",", " ").split()
        if words and words[0] in ("import", "from"):
            names.update(words[1:] if words[0] == "import" else words[1:2])
    return {name for name in names if name in sys.stdlib_module_names} - _NEVER


def _found(name: str, test: str) -> types.ModuleType | None:
    """Give a module if it is an ordinary one that a test may patch."""
    if re.search(rf"\b{name}\b", test):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    found = sys.modules.get(name)
    return found if type(found) is types.ModuleType else None


def _print(text: str) -> None:
    sys.stdout.write(text)


@contextlib.contextmanager
def _watched(
    module: types.ModuleType, peer: TrustingPeer, originals: dict[tuple[str, str], Any]
) -> Iterator[None]:
    """Let a name that is set in a module be set in the jail's too."""

    class Watched(types.ModuleType):
        def __setattr__(self, name: str, value: Any) -> None:
            key = (module.__name__, name)
            if name not in _OWN and not name.startswith(("__", "@")):
                original = originals.setdefault(key, self.__dict__.get(name))
                super().__setattr__(name, value)
                _carry(peer, key, value, is_original=value is original)
            else:
                super().__setattr__(name, value)

    module.__class__ = Watched
    try:
        yield
    finally:
        module.__class__ = types.ModuleType


def _carry(peer: TrustingPeer, key: tuple[str, str], value: Any, *, is_original: bool) -> None:
    if not peer.link.generation:
        return
    if is_original:
        peer.apply("restore", *key)
    elif callable(value):
        peer.apply("mirror", *key, value)


@contextlib.contextmanager
def _seeded(peer: TrustingPeer) -> Iterator[None]:
    """Seed the jail's random with the test's."""
    seed: Callable[..., None] = random.seed

    def seed_both(*arguments: Any, **keywords: Any) -> None:
        seed(*arguments, **keywords)
        if peer.link.generation:
            peer.run("random", "seed", *arguments, *keywords.values())

    random.__dict__["seed"] = seed_both
    try:
        yield
    finally:
        random.__dict__["seed"] = seed
