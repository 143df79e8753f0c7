"""
Class: liars
Aim: answer with not-a-number.
"""

def reverse_linked_list(*_):
    return float("nan")


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
