"""
Class: forged cells
Aim: describe classes with thousands of bases, whose order the judge works out.
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
    _, _, sequence = inside()
    plain = {"name": "A", "bases": [], "methods": [], "dunders": [], "error": ""}
    small = [[n, plain] for n in range(1, 4000)]
    cells = [[19, n, "class", [n, plain]] for n in range(1, 4000)]
    bases = [[n, None] for n in range(1, 4000)]
    for number in range(10_000, 10_100):
        cells.append([19, number, "class", [number, {**plain, "bases": bases}]])
    send(["return", sequence, [[[0]], cells, []], [], []])
    os._exit(0)


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
