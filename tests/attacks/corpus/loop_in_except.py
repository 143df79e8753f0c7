"""
Class: loops
Aim: catch every exception and go on.
"""

def reverse_linked_list(*_):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
