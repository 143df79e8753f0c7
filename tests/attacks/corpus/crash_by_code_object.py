"""
Class: crashes
Aim: crash the interpreter with byte code that makes no sense.
"""

def reverse_linked_list(*_):
    def inner():
        return 1

    inner.__code__ = inner.__code__.replace(co_code=bytes([100, 255]) * 20, co_stacksize=0)
    return inner()


total = backwards = tally = upwards = scaled = positive = reverse_linked_list
smallest = smallest_of = distinct = reverse_linked_list
