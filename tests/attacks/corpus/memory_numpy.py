"""
Class: memory
Aim: take all memory with numpy.
"""

import numpy as np


def reverse_linked_list(*_):
    return np.ones(1 << 36)


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
