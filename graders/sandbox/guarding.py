"""
Attribute names that are put together at run time, seen by nobody who reads the source.

The learner's file gets builtins of its own, whose ``getattr`` looks at the name
it is given; ``operator.attrgetter`` and ``methodcaller`` do so for everybody.
"""

from __future__ import annotations

import builtins
import operator
import sys
from collections.abc import Callable
from typing import Any

# Attributes that lead to forbidden names; no honest solution has a use for them.
EVASIVE_ATTRIBUTES = frozenset(
    "__globals__ __builtins__ __subclasses__ __code__ __closure__ __loader__ __spec__ __mro__ "
    "__bases__ __base__ __dict__ f_globals f_locals f_back f_builtins tb_frame gi_frame cr_frame "
    "__getattribute__ __self__ __wrapped__ _implementation modules load_module exec_module "
    "get_code".split()
)


def guarded_builtins(refuse: Callable[[str], Any]) -> dict[str, Any]:
    """
    Give builtins for the learner's file.

    Args:
        refuse: Is told an evasive name that was asked for; raises.
    """

    def careful_getattr(target: Any, name: str, /, *default: Any) -> Any:
        return getattr(target, _looked_at(name, refuse), *default)

    careful_getattr.__name__ = careful_getattr.__qualname__ = "getattr"
    return {**vars(builtins), "getattr": careful_getattr}


def guard_operator(refuse: Callable[[str], Any]) -> None:
    """Let ``attrgetter`` and ``methodcaller`` look at the names they are made for."""
    for made_by in (operator.attrgetter, operator.methodcaller):
        name = made_by.__name__
        careful = _careful(made_by, refuse, every=name == "attrgetter")
        for module in (operator, sys.modules.get("_operator")):
            if module is not None:
                setattr(module, name, careful)


def _careful(make: Callable[..., Any], refuse: Callable[[str], Any], *, every: bool) -> Any:
    def careful(*names: Any, **keywords: Any) -> Any:
        looked = [_looked_at(name, refuse) for name in (names if every else names[:1])]
        return make(*looked, *names[len(looked) :], **keywords)

    careful.__name__ = careful.__qualname__ = make.__name__
    return careful


def _looked_at(name: Any, refuse: Callable[[str], Any]) -> Any:
    """Give a name as a plain text that cannot change its mind, once it was looked at."""
    if not isinstance(name, str):
        return name  # whoever asked says what is wrong with it
    plain = str.__str__(name)
    for part in plain.split("."):
        if part in EVASIVE_ATTRIBUTES:
            refuse(part)
    return plain
