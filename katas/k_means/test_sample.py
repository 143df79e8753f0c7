"""What the statement shows; run it with `kata test`."""

import numpy as np
import pytest
from solution import KMeans, kmeans, kmeans_best, kmeans_pp_init

LINE = [[0], [2], [10], [12]]
SQUARE = [[0, 0], [0, 1], [4, 0], [4, 1]]


@pytest.mark.parametrize(
    ("options", "centers", "labels", "inertia", "n_iter"),
    [
        ({"max_iter": 0}, [[0], [2]], [0, 1, 1, 1], 164, 0),
        ({"max_iter": 1}, [[0], [8]], [0, 0, 1, 1], 24, 1),
        ({"max_iter": 2}, [[1], [11]], [0, 0, 1, 1], 4, 2),
        ({}, [[1], [11]], [0, 0, 1, 1], 4, 3),
        ({"tol": 5}, [[1], [11]], [0, 0, 1, 1], 4, 2),
    ],
    ids=["no_step", "one_step", "two_steps", "to_the_end", "tol"],
)
def test_four_points_on_a_line(options, centers, labels, inertia, n_iter):
    found = kmeans(LINE, 2, [[0], [2]], **options)
    assert isinstance(found, KMeans)
    assert found.centers.dtype == np.float64
    assert found.centers.tolist() == centers
    assert found.labels.dtype == np.int64
    assert found.labels.tolist() == labels
    assert found.inertia == pytest.approx(inertia, rel=1e-9)
    assert found.n_iter == n_iter


def test_a_centre_without_points_moves_to_the_farthest_point():
    found = kmeans([[0], [2], [9]], 2, [[1], [99]], max_iter=1)
    assert found.centers.ravel().tolist() == pytest.approx([11 / 3, 9], rel=1e-9)
    assert found.labels.tolist() == [0, 0, 1]
    assert found.inertia == pytest.approx((11 / 3) ** 2 + (5 / 3) ** 2, rel=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_no_point_twice_while_there_are_others(seed):
    found = kmeans_pp_init([[5], [5], [9]], 2, np.random.default_rng(seed))
    assert found.shape == (2, 1)
    assert found.dtype == np.float64
    assert sorted(found.ravel().tolist()) == [5, 9]


def test_equal_points_only():
    found = kmeans_pp_init([[5], [5], [5]], 2, np.random.default_rng(0))
    assert found.tolist() == [[5], [5]]


def test_a_drawn_start():
    drawn = kmeans_pp_init(LINE, 2, np.random.default_rng(4))
    found = kmeans(LINE, 2, "k-means++", max_iter=0, rng=np.random.default_rng(4))
    assert found.centers.tolist() == drawn.tolist()


def test_the_best_of_two_starts():
    stuck, good = [[2, 0], [2, 1]], [[0, 0], [4, 0]]
    assert kmeans_best(SQUARE, 2, [stuck]).inertia == pytest.approx(16, rel=1e-9)
    for starts in ([stuck, good], [good, stuck]):
        found = kmeans_best(SQUARE, 2, starts)
        assert found.inertia == pytest.approx(1, rel=1e-9)
        assert found.centers.tolist() == [[0, 0.5], [4, 0.5]]


@pytest.mark.parametrize("k", [0, 5])
def test_a_k_out_of_range_is_refused(k):
    with pytest.raises(ValueError):
        kmeans(LINE, k, [[0], [2]])
