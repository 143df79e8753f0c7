"""
Class: crashes
Aim: recur without end.
"""

def reverse_linked_list(*_):
    return reverse_linked_list()


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
