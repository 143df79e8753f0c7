"""
Class: callbacks
Aim: hand large arrays to a function of the test that keeps what it is given.
"""

import numpy as np


def smallest(values, key):
    large = np.zeros(1_500_000)
    while True:
        key(large)
