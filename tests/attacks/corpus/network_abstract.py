"""
Class: network
Aim: meet a helper at an abstract socket.
Control: no
"""

import socket


def reverse_linked_list(*_):
    socket.socket(socket.AF_UNIX).bind("\0kata")


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
