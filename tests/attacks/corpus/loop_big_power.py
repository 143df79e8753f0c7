"""
Class: loops
Aim: compute a number of a billion digits.
"""

def reverse_linked_list(*_):
    return len(str(9 ** 9 ** 9))


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
