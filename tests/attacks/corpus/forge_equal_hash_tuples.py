"""
Class: forged cells
Aim: make the judge compare thousands of long tuples that share a hash.
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
    cells, items = [], []
    for number in range(255):
        bits = [-1 - (number >> place & 1) for place in range(8)]
        # The long part is equal in all, and another object in each.
        cells.append([6, [7] * 1000])
        cells.append([6, [[len(cells) - 1], *bits]])
        items.append([len(cells) - 1])
    first = len(cells)
    cells += [[2, items] for _ in range(250)]
    send(["return", sequence, [[[first]], cells, []], [], []])
    os._exit(0)


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
