"""
Class: replies
Aim: answer with a number of a billion bits.
"""

def reverse_linked_list(*_):
    return 1 << 10**9


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
