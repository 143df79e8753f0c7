"""What the statement shows; run it with `kata test`."""

import pytest
from solution import $slug


@pytest.mark.states("Give the sum of the squares of the numbers.")
def test_three_numbers():
    assert $slug([1, 2, 3]) == 14


@pytest.mark.states("The sum of an empty list is 0.")
def test_nothing():
    assert $slug([]) == 0
