"""A call into the jail, and arguments whose changes are taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graders.sandbox.peer import Peer


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
    shared = [place for place, value in enumerate(values) if type(value) is InOut]
    if shared:
        positional = [v.value if type(v) is InOut else v for v in positional]
        keywords = {k: v.value if type(v) is InOut else v for k, v in keywords.items()}
    return peer.call(target, positional, keywords, shared=shared)
