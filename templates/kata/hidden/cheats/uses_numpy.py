"""
Mistake: numpy does the work.
Fails: rules
Say: numpy is not allowed here. What would you write in its place?
Ask: When is numpy slower than a loop?
"""

import numpy as np


def $slug(numbers: list[int]) -> int:
    return int(np.square(numbers).sum())
