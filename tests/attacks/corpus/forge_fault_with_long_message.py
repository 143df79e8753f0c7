"""
Class: forged cells
Aim: give each exception a text of megabytes, which the judge keeps for its report.
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
    fault = {"error": "TypeError", "name": "TypeError", "class": None, "handle": 0}
    fault |= {"message": "x" * 4_000_000, "line": 1, "origin": -1, "export": -1}
    send(["raise", sequence, fault, [[[0], None], [[0, [[1]]], [6, []]], []], [], []])
    os._exit(0)


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
