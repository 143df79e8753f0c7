"""
Class: replies
Aim: give the longest range that may cross, which the test makes a list of.
"""


def upwards(n):
    return range(10_000_000)
