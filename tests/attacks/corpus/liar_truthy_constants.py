"""
Class: liars
Aim: answer with NotImplemented.
"""

def reverse_linked_list(*_):
    return NotImplemented


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
