import numpy as np
from solution import running_mean


def test_a_mean():
    assert running_mean(np.array([1.0, 3.0])).tolist() == [1.0, 2.0]
