"""
Frames: one message, msgpack in front and raw buffers behind.

A frame is ``<u32 head length> <u32 buffer count> <u64 length of each buffer>
<head> <buffers>``. Every length is bounded before anything is allocated.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence
from typing import Any, Protocol

import msgspec

_PREFIX = struct.Struct("<II")
_MAX_BUFFERS = 65_536
_HEAD_SHARE = 4  # a byte of the head can become 64 bytes of objects, one of a buffer stays one
_JOIN_BELOW = 65_536  # one system call for small frames is worth a copy


class BadFrameError(Exception):
    """The other side sent something that is not a frame, or one too large."""


class ClosedError(Exception):
    """The other side is gone."""


class Channel(Protocol):
    """A two-way stream of bytes."""

    def send(self, data: bytes | memoryview) -> None:
        """Send all of it."""

    def receive_into(self, view: memoryview) -> None:
        """Fill the view; raises ClosedError at the end of the stream."""


class DescriptorChannel:
    """A stream over one descriptor, by plain ``read`` and ``write``."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def send(self, data: bytes | memoryview) -> None:
        """Send all of it."""
        view = memoryview(data)
        while view:
            view = view[os.write(self._descriptor, view) :]

    def receive_into(self, view: memoryview) -> None:
        """Fill the view; raises ClosedError at the end of the stream."""
        while view:
            got = os.readv(self._descriptor, [view])
            if not got:
                raise ClosedError
            view = view[got:]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode


def send_frame(channel: Channel, head: Any, buffers: Sequence[Any] = ()) -> None:
    """
    Send one frame.

    Raises:
        OverflowError, UnicodeEncodeError: The head holds an integer beyond 64
            bits or a lone surrogate; nothing was sent.
        ValueError: Too many buffers; nothing was sent.
        ClosedError, OSError: The other side is gone.
    """
    if len(buffers) > _MAX_BUFFERS:
        raise ValueError(f"a message of {len(buffers)} arrays")
    body = _encode(head)
    views = [memoryview(b).cast("B") if memoryview(b).nbytes else memoryview(b"") for b in buffers]
    sizes = struct.pack(f"<{len(views)}Q", *(view.nbytes for view in views))
    prefix = _PREFIX.pack(len(body), len(views)) + sizes
    if len(body) < _JOIN_BELOW:
        channel.send(prefix + body)
    else:
        channel.send(prefix)
        channel.send(body)
    for view in views:
        channel.send(view)


def receive_frame(channel: Channel, *, max_bytes: int) -> tuple[Any, list[bytearray]]:
    """
    Receive one frame.

    Args:
        channel: Where from.
        max_bytes: Bound on head and buffers together; a quarter of it on the head.

    Raises:
        BadFrameError: Too large, or not msgpack.
        ClosedError: The other side is gone.
    """
    prefix = bytearray(_PREFIX.size)
    channel.receive_into(memoryview(prefix))
    head_bytes, count = _PREFIX.unpack(prefix)
    if head_bytes > max_bytes // _HEAD_SHARE or count > _MAX_BUFFERS:
        raise BadFrameError(f"a frame of {head_bytes} bytes and {count} buffers")
    sizes: tuple[int, ...] = ()
    if count:
        packed = bytearray(8 * count)
        channel.receive_into(memoryview(packed))
        sizes = struct.unpack(f"<{count}Q", packed)
        if head_bytes + sum(sizes) > max_bytes:
            raise BadFrameError(f"a frame of {head_bytes + sum(sizes)} bytes")
    head = bytearray(head_bytes)
    channel.receive_into(memoryview(head))
    buffers = []
    for size in sizes:
        buffer = bytearray(size)
        channel.receive_into(memoryview(buffer))
        buffers.append(buffer)
    try:
        return _decode(head), buffers
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BadFrameError(str(error)) from None
