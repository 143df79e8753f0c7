"""Cells of numpy values and of the standard library's value types."""

from __future__ import annotations

import hashlib
import io
import re
import sys
from collections.abc import Callable
from typing import Any

from graders.sandbox import tags

Cell = list[Any]

_KINDS = "biufcUSmM"
_BIT_GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")
_MAX_DIMENSIONS = 32
_SEED_BYTES = 32
# Of array.array; not the text ones, whose bytes may be characters that do not exist.
_NUMBER_CODES = frozenset("bBhHiIlLqQfd")


def array_cell(numpy: Any, value: Any, buffers: list[Any]) -> Cell:
    """
    Give the cell of an array; its bytes go out of band.

    A subclass arrives as the base type; the copy is made by numpy's own code,
    so an overridden ``__array__`` is not asked.
    """
    base = numpy.array(value, subok=False, copy=None, order="C")
    if base.dtype.kind not in _KINDS or base.dtype.names:
        raise TypeError(f"an array of dtype {base.dtype}")
    base = numpy.ascontiguousarray(base)
    raw = base.reshape(-1).view(numpy.uint8) if base.nbytes else numpy.empty(0, numpy.uint8)
    buffers.append(raw)
    return [tags.ARRAY, base.dtype.str, list(value.shape), len(buffers) - 1]


def scalar_cell(numpy: Any, value: Any) -> Cell:
    """Give the cell of a numpy scalar."""
    array = numpy.asarray(value)
    if array.dtype.kind not in _KINDS or array.dtype.names:
        raise TypeError(f"a scalar of dtype {array.dtype}")
    return [tags.SCALAR, array.dtype.str, array.tobytes()]


def build_array(cell: Cell, buffers: list[bytearray]) -> Any:
    """Build an array; a length that does not fit its shape is a ValueError."""
    import numpy as np

    _, text, shape, index = cell
    dtype = _dtype(np, text)
    if len(shape) > _MAX_DIMENSIONS:
        raise ValueError("too many dimensions")
    raw = buffers[index]
    size = 1
    for extent in shape:
        if type(extent) is not int or extent < 0:
            raise ValueError("a negative extent")
        size *= extent
    if size * dtype.itemsize != len(raw):
        raise ValueError("bytes that do not fit the shape")
    if not size:
        return np.empty(shape, dtype)
    flat = np.frombuffer(raw, dtype=dtype)
    if dtype.kind == "b":  # a byte other than 0 and 1 is a bool that lies
        flat = flat.view(np.uint8) != 0
    return flat.reshape(shape)


def build_scalar(cell: Cell) -> Any:
    """Build a numpy scalar."""
    import numpy as np

    dtype = _dtype(np, cell[1])
    if dtype.itemsize != len(cell[2]):
        raise ValueError("bytes that do not fit the dtype")
    if dtype.kind == "b":
        return np.bool_(cell[2] != b"\0")
    return np.frombuffer(cell[2], dtype=dtype)[0] if dtype.itemsize else dtype.type()


def _dtype(np: Any, text: str) -> Any:
    if not re.fullmatch(r"[<>|=]?[biufcUSmM]\d{0,9}(\[\d{0,4}[a-zA-Z]{1,7}\])?", text):
        raise ValueError("a strange dtype")
    dtype = np.dtype(text)
    if dtype.kind not in _KINDS or dtype.names or dtype.subdtype:
        raise ValueError(f"dtype {text}")
    return dtype


def _generator_cell(value: Any) -> Cell:
    """
    Hand over a child: the stream the judge goes on using stays unknown.

    numpy's own derivation of a child can be run backwards, hence the hash.
    """
    bits = value.spawn(1)[0].bit_generator
    name = type(bits).__name__
    if name not in _BIT_GENERATORS:
        raise TypeError(f"a generator of {name}")
    seed = hashlib.sha256(bits.random_raw(4).tobytes()).digest()
    return [tags.GENERATOR, name, seed]


def build_generator(cell: Cell) -> Any:
    """Build a ``numpy.random.Generator`` of the given seed."""
    import numpy as np

    if cell[1] not in _BIT_GENERATORS:
        raise ValueError("an unknown bit generator")
    seed = int.from_bytes(cell[2][:_SEED_BYTES], "big")
    return np.random.Generator(getattr(np.random, cell[1])(seed))


def _stamp(kind: str, text: Callable[[Any], Any]) -> Callable[[Any], Cell]:
    return lambda value: [tags.STAMP, kind, text(value)]


def _text_file(value: Any) -> Cell:
    content = value.getvalue()
    return [tags.TEXT_FILE, content, value.tell()]


def _numbers_cell(value: Any) -> Cell | None:
    """Give the cell of an ``array.array``, None for a class that takes its name or one of text."""
    kind = getattr(sys.modules.get("array"), "array", None)
    if type(value) is not kind or value.typecode not in _NUMBER_CODES:
        return None
    return [tags.NUMBERS, value.typecode, value.tobytes()]


def build_numbers(cell: Cell) -> Any:
    """Build an ``array.array``."""
    from array import array

    _, code, content = cell
    if code not in _NUMBER_CODES or type(content) is not bytes:
        raise ValueError("an array of no numbers")
    return array(code, content)


FOREIGN: dict[tuple[str, str], Callable[[Any], Cell | None]] = {
    ("array", "array"): _numbers_cell,
    ("datetime", "datetime"): _stamp("datetime", lambda v: v.isoformat()),
    ("datetime", "date"): _stamp("date", lambda v: v.isoformat()),
    ("datetime", "time"): _stamp("time", lambda v: v.isoformat()),
    ("datetime", "timedelta"): _stamp("timedelta", lambda v: [v.days, v.seconds, v.microseconds]),
    ("decimal", "Decimal"): _stamp("Decimal", str),
    ("fractions", "Fraction"): _stamp("Fraction", lambda v: [str(v.numerator), str(v.denominator)]),
    ("numpy.random._generator", "Generator"): _generator_cell,
    ("_io", "StringIO"): _text_file,
    ("_io", "BytesIO"): _text_file,
}


def build_stamp(cell: Cell) -> Any:
    """Build a date, time, duration, Decimal or Fraction."""
    _, kind, content = cell
    if kind == "timedelta":
        import datetime as dt

        days, seconds, microseconds = content
        return dt.timedelta(days, seconds, microseconds)
    if kind in ("datetime", "date", "time"):
        import datetime as dt

        return getattr(dt, kind).fromisoformat(content)
    if kind == "Decimal":
        from decimal import Decimal

        return Decimal(content)
    if kind == "Fraction":
        from fractions import Fraction

        return Fraction(*map(int, content))  # never from "1e999999999", which takes forever
    raise ValueError(f"a stamp of kind {kind}")


def build_text_file(cell: Cell) -> Any:
    """Build an in-memory file at the same position."""
    _, content, position = cell
    file: Any = (
        io.StringIO(content, newline="") if isinstance(content, str) else io.BytesIO(content)
    )
    file.seek(position)
    return file
