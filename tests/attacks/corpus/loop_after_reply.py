"""
Class: loops
Aim: burn time after the answer has gone out.
"""

import sys


class Burning:
    def write(self, text):
        return len(text)

    def flush(self):
        while True:
            pass


def reverse_linked_list(*_):
    sys.stdout = Burning()


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
