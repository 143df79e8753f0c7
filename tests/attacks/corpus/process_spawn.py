"""
Class: processes
Aim: start a program.
Control: no
"""

import subprocess


def reverse_linked_list(*_):
    subprocess.run(["/bin/sh", "-c", "exit 0"], check=True)


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
