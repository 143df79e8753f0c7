"""
Attribute names that are put together at run time, seen by nobody who reads the source.

The learner's file gets builtins of its own, whose ``getattr`` looks at the name
it is given; ``operator.attrgetter`` and ``methodcaller`` do so for everybody.
"""

from __future__ import annotations

import builtins
import operator
import sys
from collections.abc import Callable, Iterable
from typing import Any

# Attributes that lead to forbidden names; no honest solution has a use for them.
EVASIVE_ATTRIBUTES = frozenset(
    "__globals__ __builtins__ __subclasses__ __code__ __closure__ __loader__ __spec__ __mro__ "
    "__bases__ __base__ __dict__ f_globals f_locals f_back f_builtins tb_frame gi_frame cr_frame "
    "__getattribute__ __self__ __wrapped__ _implementation modules load_module exec_module "
    "get_code".split()
)


class Guard:
    """
    Looks at attribute names.

    Args:
        refuse: Is told a name that nobody may ask for; raises.
        methods: Names that the kata forbids, beside those that lead round its rules.
    """

    def __init__(self, refuse: Callable[[str], Any], methods: Iterable[str] = ()) -> None:
        self._refuse = refuse
        self._refused = EVASIVE_ATTRIBUTES.union(methods)

    def look_at(self, name: Any) -> Any:
        """Give a name as a plain text, which cannot change its mind once it was looked at."""
        if not isinstance(name, str):
            return name  # whoever asked says what is wrong with it
        plain = str.__str__(name)
        for part in plain.split("."):
            if part in self._refused:
                self._refuse(part)
        return plain


def guarded_builtins(guard: Guard) -> dict[str, Any]:
    """Give builtins for the learner's file."""

    def careful_getattr(target: Any, name: str, /, *default: Any) -> Any:
        return getattr(target, guard.look_at(name), *default)

    careful_getattr.__name__ = careful_getattr.__qualname__ = "getattr"
    return {**vars(builtins), "getattr": careful_getattr}


def guard_operator(guard: Guard) -> None:
    """Let ``attrgetter`` and ``methodcaller`` look at the names they are made for."""
    for made_by in (operator.attrgetter, operator.methodcaller):
        name = made_by.__name__
        careful = _careful(made_by, guard, every=name == "attrgetter")
        for module in (operator, sys.modules.get("_operator")):
            if module is not None:
                setattr(module, name, careful)


def _careful(make: Callable[..., Any], guard: Guard, *, every: bool) -> Any:
    def careful(*names: Any, **keywords: Any) -> Any:
        looked = [guard.look_at(name) for name in (names if every else names[:1])]
        return make(*looked, *names[len(looked) :], **keywords)

    careful.__name__ = careful.__qualname__ = make.__name__
    return careful
