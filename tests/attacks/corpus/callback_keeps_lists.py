"""
Class: callbacks
Aim: hand millions of short texts to a function of the test that keeps what it is given.
"""


def smallest(values, key):
    many = ["ab", "cd"] * 600_000
    while True:
        try:
            key(many)
        except TypeError:
            pass
