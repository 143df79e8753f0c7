"""
Class: loops
Aim: never answer.
"""

def reverse_linked_list(*_):
    while True:
        pass


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
