"""Tests of many kinds, so that every door of the wall is tried."""

import numpy as np
import pytest
from graders.testing import check, inout
from oracle import SECRET_LINE, SECRET_NUMBER, SECRET_TEXT, ListNode, assert_is, build  # noqa: F401


@pytest.mark.criterion("nodes", "several")
@pytest.mark.parametrize("size", [2, 3, 6])
def test_several_nodes(solution, size):
    nodes = build([SECRET_NUMBER + i for i in range(size)])
    assert_is(solution.reverse_linked_list(inout(nodes[0])), nodes[::-1])


@pytest.mark.criterion("nodes", "identity")
def test_the_same_nodes(solution, rng):
    values = rng.integers(0, 9, 5).tolist()
    nodes = build(values)
    assert solution.reverse_linked_list(inout(nodes[0])) is nodes[-1]
    assert [node.val for node in nodes] == values
    assert nodes[0].next is None


@pytest.mark.criterion("nodes", "long")
def test_a_long_list(solution):
    nodes = build(range(2000))
    assert_is(solution.reverse_linked_list(inout(nodes[0])), nodes[::-1])


@pytest.mark.criterion("values", "number")
@pytest.mark.parametrize("values", [[SECRET_NUMBER, 1], [SECRET_LINE, 0], [3, 4, 5]], ids="abc")
def test_a_number(solution, values):
    check.equal(solution.total(values), sum(values))


@pytest.mark.criterion("values", "number")
def test_no_numbers_are_refused(solution):
    with pytest.raises(ValueError):
        solution.total([])


@pytest.mark.criterion("values", "text")
@pytest.mark.parametrize("text", [SECRET_TEXT, "abc"], ids="ab")
def test_a_text(solution, text):
    check.equal(solution.backwards(text), text[::-1])


@pytest.mark.criterion("values", "table")
def test_a_table(solution):
    check.equal(solution.tally(["a", "b", "a"]), {"a": 2, "b": 1})


@pytest.mark.criterion("values", "steps")
@pytest.mark.parametrize("size", [5, 6, 7])
def test_steps(solution, size):
    assert list(solution.upwards(size)) == list(range(size))


@pytest.mark.criterion("values", "array")
def test_an_array(solution):
    check.close(solution.scaled(np.arange(4.0)), np.arange(4.0) * 2)


@pytest.mark.criterion("values", "array")
def test_a_mask(solution):
    assert np.array_equal(solution.positive(np.array([1.0, -1.0])), np.array([True, False]))


@pytest.mark.criterion("calls", "key")
def test_a_key(solution):
    asked = []

    def key(value):
        asked.append(value)
        return -value

    assert solution.smallest([3, 9, 4], key) == 9
    assert asked == [3, 9, 4]


@pytest.mark.criterion("order", "few")
def test_few_comparisons(solution, oracle, measure, rng):
    for _ in range(5):
        keys = rng.permutation(30).tolist()
        items = oracle.items(keys)
        assert solution.smallest_of(items) is items[keys.index(0)]
    measure.comparisons(oracle, at_most=5 * 29)


@pytest.mark.criterion("speed", "growing")
def test_linear_time(measure):
    def run(solution, n, rng):
        values = rng.integers(0, n, n).tolist()
        assert solution.distinct(values) == len(set(values))

    measure.cpu_slope(run)
