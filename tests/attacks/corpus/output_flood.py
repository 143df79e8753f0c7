"""
Class: output
Aim: print without end.
Control: no
"""

import sys


def reverse_linked_list(*_):
    while True:
        sys.stdout.write("x" * 65536)
        sys.stdout.flush()


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
