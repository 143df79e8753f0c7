"""
Class: exceptions
Aim: raise a text of twelve million signs in two million lines.
"""


def reverse_linked_list(*_):
    raise ValueError("12345\n" * 2_000_000)


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
