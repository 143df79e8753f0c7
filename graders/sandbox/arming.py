"""
Puts a kata's rules in force inside the worker, just before the load.

A forbidden module is gone and cannot be found again: the kernel does not let
its file be read. A forbidden function is spoilt where it lives, not only where
its name stands, so that a second reference to it is worth nothing either.
"""

from __future__ import annotations

import contextlib
import importlib.abc
import sys
import types
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from graders.sandbox.guarding import Guard, guard_operator, guarded_builtins
from graders.sandbox.watching import RUN_TEXT, watch

# Never a part of an honest solution, and each a way round the rest.
ALWAYS_HIDDEN = ("ctypes", "_ctypes", "cffi", "_cffi_backend", "graders", "msgspec")


class RefusedImportError(ImportError):
    """The kata forbids this module."""


class RefusedNameError(RuntimeError):
    """The kata forbids this function."""


class _Refuser(importlib.abc.MetaPathFinder):
    def __init__(self, modules: Sequence[str], note: Callable[[str], None]) -> None:
        self._modules = tuple(modules)
        self._note = note

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> None:  # noqa: ARG002
        """Refuse a forbidden module; leave the rest to the next finder."""
        for module in self._modules:
            if fullname == module or fullname.startswith(module + "."):
                self._note(module.removeprefix("_") if module not in ALWAYS_HIDDEN else module)
                raise RefusedImportError(f"this kata forbids {module}", name=module)


def arm(
    refusals: list[list[Any]],
    *,
    imports: Iterable[str],
    names: Iterable[str],
    methods: Iterable[str] = (),
    own: str = "",
) -> dict[str, Any]:
    """
    Make modules and functions unusable in this process.

    Gives the builtins that the learner's source is to run with; none of its own
    where nothing is forbidden.

    Args:
        refusals: Grows by ``[kind, name]`` at each refusal.
        imports: Modules that may not be imported.
        names: Dotted functions and classes that may not be called.
        methods: Attributes that may not be had by a name put together at run time.
        own: The file of the place that loads the learner's source; without it, texts that
            are run go unnoticed.
    """
    imports, names, methods = tuple(imports), tuple(names), tuple(methods)
    spoil_c = _c_spoiler()
    for dotted in names:
        _spoil_name(dotted, refusals, spoil_c)
    twins = tuple(f"_{module}" for module in imports if "." not in module)  # C does the work there
    for module in imports:
        for name in (module, f"_{module}"):
            _spoil_module(name, module, refusals, spoil_c)
    for module in ALWAYS_HIDDEN:
        _hide(module)
    every = (*imports, *twins, *ALWAYS_HIDDEN)
    sys.meta_path.insert(0, _Refuser(every, lambda name: refusals.append(["import", name])))
    if not (own and (imports or names or methods)):
        return {}
    watch(lambda: refusals.append(["name", RUN_TEXT]), own=own)
    guard = Guard(_refuse_name(refusals), methods)
    guard_operator(guard)
    return guarded_builtins(guard)


def _refuse_name(refusals: list[list[Any]]) -> Callable[[str], Any]:
    def refuse(name: str) -> Any:
        refusals.append(["name", name])
        raise RefusedNameError(f"{name} leads round this kata's rules")

    return refuse


def _raiser(dotted: str, refusals: list[list[Any]], kind: str = "name") -> Callable[..., Any]:
    def refuse(*_: Any, **__: Any) -> Any:
        refusals.append([kind, dotted])
        raise RefusedNameError(f"this kata forbids {dotted}")

    return refuse


def _spoil_name(dotted: str, refusals: list[list[Any]], spoil_c: Callable[[Any], None]) -> None:
    holder, name = _holder(dotted)
    if holder is None or not hasattr(holder, name):
        return
    victim = getattr(holder, name)
    refuse = _raiser(dotted, refusals)
    _spoil(victim, refuse, spoil_c)
    if not isinstance(victim, type):
        with contextlib.suppress(AttributeError, TypeError):
            setattr(holder, name, refuse)
    else:
        with contextlib.suppress(AttributeError, TypeError):
            delattr(holder, name)


def _holder(dotted: str) -> tuple[Any, str]:
    """Find the loaded module or class that holds a dotted name."""
    first, *rest = dotted.split(".")
    path, name = ([first, *rest[:-1]], rest[-1]) if rest else (["builtins"], first)
    with contextlib.suppress(ImportError):
        __import__(path[0])
    value: Any = sys.modules.get(path[0])
    for part in path[1:]:
        with contextlib.suppress(ImportError):
            __import__(".".join(path[: path.index(part) + 1]))
        value = getattr(value, part, None)
    return value, name


def _spoil(victim: Any, refuse: Callable[..., Any], spoil_c: Callable[[Any], None]) -> None:
    """Make every reference to a function, or every new object of a class, refuse."""
    victim = getattr(victim, "_implementation", victim)  # numpy wraps its functions
    victim = getattr(victim, "__wrapped__", victim)
    if isinstance(victim, types.FunctionType):
        with contextlib.suppress(ValueError):
            victim.__code__ = _refusing_code(victim, refuse)
    elif isinstance(victim, types.BuiltinFunctionType):
        spoil_c(victim)
    elif isinstance(victim, type):
        for name in ("__new__", "__init__"):
            with contextlib.suppress(TypeError, AttributeError):
                setattr(victim, name, refuse)


def _refusing_code(victim: types.FunctionType, refuse: Callable[..., Any]) -> types.CodeType:
    """Give code that fits the victim's closure and calls `refuse`, held as a constant."""

    def template(*_: Any, **__: Any) -> Any:
        refuse_here: Any = "refuse"
        return refuse_here()

    code = template.__code__
    constants = tuple(refuse if value == "refuse" else value for value in code.co_consts)
    return code.replace(
        co_consts=constants, co_freevars=victim.__code__.co_freevars, co_name=victim.__name__
    )


def _spoil_module(
    module: str, forbidden: str, refusals: list[list[Any]], spoil_c: Callable[[Any], None]
) -> None:
    for name in [n for n in sys.modules if n == module or n.startswith(module + ".")]:
        for value in list(vars(sys.modules[name]).values()):
            if getattr(value, "__module__", None) == name and not isinstance(value, type):
                _spoil(value, _raiser(forbidden, refusals, "import"), spoil_c)
    _hide(module)


def _hide(module: str) -> None:
    for name in [n for n in sys.modules if n == module or n.startswith(module + ".")]:
        del sys.modules[name]
        parent, _, child = name.rpartition(".")
        if parent in sys.modules:
            with contextlib.suppress(AttributeError):
                delattr(sys.modules[parent], child)


def _c_spoiler() -> Callable[[Any], None]:
    """
    Give a function that spoils a C function's entry.

    ``PyCFunctionObject.m_ml`` points to a ``PyMethodDef``, whose second word is
    the function; it is set to ``PyErr_BadArgument``, which takes nothing, raises
    TypeError and returns 0 (Include/methodobject.h, Python/errors.c).
    """
    try:
        import ctypes

        entry = ctypes.cast(ctypes.pythonapi.PyErr_BadArgument, ctypes.c_void_p).value
        word = ctypes.sizeof(ctypes.c_void_p)
        head = object.__basicsize__
    except (ImportError, AttributeError):  # pragma: no cover - an interpreter without ctypes
        return lambda _: None

    def spoil(function: Any) -> None:
        definition = ctypes.c_void_p.from_address(id(function) + head).value
        if definition:
            ctypes.c_void_p.from_address(definition + word).value = entry

    return spoil
