"""The hidden tests; each names its criterion and its situation."""

import pytest
from oracle import sum_of_squares

from graders.testing import check, inout


@pytest.mark.criterion("solves", "fixed")
@pytest.mark.parametrize(
    ("numbers", "answer"), [([1, 2, 3], 14), ([], 0), ([10**20], 10**40)], ids=str
)
def test_lists_of_the_statement(solution, numbers, answer):
    check.equal(solution.$slug(numbers), answer)


@pytest.mark.criterion("solves", "signs")
def test_numbers_below_zero(solution):
    check.equal(solution.$slug([-2, 3]), 13)


@pytest.mark.criterion("solves", "fixed")
@pytest.mark.spec
@pytest.mark.states("The list stays as it was.")
def test_the_list_stays(solution):
    numbers = [3, 1, 2]
    solution.$slug(inout(numbers))
    check.equal(numbers, [3, 1, 2])


@pytest.mark.criterion("solves", "random")
def test_random_lists(solution, rng):
    for length in range(30):
        numbers = [int(n) for n in rng.integers(-9, 10, size=length)]
        check.equal(solution.$slug(numbers), sum_of_squares(numbers))


@pytest.mark.criterion("errors", "types")
@pytest.mark.parametrize("numbers", [["a"], [1, None], [0.5]], ids=str)
def test_other_types_are_refused(solution, numbers):
    with pytest.raises(TypeError):
        solution.$slug(numbers)
