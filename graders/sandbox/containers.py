"""Cells of the standard containers and of scalars too large for msgpack."""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any, Protocol

from graders.sandbox import tags

Cell = list[Any]

_WORD = 1 << 63


class Itemising(Protocol):
    """What a maker asks of the encoder: items for the members of a container."""

    def item(self, value: Any) -> Any:
        """Give the item of one value."""

    def items(self, values: Iterable[Any]) -> list[Any]:
        """Give the items of several."""


Maker = Callable[[Itemising, Any], Cell]


def fits(value: Any, kind: type) -> bool:
    """Whether msgpack can carry a scalar as it is."""
    if kind is int:
        return bool(-_WORD <= value < _WORD)
    if kind is str:
        return bool(value.isascii()) or not any("\ud800" <= c <= "\udfff" for c in value)
    return True


def big_cell(value: Any, kind: type) -> Cell:
    """Give the cell of a scalar that msgpack cannot carry."""
    if kind is int:
        size = value.bit_length() // 8 + 1
        return [tags.BIG_INT, value.to_bytes(size, "little", signed=True)]
    return [tags.SURROGATES, value.encode("utf-8", "surrogatepass")]


def _list(encoder: Itemising, value: Any) -> Cell:
    return [tags.LIST, encoder.items(list.__iter__(value) if type(value) is not list else value)]


def _dict(tag: int) -> Maker:
    def make(encoder: Itemising, value: Any) -> Cell:
        base = OrderedDict if isinstance(value, OrderedDict) else dict  # it has an order of its own
        keys, values = list(base.keys(value)), list(base.values(value))
        return [tag, encoder.items(keys), encoder.items(values)]

    return make


def _iterated(tag: int, base: Any) -> Maker:
    def make(encoder: Itemising, value: Any) -> Cell:
        return [tag, encoder.items(list(base.__iter__(value)))]

    return make


def _deque(encoder: Itemising, value: Any) -> Cell:
    return [tags.DEQUE, encoder.items(list(deque.__iter__(value))), value.maxlen]


def _plain_base(base: Any, convert: Callable[[Any], Any]) -> Maker:
    """Carry a subclass of a plain type over as the base type, by the base's own methods."""

    def make(_: Itemising, value: Any) -> Cell:
        plain = convert(value)
        if fits(plain, base):
            return [tags.NAMED, "plain", plain]
        return big_cell(plain, base)

    return make


MAKERS: dict[type, Maker] = {
    list: _list,
    dict: _dict(tags.DICT),
    OrderedDict: _dict(tags.DICT),
    defaultdict: _dict(tags.DICT),
    Counter: _dict(tags.COUNTER),
    tuple: _iterated(tags.TUPLE, tuple),
    set: _iterated(tags.SET, set),
    frozenset: _iterated(tags.FROZENSET, frozenset),
    deque: _deque,
    bytearray: lambda _, value: [tags.BYTEARRAY, bytes(value)],
    complex: lambda _, value: [tags.COMPLEX, value.real, value.imag],
    range: lambda e, v: [tags.RANGE, e.items([v.start, v.stop, v.step])],
    slice: lambda e, v: [tags.SLICE, e.items([v.start, v.stop, v.step])],
    type(Ellipsis): lambda *_: [tags.NAMED, "constant", "Ellipsis"],
    type(NotImplemented): lambda *_: [tags.NAMED, "constant", "NotImplemented"],
    memoryview: lambda _, value: [tags.BYTEARRAY, bytes(value)],
}


def _kept_dict(encoder: Itemising, value: Any) -> Cell:
    cell = _dict(tags.KEPT_DICT)(encoder, value)
    factory = getattr(value, "default_factory", None)
    return [*cell, type(value).__name__, encoder.items([factory])]


# What both sides use where the tests trust the solution's operators.
KEPT_DICTS: dict[str, type[dict[Any, Any]]] = {
    "OrderedDict": OrderedDict,
    "defaultdict": defaultdict,
}
TRUSTED_MAKERS: dict[type, Maker] = {**MAKERS, OrderedDict: _kept_dict, defaultdict: _kept_dict}

BASES: tuple[tuple[Any, Maker], ...] = (
    (int, _plain_base(int, int.__int__)),
    (float, _plain_base(float, float.__float__)),
    (str, _plain_base(str, lambda value: "".join(chain(str.__iter__(value))))),
    (bytes, _plain_base(bytes, lambda value: bytes(memoryview(value)))),
    (Counter, MAKERS[Counter]),
    (dict, MAKERS[dict]),
    (list, MAKERS[list]),
    (tuple, MAKERS[tuple]),
    (set, MAKERS[set]),
    (frozenset, MAKERS[frozenset]),
    (deque, MAKERS[deque]),
)
