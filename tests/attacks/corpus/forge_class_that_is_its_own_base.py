"""
Class: forged cells
Aim: make the judge learn a class whose thousand bases are the class itself.
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


def load():
    _, _, sequence = inside()
    # Cells can hold themselves: 0 the names, 1 what f is, 2 a pair, 3 a description, 4 its bases.
    cells = [
        [1, ["f"], [[1]]],
        [0, ["class", [2]]],
        [0, [1, [3]]],
        [1, ["bases", "name"], [[4], "f"]],
        [0, [[2]] * 1000],
    ]
    send(["return", sequence, [[[0]], cells, []], [], []])
    os._exit(0)


load()
