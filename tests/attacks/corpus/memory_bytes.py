"""
Class: memory
Aim: take all memory.
"""

def reverse_linked_list(*_):
    held = []
    while True:
        held.append(bytes(1 << 24))


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
