"""
Class: replies
Aim: answer with a Decimal that no int can hold.
"""

import decimal


def reverse_linked_list(*_):
    return decimal.Decimal("1e999999999")


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
