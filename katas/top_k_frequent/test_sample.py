"""What the statement shows; run it with `kata test`."""

import pytest
from solution import k_largest, space_saving, top_k_frequent


@pytest.mark.parametrize(
    ("nums", "k", "result"),
    [
        ([1, 1, 1, 2, 2, 3], 2, [1, 2]),
        ([4, 6, 6, 4, 5], 2, [4, 6]),
        ([3, 1], 1, [3]),
        (["b", "a", "a"], 5, ["a", "b"]),
        ([7, 7], 0, []),
        ([], 3, []),
    ],
    ids=str,
)
@pytest.mark.states(
    "Give the `k` values that occur most often in `nums`, the most frequent first. Values that occur equally often stand in the order in which they first appear in `nums`."
)
def test_the_most_frequent(nums, k, result):
    assert top_k_frequent(nums, k) == result


@pytest.mark.parametrize(
    ("items", "k", "result"),
    [
        ([3, 1, 4, 1, 5], 2, [5, 4]),
        ([2, 7, 7], 2, [7, 7]),
        (["fig", "apple", "pear"], 2, ["pear", "fig"]),
        ([1, 0, True], 2, [1, True]),
        ([3, 1], 5, [3, 1]),
        ([3, 1], 0, []),
    ],
    ids=str,
)
@pytest.mark.states("Give the `k` largest items, the largest first.")
def test_the_k_largest(items, k, result):
    assert repr(k_largest(items, k)) == repr(result)


@pytest.mark.parametrize(
    ("stream", "k", "result"),
    [
        (["a", "b", "a"], 2, [("a", 2, 0), ("b", 1, 0)]),
        (["a", "b", "a", "c"], 2, [("a", 2, 0), ("c", 2, 1)]),
        (["a", "b", "c"], 2, [("c", 2, 1), ("b", 1, 0)]),
        (["a", "b", "c", "a"], 2, [("c", 2, 1), ("a", 2, 1)]),
        ([1, 2, 3], 1, [(3, 3, 2)]),
        ([], 4, []),
    ],
    ids=str,
)
@pytest.mark.states(
    "Give a tuple `(value, count, error)` for each counter at the end, the largest count first."
)
def test_a_stream(stream, k, result):
    assert space_saving(stream, k) == result


@pytest.mark.states(
    "`top_k_frequent` and `k_largest` raise `ValueError` when `k < 0`, and `space_saving` when `k < 1`, also for an empty list."
)
def test_a_k_out_of_range_is_refused():
    with pytest.raises(ValueError):
        top_k_frequent([1], -1)
    with pytest.raises(ValueError):
        k_largest([1], -1)
    with pytest.raises(ValueError):
        space_saving([1], 0)
