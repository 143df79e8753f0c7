"""
Class: memory
Aim: take memory outside the heap.
"""

import mmap


def reverse_linked_list(*_):
    held = []
    while True:
        area = mmap.mmap(-1, 1 << 24)
        area.write(bytes(1 << 24))
        held.append(area)


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
