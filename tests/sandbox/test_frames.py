"""Frames: what is not one is refused before anything is allocated."""

import os
import socket
import struct

import msgspec
import pytest

from graders.sandbox.frames import (
    BadFrameError,
    ClosedError,
    DescriptorChannel,
    receive_frame,
    send_frame,
)


class Memory:
    """A channel into and out of bytes."""

    def __init__(self, data=b""):
        self.data = data
        self.writes = 0

    def send(self, data):
        self.data += bytes(data)
        self.writes += 1

    def receive_into(self, view):
        if len(view) > len(self.data):
            raise ClosedError
        view[:], self.data = self.data[: len(view)], self.data[len(view) :]


@pytest.mark.parametrize(
    "head",
    [[], [1, "a", None], {"a": [b"x"]}, ["x" * 70_000]],
    ids=["empty", "list", "dict", "long"],
)
@pytest.mark.parametrize("buffers", [[], [b"ab", b"", bytearray(70_000)]], ids=["bare", "loaded"])
def test_a_frame_arrives_as_it_was_sent(head, buffers):
    channel = Memory()

    send_frame(channel, head, buffers)

    assert receive_frame(channel, max_bytes=1 << 20) == (head, [bytearray(b) for b in buffers])
    assert channel.data == b""


def test_a_small_frame_is_one_write():
    channel = Memory()

    send_frame(channel, ["small"])

    assert channel.writes == 1


@pytest.mark.parametrize(
    "data",
    [
        struct.pack("<II", 1 << 31, 0),
        struct.pack("<II", 10, 1 << 30),
        struct.pack("<IIQ", 1, 1, 1 << 60),
        struct.pack("<IIQQ", 0, 2, 600, 600),
        struct.pack("<II", 3, 0) + b"\xc1\xc1\xc1",
        struct.pack("<II", 5, 0) + b"\xdd\xff\xff\xff\xff",
        struct.pack("<II", 2, 0) + b"\x01\x01",
        struct.pack("<II", 3, 0) + b"\xa2\xff\xfe",
        struct.pack("<II", 900, 0) + b"\x91" * 900 + b"\xc0",
    ],
    ids=(
        "a huge head",
        "a million buffers",
        "a huge buffer",
        "buffers too large together",
        "no msgpack",
        "a huge count",
        "bytes too many",
        "text that is no UTF-8",
        "too deep and cut off",
    ),
)
def test_what_is_no_frame_is_refused(data):
    with pytest.raises(BadFrameError):
        receive_frame(Memory(data), max_bytes=1000)


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00" * 7, struct.pack("<II", 4, 0) + b"abc", struct.pack("<IIQ", 1, 1, 5) + b"\x00ab"],
    ids=["nothing", "half a prefix", "half a head", "half a buffer"],
)
def test_a_truncated_frame_is_an_end(data):
    with pytest.raises(ClosedError):
        receive_frame(Memory(data), max_bytes=1000)


@pytest.mark.parametrize(
    ("head", "error"),
    [([1 << 64], OverflowError), (["\ud800"], UnicodeEncodeError), ([object()], TypeError)],
    ids=["an int beyond 64 bits", "a lone surrogate", "no data"],
)
def test_what_cannot_be_told_is_not_sent_at_all(head, error):
    channel = Memory()

    with pytest.raises(error):
        send_frame(channel, head)

    assert channel.writes == 0


def test_too_many_buffers_are_not_sent_at_all():
    channel = Memory()

    with pytest.raises(ValueError, match="70000 arrays"):
        send_frame(channel, [], [b""] * 70_000)

    assert channel.writes == 0


def test_a_descriptor_carries_more_than_fits_at_once():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        sender = DescriptorChannel(os.dup(ours.fileno()))
        sender.send(msgspec.msgpack.encode("x" * 100))
        got = bytearray(50)

        DescriptorChannel(theirs.fileno()).receive_into(memoryview(got))

        assert got[2:] == b"x" * 48
        os.close(sender._descriptor)


def test_a_closed_descriptor_is_an_end():
    ours, theirs = socket.socketpair()
    with theirs:
        ours.close()

        with pytest.raises(ClosedError):
            DescriptorChannel(theirs.fileno()).receive_into(memoryview(bytearray(1)))
