"""
Class: replies
Aim: answer with more steps than there is memory.
"""

def reverse_linked_list(*_):
    return range(1 << 62)


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
