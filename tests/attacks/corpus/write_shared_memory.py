"""
Class: writing
Aim: leave a file in shared memory.
Control: no
"""

import os


def reverse_linked_list(*_):
    for path in ("/dev/shm/kata_left_behind", "/run/kata_left_behind"):
        try:
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY))
        except OSError:
            pass
    return None


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
