"""
Class: loops
Aim: sleep for a day.
"""

import time


def reverse_linked_list(*_):
    time.sleep(86_400)


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
