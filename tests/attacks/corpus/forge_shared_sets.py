"""
Class: forged cells
Aim: keep the judge busy with sets, longer than the attempt may take.
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
    cells = [[6, [7] * 1000] for _ in range(60)]
    items = []
    for number in range(60):
        bits = [-1 - (number >> place & 1) for place in range(8)]
        cells.append([6, [[number], *bits]])
        items.append([len(cells) - 1])
    first = len(cells)
    cells += [[2, items] for _ in range(1000)]
    send(["return", sequence, [[[first]], cells, []], [], []])
    os._exit(0)


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
