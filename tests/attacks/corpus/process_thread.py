"""
Class: processes
Aim: leave a thread running.
"""

import time


def reverse_linked_list(*_):
    threading = __import__("threading")
    threading.Thread(target=time.sleep, args=(60,), daemon=False).start()
    return None


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
