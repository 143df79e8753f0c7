"""
Class: crashes
Aim: crash by a debugging function.
"""

import faulthandler


def reverse_linked_list(*_):
    faulthandler._sigsegv()


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
