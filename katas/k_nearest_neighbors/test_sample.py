"""What the statement shows; run it with `kata test`."""

import numpy as np
import pytest
from solution import knn, knn_chunked, knn_regress

LINE, LABELS = [[0], [1], [5], [6]], [7, 7, 3, 3]


def test_a_batch_gives_a_label_for_each_query():
    found = knn(LINE, LABELS, [[0], [9]], 3)
    assert isinstance(found, np.ndarray)
    assert found.dtype == np.asarray(LABELS).dtype
    assert found.tolist() == [7, 3]


def test_a_single_query_gives_one_label():
    assert knn(LINE, LABELS, [0], 3) == 7


@pytest.mark.parametrize(("metric", "label"), [("l2", "a"), ("l1", "b")])
def test_the_two_metrics(metric, label):
    assert knn([[3, 3], [0, 5]], ["a", "b"], [0, 0], 1, metric=metric) == label


@pytest.mark.parametrize(("weights", "label"), [("uniform", 1), ("distance", 0)])
def test_the_two_weightings(weights, label):
    assert knn([[1], [4], [-4]], [0, 1, 1], [0], 3, weights=weights) == label


def test_the_longest_text_does_not_shorten_the_dtype():
    found = knn(LINE, ["no", "no", "maybe", "no"], [[0]], 1)
    assert found.dtype == np.dtype("<U5")
    assert found.tolist() == ["no"]


def test_small_integers_do_not_wrap_around():
    points = np.array([[3], [16]], dtype=np.uint8)
    assert knn(points, ["near", "far"], np.array([4], dtype=np.uint8), 1) == "near"
    assert knn(points, ["far", "near"], np.array([17], dtype=np.uint8), 1) == "near"


@pytest.mark.parametrize(("weights", "value"), [("uniform", 15.0), ("distance", 12.0)])
def test_a_number_for_a_batch(weights, value):
    found = knn_regress([[1], [4], [9]], [10, 20, 99], [[0]], 2, weights=weights)
    assert found.shape == (1,)
    assert found.dtype == np.float64
    assert found[0] == pytest.approx(value, rel=1e-9)


def test_distance_zero_counts_alone():
    found = knn_regress([[0], [0], [9]], [1, 2, 99], [0], 3, weights="distance")
    assert found == pytest.approx(1.5, rel=1e-9)


@pytest.mark.parametrize("chunk", [1, 2, 3, 100])
def test_chunks_change_nothing(chunk):
    assert knn_chunked(LINE, LABELS, [[0], [9], [1]], 3, chunk=chunk).tolist() == [7, 3, 7]


@pytest.mark.parametrize("k", [0, 5])
def test_a_k_out_of_range_is_refused(k):
    with pytest.raises(ValueError):
        knn(LINE, LABELS, [[0]], k)
