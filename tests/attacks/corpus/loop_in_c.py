"""
Class: loops
Aim: never answer, in one instruction of C.
"""

import itertools


def reverse_linked_list(*_):
    return sum(itertools.repeat(0))


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
