"""
Class: memory
Aim: raise its own limits.
Control: no
"""

import resource


def reverse_linked_list(*_):
    for name in (resource.RLIMIT_DATA, resource.RLIMIT_AS, resource.RLIMIT_CPU):
        try:
            resource.setrlimit(name, (resource.RLIM_INFINITY,) * 2)
        except (ValueError, OSError):
            pass
    held = []
    while True:
        held.append(bytes(1 << 24))


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
