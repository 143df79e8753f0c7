"""Mirror on the judge's objects what a call did to their copies."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from graders.sandbox import tags
from graders.sandbox.bounding import BadCellError, hashable
from graders.sandbox.decoding import Decoder
from graders.sandbox.encoding import RecordType
from graders.sandbox.foreign import build_array, build_numbers


def apply_updates(
    updates: list[Any],
    decoder: Decoder,
    own: Callable[[int], Any],
    record_types: Mapping[type, RecordType],
) -> None:
    """
    Give each of the judge's objects the contents that its copy has now.

    Args:
        updates: ``[reference, cell]`` a container, ``[reference, items]`` a record.
        decoder: Has decoded the reply's table.
        own: Reference to the judge's object.
        record_types: The tests' record classes.

    Raises:
        BadCellError, TypeError, ValueError, IndexError: The updates do not fit.
    """
    if len({reference for reference, _ in updates}) != len(updates):
        raise BadCellError("two updates of one object")  # of a large array, again and again
    for reference, content in updates:
        value = own(reference)
        kind = record_types.get(type(value))
        if kind is not None:
            for field, item in zip(kind.fields, decoder.items(content), strict=True):
                object.__setattr__(value, field, item)
        else:
            _refill(value, content, decoder)


def _refill(value: Any, cell: list[Any], decoder: Decoder) -> None:
    tag = cell[0]
    if tag == tags.LIST and isinstance(value, list):
        value[:] = decoder.items(cell[1])
    elif tag in (tags.DICT, tags.COUNTER, tags.KEPT_DICT) and isinstance(value, dict):
        keys = hashable(decoder.items(cell[1]))
        value.clear()
        base = OrderedDict if isinstance(value, OrderedDict) else dict
        base.update(value, zip(keys, decoder.items(cell[2]), strict=True))
    elif tag == tags.SET and isinstance(value, set):
        members = hashable(decoder.items(cell[1]))
        value.clear()
        value.update(members)
    elif tag == tags.DEQUE and hasattr(value, "extendleft"):
        members = decoder.items(cell[1])
        value.clear()
        value.extend(members)
    elif tag == tags.BYTEARRAY and isinstance(value, bytearray):
        value[:] = cell[1]
    elif tag == tags.NUMBERS and hasattr(value, "typecode"):
        value[:] = build_numbers(cell)
    elif tag == tags.ARRAY and hasattr(value, "dtype"):
        _refill_array(value, cell, decoder)
    else:
        raise BadCellError("contents of another kind")


def _refill_array(value: Any, cell: list[Any], decoder: Decoder) -> None:
    array = build_array(cell, decoder.buffers)
    if array.shape != value.shape or array.dtype != value.dtype:
        raise BadCellError("an array of another shape")
    value[...] = array
