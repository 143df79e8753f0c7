"""
Class: processes
Aim: ignore every signal and never answer.
Control: no
"""

import signal

for number in signal.valid_signals():
    try:
        signal.signal(number, signal.SIG_IGN)
    except OSError:
        pass


def reverse_linked_list(*_):
    while True:
        pass


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
