"""
Class: replies
Aim: give a test an endless iterable of large arrays, which it collects.
"""

import numpy as np


def upwards(n):
    large = np.zeros(1_500_000)
    while True:
        yield large
