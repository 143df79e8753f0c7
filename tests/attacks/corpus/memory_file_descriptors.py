"""
Class: memory
Aim: take all descriptors.
"""

def reverse_linked_list(*_):
    held = []
    while True:
        held.append(open("/dev/null"))


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
