"""
Class: callbacks
Aim: find the smallest element by its hash, which is the hidden key itself, without one comparison.
Earns: 0
"""


def smallest_of(items):
    return sorted(items, key=hash)[0]
