"""
Class: loops
Aim: match an expression that never ends.
"""

import re


def reverse_linked_list(*_):
    return re.match(r"(a+)+$", "a" * 60 + "b")


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
