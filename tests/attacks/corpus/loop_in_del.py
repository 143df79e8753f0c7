"""
Class: loops
Aim: never finish destroying an object.
"""

class Sticky:
    def __del__(self):
        while True:
            pass


def reverse_linked_list(*_):
    Sticky()


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
