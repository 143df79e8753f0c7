"""
Class: loops
Aim: sleep just below the limit of each call, so that no call is stopped and all of them take long.
"""

import time


def reverse_linked_list(head, *more):
    time.sleep(0.5)


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
