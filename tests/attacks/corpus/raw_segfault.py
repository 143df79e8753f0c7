"""
Class: crashes
Aim: read address 0.
"""

import ctypes


def reverse_linked_list(*_):
    ctypes.string_at(0)


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
