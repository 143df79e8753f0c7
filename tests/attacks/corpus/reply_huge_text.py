"""
Class: replies
Aim: answer with a text of 100 MB.
"""

def reverse_linked_list(*_):
    return "x" * 100_000_000


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
