"""
Class: exceptions
Aim: raise a text that cannot be encoded.
"""


def reverse_linked_list(*_):
    raise ValueError("\ud800 \x1b[2J ::error::x " * 1000, "\udfff")


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
