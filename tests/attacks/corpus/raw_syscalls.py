"""
Class: processes
Aim: ask the kernel past Python: clone, unshare, ptrace, process_vm_writev, io_uring, kill.
Control: no
"""

import ctypes

LIBC = ctypes.CDLL(None)


def reverse_linked_list(*_):
    for number in (56, 57, 58, 101, 272, 311, 425, 426, 435, 62, 41, 319, 321, 59):
        LIBC.syscall(number, 0, 0, 0, 0, 0, 0)
    return None


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
