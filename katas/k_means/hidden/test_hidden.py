"""Fixed cases first, then random ones against fractions and laws."""

import math
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from oracle import KMeans, UndecidedError, pair_law, trajectory

from graders.testing import check, inout

LINE = np.array([[0.0], [2.0], [10.0], [12.0]])
SQUARE = np.array([[0.0, 0.0], [0.0, 1.0], [4.0, 0.0], [4.0, 1.0]])


def close(actual, expected):
    check.close(actual, expected, rtol=1e-9, atol=1e-9)


def plain(value, kind):
    """One number: Python's, or NumPy's of 64 bits."""
    if isinstance(value, np.generic):
        assert value.dtype in (np.float64, np.int64)
        value = value.item()
    assert type(value) is kind
    return value


def assert_run(found, centers, labels, inertia, n_iter):
    assert isinstance(found, KMeans)
    check.equal(plain(found.n_iter, int), n_iter)
    close(found.centers, np.array(centers, dtype=float))
    check.equal(found.labels, np.array(labels, dtype=np.int64))
    close(plain(found.inertia, float), float(inertia))


def assert_labels(solution, X, centers, labels):
    """Only the first half of an iteration, and no end to it."""
    X, centers = np.array(X, dtype=float), np.array(centers, dtype=float)
    found = solution.kmeans(X, len(centers), centers, 0)
    check.equal(found.labels, np.array(labels, dtype=np.int64))


def assert_moved(solution, X, init, centers):
    """Where one iteration leads."""
    X, init = np.array(X, dtype=float), np.array(init, dtype=float)
    close(solution.kmeans(X, len(init), init, 1).centers, np.array(centers, dtype=float))


def grid(rng, n, d, most):
    return rng.integers(-most, most + 1, (n, d)).astype(float)


def decided(rng, cases, *, init=None, tol=0, most=200):
    """Give X, init and their trajectory, where no rounding decides."""
    for n, d, k in cases:
        for _ in range(20):
            X = grid(rng, n, d, most)
            start = init(rng, X, k) if init else rng.permutation(X)[:k]
            try:
                path = trajectory(X, start, tol)
            except UndecidedError:
                continue
            yield X, start, path
            break


def inertia_of(X, centers):
    return sum(min(math.dist(x, c) ** 2 for c in centers.tolist()) for x in X.tolist())


# Iterating ------------------------------------------------------------------


def lloyd(situation):
    return pytest.mark.criterion("lloyd", situation)


@lloyd("hand")
@pytest.mark.parametrize(
    ("most", "centers", "labels", "inertia"),
    [(1, [[0], [8]], [0, 0, 1, 1], 24), (2, [[1], [11]], [0, 0, 1, 1], 4)],
    ids=["one", "two"],
)
@pytest.mark.states("Each centre moves to the mean of its points.")
def test_the_first_iterations_on_a_line(solution, most, centers, labels, inertia):
    found = solution.kmeans(LINE, 2, np.array([[0.0], [2.0]]), most)
    assert_run(found, centers, labels, inertia, most)


@lloyd("hand")
def test_the_last_iteration_moves_nothing_and_counts(solution):
    assert_run(solution.kmeans(LINE, 2, LINE[:2]), [[1], [11]], [0, 0, 1, 1], 4, 3)


@lloyd("distance")
@pytest.mark.states("Each point gets the label of its nearest centre, by Euclidean distance.")
def test_the_distance_is_euclidean(solution):
    assert_labels(solution, [[0, 0], [9, 9]], [[0, 5], [3, 3]], [1, 1])
    assert_labels(solution, [[0, 0, 0]] * 2, [[4, 4, 4], [7, 0, 0]], [0, 0])


@lloyd("distance")
@pytest.mark.spec
@pytest.mark.states(
    "the sum of the squared distances of all points to their nearest centres, one float"
)
def test_every_feature_counts(solution):
    X = np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 9.0], [0.0, 5.0, 1.0]])
    found = solution.kmeans(X, 3, np.array([[0.0, 0, 8], [0, 4, 1], [1, 0, 1]]), 0)
    assert_run(found, [[0, 0, 8], [0, 4, 1], [1, 0, 1]], [2, 0, 1], 3, 0)


@lloyd("means")
def test_a_centre_is_the_mean_and_not_the_middle_point(solution):
    assert_moved(solution, [[0], [0], [9], [100], [103]], [[1], [99]], [[3], [101.5]])
    assert_moved(solution, [[0, 5], [0, 6], [6, 10]], [[2, 2]], [[2, 7]])


@lloyd("ties")
@pytest.mark.states("Of equally near centres it takes the one with the smaller index.")
def test_halfway_points_go_to_the_smaller_index(solution):
    assert_labels(solution, [[0], [1], [2], [3], [4]], [[0], [2], [4]], [0, 0, 1, 1, 2])
    assert_labels(solution, [[0], [1], [2], [3], [4]], [[4], [2], [0]], [2, 1, 1, 0, 0])
    X = [[0, 1], [3, 0], [0, 0], [-9, 0]]
    assert_labels(solution, X, [[3, 4], [-5, 0], [5, 0], [4, 3]], [0, 2, 0, 1])


@lloyd("init")
@pytest.mark.states(
    "the centres after the last iteration, float64, shape `(k, d)`, in the order of `init`"
)
def test_the_centres_to_start_from_matter(solution):
    stuck = solution.kmeans(SQUARE, 2, np.array([[2.0, 0.0], [2.0, 1.0]]))
    assert_run(stuck, [[2, 0], [2, 1]], [0, 1, 0, 1], 16, 1)
    good = solution.kmeans(SQUARE, 2, np.array([[4.0, 0.0], [0.0, 0.0]]))
    assert_run(good, [[4, 0.5], [0, 0.5]], [1, 1, 0, 0], 1, 2)


@lloyd("init")
@pytest.mark.spec
@pytest.mark.states("With `max_iter=0` the centres are those of `init`.")
def test_no_iteration_leaves_the_centres_where_they_are(solution):
    found = solution.kmeans(LINE, 2, np.array([[3.5], [-1.0]]), max_iter=0)
    assert_run(found, [[3.5], [-1]], [1, 0, 0, 0], 1 + 1.5**2 + 6.5**2 + 8.5**2, 0)


@lloyd("extremes")
def test_one_centre_goes_to_the_mean_of_all(solution):
    X = np.array([[1.0, 2.0], [3.0, 8.0], [8.0, 2.0], [0.0, 0.0]])
    assert_run(solution.kmeans(X, 1, X[:1]), [[3, 3]], [0] * 4, 74, 2)


@lloyd("extremes")
@pytest.mark.spec
@pytest.mark.states("`1 <= n <= 10 000`, `1 <= d <= 16` and `1 <= k <= 256`.")
def test_as_many_centres_as_points(solution):
    X = np.array([[5.0, 1.0], [0.0, 2.0], [7.0, 7.0]])
    assert_run(solution.kmeans(X, 3, X[[2, 0, 1]]), X[[2, 0, 1]], [1, 2, 0], 0, 1)
    assert_run(solution.kmeans(X[:1], 1, X[2:]), X[:1], [0], 0, 2)


@lloyd("laws")
def test_moving_turning_and_stretching_the_points(solution, rng):
    turn = np.array([[3.0, -4.0], [4.0, 3.0]])
    for X, init, path in decided(rng, [(8, 2, 2), (16, 2, 3), (16, 2, 4)]):
        end = path[-1]
        found = solution.kmeans(X @ turn + [70, -900], len(init), init @ turn + [70, -900])
        centers = end.centers @ turn + [70, -900]
        assert_run(found, centers, end.labels, 25 * end.inertia, len(path) - 1)


@lloyd("laws")
def test_the_order_of_points_and_of_centres_only_renames(solution, rng):
    for X, init, path in decided(rng, [(9, 1, 2), (14, 2, 3), (18, 3, 4)]):
        end, rows, names = path[-1], rng.permutation(len(X)), rng.permutation(len(init))
        found = solution.kmeans(X[rows], len(init), init[names])
        labels = np.argsort(names)[end.labels][rows]
        assert_run(found, end.centers[names], labels, end.inertia, len(path) - 1)


@lloyd("laws")
def test_an_end_is_a_fixed_point_that_splits_the_scatter(solution, rng):
    for n, d, k in [(20, 1, 3), (60, 2, 4), (100, 5, 6)]:
        X = rng.normal(size=(n, d))
        found = solution.kmeans(X, k, X[:k], 1000)
        members = [X[found.labels == j] for j in range(k)]
        close(found.centers, np.array([own.mean(axis=0) for own in members]))
        close(plain(found.inertia, float), inertia_of(X, found.centers))
        between = sum(
            len(own) * math.dist(own.mean(axis=0), X.mean(axis=0)) ** 2 for own in members
        )
        total = float(((X - X.mean(axis=0)) ** 2).sum())
        close(plain(found.inertia, float) + between, total)


@lloyd("random")
@pytest.mark.parametrize("most", [0, 1, 2, 100])
def test_random_points(solution, rng, most):
    cases = [(3, 1, 2), (6, 1, 3), (8, 2, 2), (12, 2, 4), (20, 3, 3), (24, 2, 5)]
    for X, init, path in decided(rng, cases):
        last = min(most, len(path) - 1)
        assert_run(solution.kmeans(X, len(init), init, most), *path[last], last)


# Stopping -------------------------------------------------------------------


def stop(situation):
    return pytest.mark.criterion("stop", situation)


@stop("still")
def test_a_single_label_is_no_reason_to_stop(solution):
    X = np.array([[1.0], [2.0], [9.0]])
    assert_run(solution.kmeans(X, 1, np.array([[0.0]])), [[4]], [0, 0, 0], 38, 2)
    assert_run(solution.kmeans(X, 1, np.array([[0.0]]), 1), [[4]], [0, 0, 0], 38, 1)


@stop("still")
@pytest.mark.parametrize("tol", [0.0, 1.0])
@pytest.mark.states(
    "`kmeans` stops after the first iteration in which no centre moved farther than `tol`"
)
def test_centres_at_rest_stop_after_one_iteration(solution, tol):
    found = solution.kmeans(LINE, 2, np.array([[1.0], [11.0]]), tol=tol)
    assert_run(found, [[1], [11]], [0, 0, 1, 1], 4, 1)


@stop("still")
def test_labels_that_stay_are_no_reason_to_stop_either(solution):
    X = np.array([[0.0], [4.0], [20.0], [24.0]])
    found = solution.kmeans(X, 2, np.array([[1.0], [21.0]]))
    assert_run(found, [[2], [22]], [0, 0, 1, 1], 16, 2)


@stop("tol")
def test_a_movement_as_long_as_tol_is_none(solution):
    X, init = np.array([[0.0, 0.0], [6.0, 8.0], [100.0, 0.0]]), np.array([[0.0, 0.0], [100.0, 0.0]])
    assert_run(solution.kmeans(X, 2, init, tol=5), [[3, 4], [100, 0]], [0, 0, 1], 50, 1)
    assert_run(solution.kmeans(X, 2, init, tol=4.75), [[3, 4], [100, 0]], [0, 0, 1], 50, 2)


@stop("tol")
def test_the_centre_that_moves_most_decides(solution):
    for tol, centers, inertia, n_iter in [(5, [[1], [11]], 4, 2), (6, [[0], [8]], 24, 1)]:
        found = solution.kmeans(LINE, 2, LINE[:2], tol=tol)
        assert_run(found, centers, [0, 0, 1, 1], inertia, n_iter)


@stop("tol")
def test_tol_is_about_centres_and_not_about_inertia(solution):
    X = np.array([[0.0], [100.0]])
    assert_run(solution.kmeans(X, 1, np.array([[49.0]]), tol=1.5), [[50]], [0, 0], 5000, 1)
    X = np.array([[0.0], [0.25], [0.5]])
    assert_run(solution.kmeans(X, 1, np.array([[0.0]]), tol=0.2), [[0.25]], [0, 0, 0], 0.125, 2)


@stop("limit")
def test_max_iter_ends_it(solution):
    X = np.arange(10.0)[:, None] ** 2
    path = trajectory(X, X[:2])
    for most in range(len(path)):
        assert_run(solution.kmeans(X, 2, X[:2], most), *path[most], most)


@stop("together")
@pytest.mark.states(
    "`labels` and `inertia` belong to the `centers` of the same result, also when `max_iter` put an end to it."
)
def test_an_early_end_belongs_together(solution):
    X = np.array([[0.0], [1.0], [2.0], [3.0], [100.0]])
    found = solution.kmeans(X, 2, np.array([[0.0], [1.0]]), 1)
    assert_run(found, [[0], [26.5]], [0, 0, 0, 0, 1], 14 + 73.5**2, 1)


@stop("together")
@pytest.mark.parametrize("tol", [0.0, 30.0])
def test_what_is_returned_fits_the_centres(solution, rng, tol):
    for n, d, k, most in [(20, 2, 3, 1), (40, 1, 5, 2), (60, 3, 4, 3)]:
        X = grid(rng, n, d, 100) + rng.random((n, d))
        found = solution.kmeans(X, k, X[:k], most, tol)
        close(plain(found.inertia, float), inertia_of(X, found.centers))
        own = found.centers[found.labels]
        close(float(((X - own) ** 2).sum()), plain(found.inertia, float))


@stop("falls")
def test_the_inertia_never_rises(solution, rng):
    for n, d, k in [(30, 1, 4), (50, 2, 6), (80, 3, 8)]:
        X = rng.normal(size=(n, d))
        start = X[:k] + 5
        runs = [solution.kmeans(X, k, start, most) for most in range(8)]
        for before, after in pairwise(runs):
            assert plain(after.inertia, float) <= plain(before.inertia, float) + 1e-9
            assert plain(after.n_iter, int) - plain(before.n_iter, int) in (0, 1)


@stop("random")
@pytest.mark.parametrize("tol", [1, 10, 40])
def test_random_points_with_a_tol(solution, rng, tol):
    cases = [(6, 1, 2), (12, 1, 3), (16, 2, 3), (24, 2, 4)]
    for X, init, path in decided(rng, cases, tol=tol):
        found = solution.kmeans(X, len(init), init, tol=tol)
        assert_run(found, *path[-1], len(path) - 1)


# Empty clusters -------------------------------------------------------------


def empty(situation):
    return pytest.mark.criterion("empty", situation)


@empty("one")
@pytest.mark.states(
    "A centre without points moves to the point that is farthest from its own centre."
)
def test_an_empty_centre_moves_to_the_farthest_point(solution):
    assert_moved(solution, [[0], [3], [9]], [[1], [99]], [[4], [9]])
    assert_moved(solution, [[0], [3], [9]], [[-99], [1]], [[9], [4]])
    assert_moved(solution, [[0], [8], [5], [50], [53]], [[4], [99], [51]], [[13 / 3], [0], [51.5]])


@empty("one")
@pytest.mark.states("The means of the others are as if nothing had been taken away from them.")
def test_the_others_do_not_notice(solution):
    found = solution.kmeans(np.array([[0.0], [3.0], [9.0]]), 2, np.array([[1.0], [99.0]]))
    assert_run(found, [[1.5], [9]], [0, 0, 1], 4.5, 3)


@empty("one")
@pytest.mark.states("measured with the labels and the centres of the first half of the iteration.")
def test_farthest_before_the_means_move(solution):
    assert_moved(solution, [[0], [5], [6], [7]], [[4], [99]], [[4.5], [0]])
    assert_moved(solution, [[10], [4], [3], [3]], [[6], [-99]], [[5], [10]])
    assert_moved(solution, [[0], [7], [8], [9]], [[3], [99]], [[6], [9]])


@empty("one")
@pytest.mark.states("Of equally far points the one with the smaller index is taken.")
def test_equally_far_points(solution):
    assert_moved(solution, [[3], [9], [1], [-1], [-7]], [[1], [99]], [[1], [9]])
    assert_moved(solution, [[3], [-7], [1], [-1], [9]], [[1], [99]], [[1], [-7]])


@empty("several")
@pytest.mark.states(
    "the one with the smallest index takes the farthest point, the next one the second farthest"
)
def test_several_empty_centres_take_different_points(solution):
    X = [[0], [1], [2], [5], [12]]
    assert_moved(solution, X, [[0], [50], [60], [70]], [[4], [12], [5], [2]])
    assert_moved(solution, X, [[70], [0], [60]], [[12], [4], [5]])


@empty("one")
@pytest.mark.states("in which no centre moved farther than `tol`")
def test_the_move_of_an_empty_centre_is_a_move(solution):
    found = solution.kmeans(np.array([[0.0], [2.0], [10.0]]), 2, np.array([[4.0], [99.0]]))
    assert_run(found, [[1], [10]], [0, 0, 1], 2, 3)


@empty("one")
@pytest.mark.states("in which no centre moved farther than `tol`")
def test_labels_may_stay_while_an_empty_centre_moves(solution):
    X, init = np.array([[0.0], [2.0], [20.0]]), np.array([[1.0], [14.0], [99.0]])
    assert_run(solution.kmeans(X, 3, init), [[2], [20], [0]], [2, 0, 1], 0, 4)


@empty("several")
def test_equally_far_points_for_several(solution):
    X = [[2], [-2], [2], [-2], [0], [0], [0], [0]]
    assert_moved(solution, X, [[0], [50], [60], [70]], [[0], [2], [-2], [2]])


@empty("duplicates")
@pytest.mark.states("Points may be equal, and there may be fewer different points than centres.")
def test_equal_points_only(solution):
    X = np.full((4, 2), 3.0)
    assert_run(solution.kmeans(X, 3, X[:3]), X[:3], [0] * 4, 0, 1)
    init = np.array([[1.0, 1.0], [9.0, 9.0], [8.0, 8.0]])
    assert_run(solution.kmeans(X, 3, init), X[:3], [0] * 4, 0, 2)


@empty("duplicates")
def test_fewer_different_points_than_centres(solution):
    X = np.array([[1.0], [1.0], [5.0], [5.0]])
    path = trajectory(X, X[:3])
    assert_run(solution.kmeans(X, 3, X[:3]), *path[-1], len(path) - 1)


@empty("random")
def test_random_points_and_centres_far_away(solution, rng):
    def far_away(rng, X, k):
        return np.concatenate([X[:1], 5000 + grid(rng, k - 1, X.shape[1], 400)])

    cases = [(5, 1, 2), (8, 1, 3), (10, 2, 3), (16, 2, 5), (24, 3, 6)]
    for X, init, path in decided(rng, cases, init=far_away):
        for most in (1, 100):
            last = min(most, len(path) - 1)
            assert_run(solution.kmeans(X, len(init), init, most), *path[last], last)


# k-means++ ------------------------------------------------------------------


def seeding(situation):
    return pytest.mark.criterion("seeding", situation)


def drawn(solution, X, k, seed):
    return solution.kmeans_pp_init(np.array(X, dtype=float), k, np.random.default_rng(seed))


def assert_law(counts, law):
    """Assert frequencies by chi-square; what follows the law fails once in ten million times."""
    draws = sum(counts.values())
    assert set(counts) <= set(law)
    far = sum((counts.get(v, 0) - draws * p) ** 2 / (draws * p) for v, p in law.items())
    freedom = len(law) - 1
    assert far < freedom * (1 - 2 / (9 * freedom) + 5.2 * math.sqrt(2 / (9 * freedom))) ** 3


@seeding("points")
@pytest.mark.states("Give `k` points of `X` as starting centres: float64, shape `(k, d)`")
@pytest.mark.spec
@pytest.mark.parametrize("dtype", ["float64", "int64", "uint8"])
def test_the_centres_are_points_as_floats(solution, dtype):
    X = np.array([[1, 9], [250, 3], [4, 100], [7, 7]], dtype)
    found = solution.kmeans_pp_init(X, 3, np.random.default_rng(1))
    check.equal(found, np.array(found.tolist(), dtype=float).reshape(3, 2))
    assert {tuple(row) for row in found.tolist()} <= {tuple(row) for row in X.tolist()}


@seeding("first")
@pytest.mark.spec
@pytest.mark.states("The first is drawn uniformly from the `n` points.")
def test_every_point_comes_first_equally_often(solution):
    X = [[0], [1], [2], [50], [51]]
    counts = Counter(float(drawn(solution, X, 1, seed)[0, 0]) for seed in range(100))
    assert_law(counts, {float(v): 0.2 for [v] in X})


@seeding("first")
@pytest.mark.states("The first is drawn uniformly from the `n` points.")
def test_equal_points_come_first_as_often_as_there_are_of_them(solution):
    X = [[5]] * 8 + [[9]]
    counts = Counter(float(drawn(solution, X, 1, seed)[0, 0]) for seed in range(100))
    assert_law(counts, {5.0: 8 / 9, 9.0: 1 / 9})


@seeding("law")
@pytest.mark.states(
    "Each further one is drawn from the `n` points with probabilities proportional to D², the squared Euclidean distance"
)
def test_the_law_of_the_second_centre(solution):
    X = [[0], [3], [5]] * 4
    pairs = [drawn(solution, X, 2, seed).ravel().tolist() for seed in range(240)]
    assert_law(Counter(tuple(pair) for pair in pairs), pair_law(X))


@seeding("far")
def test_a_far_point_outweighs_a_crowd(solution):
    """By D the crowd would weigh as much as the far point; by D² it comes up once in 200 draws."""
    X = [[0], [1]] * 200 + [[200]]
    firsts = [drawn(solution, X, 2, seed) for seed in range(40)]
    assert sum(200.0 not in pair.ravel().tolist() for pair in firsts) <= 5


@seeding("distinct")
@pytest.mark.states("from the point to the nearest of the centres drawn so far.")
def test_no_place_is_drawn_twice_while_there_are_others(solution):
    X = np.repeat(np.array([[0.0], [100], [200], [300], [400], [500], [600], [700]]), 5, axis=0)
    for seed in range(6):
        found = drawn(solution, X, 8, seed)
        check.equal(sorted(found.ravel().tolist()), X[::5].ravel().tolist())


@seeding("distinct")
def test_blobs_far_apart_get_a_centre_each(solution, rng):
    for _ in range(6):
        X = np.repeat(np.arange(6.0) * 1e5, 4)[:, None] + rng.random((24, 1))
        found = solution.kmeans_pp_init(rng.permutation(X), 6, rng)
        check.equal(sorted((found.ravel() // 1e5).tolist()), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0])


@seeding("distinct")
@pytest.mark.states("When every point lies on a centre already, all D² are 0.")
def test_points_that_are_close_together_are_not_one(solution):
    X = [[5.0]] * 6 + [[5.0 + 2.0**-24]]
    for seed in range(8):
        check.equal(sorted(drawn(solution, X, 2, seed).ravel().tolist()), [X[0][0], X[-1][0]])


@seeding("duplicates")
@pytest.mark.states(
    "When every point lies on a centre already, all D² are 0. Then draw uniformly from the `n` points."
)
def test_equal_points_can_be_drawn_again(solution):
    for seed in range(3):
        check.equal(drawn(solution, [[5, 1]] * 4, 3, seed), np.array([[5.0, 1.0]] * 3))
    X = [[5], [5], [5], [9]]
    third = [drawn(solution, X, 3, seed).ravel().tolist() for seed in range(200)]
    check.equal({tuple(sorted(found[:2])) for found in third}, {(5.0, 9.0)})
    assert_law(Counter(found[2] for found in third), {5.0: 0.75, 9.0: 0.25})


@seeding("generator")
@pytest.mark.states("generators in equal states give equal answers.")
def test_equal_generators_give_equal_answers(solution):
    X = np.arange(60.0).reshape(30, 2) ** 2
    for seed in range(4):
        check.equal(drawn(solution, X, 5, seed), drawn(solution, X, 5, seed))


@seeding("generator")
@pytest.mark.spec
@pytest.mark.states("Draw from `rng` alone")
def test_other_generators_give_other_answers(solution):
    X = np.arange(600.0).reshape(300, 2) ** 2
    answers = {tuple(drawn(solution, X, 5, seed).ravel().tolist()) for seed in range(6)}
    assert len(answers) > 3


@seeding("start")
@pytest.mark.states(
    '`kmeans` with `init="k-means++"` starts from `kmeans_pp_init(X, k, rng)`, and nothing else draws from `rng`.'
)
def test_kmeans_from_a_drawn_start(solution):
    X = np.arange(80.0).reshape(40, 2) ** 2
    for seed in range(4):
        start = drawn(solution, X, 4, seed)
        found = solution.kmeans(X, 4, "k-means++", 0, rng=np.random.default_rng(seed))
        close(found.centers, start)
        again = solution.kmeans(X, 4, rng=np.random.default_rng(seed))
        from_start = solution.kmeans(X, 4, start)
        close(again.centers, from_start.centers)
        check.equal(again.labels, from_start.labels)


# Several starts -------------------------------------------------------------


def best(situation):
    return pytest.mark.criterion("best", situation)


STUCK, GOOD, OTHER = [[2.0, 0.0], [2.0, 1.0]], [[0.0, 0.0], [4.0, 0.0]], [[4.0, 1.0], [0.0, 1.0]]


@best("smallest")
@pytest.mark.parametrize("good", [0, 1, 2], ids=["first", "middle", "last"])
@pytest.mark.states("Give the result with the smallest inertia")
def test_the_smallest_inertia_wins(solution, good):
    starts = [np.array(STUCK)] * 3
    starts[good] = np.array(GOOD)
    found = solution.kmeans_best(SQUARE, 2, starts)
    assert_run(found, [[0, 0.5], [4, 0.5]], [0, 0, 1, 1], 1, 2)


@best("smallest")
@pytest.mark.spec
@pytest.mark.states("a list of one or more: each is whatever `init` may be.")
def test_a_single_start(solution):
    found = solution.kmeans_best(SQUARE, 2, [STUCK])
    assert_run(found, STUCK, [0, 1, 0, 1], 16, 1)


@best("equal")
@pytest.mark.states("of equal ones, the first.")
def test_the_first_of_equal_ones(solution):
    found = solution.kmeans_best(SQUARE, 2, [STUCK, OTHER, GOOD, STUCK])
    assert_run(found, [[4, 0.5], [0, 0.5]], [1, 1, 0, 0], 1, 2)


@best("options")
@pytest.mark.spec
@pytest.mark.states("The options and `rng` go to each run.")
def test_the_options_go_to_each_run(solution):
    starts = [[[2.0], [0.0]], [[0.0], [2.0]]]
    assert_run(solution.kmeans_best(LINE, 2, starts, 0), starts[0], [1, 0, 0, 0], 164, 0)
    assert_run(solution.kmeans_best(LINE, 2, starts, 1), [[8], [0]], [1, 1, 0, 0], 24, 1)
    found = solution.kmeans_best(LINE, 2, starts, tol=5)
    assert_run(found, [[11], [1]], [1, 1, 0, 0], 4, 2)


@best("drawn")
@pytest.mark.states('Starts of `"k-means++"` draw one after the other from the one `rng`')
def test_drawn_starts_differ(solution):
    """Sixty draws of one of four points miss the best of them once in thirty million times."""
    X = np.array([[0.0], [4.0], [5.0], [20.0]])
    for seed in range(12):
        starts = ["k-means++"] * 60
        found = solution.kmeans_best(X, 1, starts, 0, rng=np.random.default_rng(seed))
        assert_run(found, [[5]], [0] * 4, 251, 0)


@best("equal")
@pytest.mark.states("Give the result with the smallest inertia")
def test_small_inertias_and_those_close_together_differ(solution):
    small = 2.0**-20
    starts = [np.array(STUCK) * small, np.array(GOOD) * small]
    found = solution.kmeans_best(SQUARE * small, 2, starts)
    check.equal(found.centers, np.array([[0, 0.5], [4, 0.5]]) * small)
    found = solution.kmeans_best(LINE * 100, 2, [[[0.0], [1000.0]], [[0.0], [1000.25]]], 0)
    check.equal(found.centers, np.array([[0.0], [1000.25]]))


@best("drawn")
@pytest.mark.states("The options and `rng` go to each run.")
def test_the_one_generator_is_what_a_start_draws_from(solution):
    X = np.arange(80.0).reshape(40, 2) ** 2
    for seed in range(4):
        alone = drawn(solution, X, 3, seed)
        found = solution.kmeans_best(X, 3, ["k-means++"], 0, rng=np.random.default_rng(seed))
        close(found.centers, alone)


@best("drawn")
@pytest.mark.spec
@pytest.mark.states("a list of one or more: each is whatever `init` may be.")
def test_drawn_starts_next_to_given_ones(solution, rng):
    start = np.array([[0.5], [10.5], [20.5]])
    X = np.array([[0.0], [1.0], [10.0], [11.0], [20.0], [21.0]])
    found = solution.kmeans_best(X, 3, [start, "k-means++", start[::-1]], rng=rng)
    close(plain(found.inertia, float), 1.5)
    check.equal(sorted(found.labels.tolist()), [0, 0, 1, 1, 2, 2])


@best("random")
def test_random_starts(solution, rng):
    for n, d, k in [(10, 1, 3), (16, 2, 4), (24, 2, 5)]:
        X = rng.normal(size=(n, d))
        starts = [rng.permutation(X)[:k] for _ in range(5)]
        runs = [solution.kmeans(X, k, start) for start in starts]
        # Starts that end in the same place may differ in the last digit.
        least = min(run.inertia for run in runs)
        found = solution.kmeans_best(X, k, starts)
        close(plain(found.inertia, float), float(least))
        close(plain(found.inertia, float), inertia_of(X, found.centers))


# Data -----------------------------------------------------------------------


def data(situation):
    return pytest.mark.criterion("data", situation)


@data("types")
@pytest.mark.parametrize("dtype", ["int64", "int32", "uint8", "int8", "float16", "float32"])
@pytest.mark.states("centres of whole numbers must not stay whole")
def test_points_and_centres_of_other_types(solution, dtype):
    X, init = np.array([[1], [2], [100], [125]], dtype), np.array([[1], [125]], dtype)
    found = solution.kmeans(X, 2, init)
    assert_run(found, [[1.5], [112.5]], [0, 0, 1, 1], 0.5 + 312.5, 2)
    found = solution.kmeans_best(X, 2, [init])
    assert_run(found, [[1.5], [112.5]], [0, 0, 1, 1], 0.5 + 312.5, 2)


@data("types")
@pytest.mark.spec
@pytest.mark.parametrize(
    ("dtype", "near", "far"), [("uint8", 255, 0), ("int8", 127, -128), ("float16", 3000, -3000)]
)
@pytest.mark.states(
    "Small types such as `uint8` and `float16` must neither wrap around nor overflow"
)
def test_small_types_neither_wrap_nor_overflow(solution, dtype, near, far):
    X, init = np.array([[near] * 3, [far] * 3], dtype), np.array([[far] * 3, [near - 8] * 3], dtype)
    found = solution.kmeans(X, 2, init, 0)
    assert_run(found, init, [1, 0], 192, 0)
    check.equal(drawn(solution, X, 2, 0)[:, 0].tolist().count(float(far)), 1)


@data("lists")
@pytest.mark.spec
@pytest.mark.states("`X` and `init` are arrays or lists of numbers of any integer or float dtype.")
def test_lists(solution):
    found = solution.kmeans([[0], [2], [10], [12]], 2, [[0], [2]])
    assert_run(found, [[1], [11]], [0, 0, 1, 1], 4, 3)
    found = solution.kmeans_pp_init([[5], [5], [9]], 2, np.random.default_rng(3))
    check.equal(sorted(found.tolist()), [[5.0], [9.0]])


@data("offset")
@pytest.mark.states("points within a few units of each other may lie 1 000 000 away from it.")
def test_points_far_from_the_origin(solution):
    X = np.array([[0.0, 0.0], [0.1, 0.3], [0.2, 0.0], [3.0, 0.1], [3.1, 0.2]]) + 999_990
    home = X - 999_990  # exact, and what is left of the decimals
    low, high = home[:3].mean(axis=0), home[3:].mean(axis=0)
    inertia = float(((home[:3] - low) ** 2).sum() + ((home[3:] - high) ** 2).sum())
    found = solution.kmeans(X, 2, X[:2])
    close(found.centers, np.array([low, high]) + 999_990)
    check.equal(found.labels, np.array([0, 0, 0, 1, 1]))
    close(plain(found.inertia, float), inertia)
    found = solution.kmeans(-X, 2, -X[[4, 0]], 0)
    check.equal(found.labels, np.array([1, 1, 1, 0, 0]))
    close(plain(found.inertia, float), 0.1 + 0.04 + 0.02)


@data("offset")
@pytest.mark.states("points within a few units of each other may lie 1 000 000 away from it.")
def test_points_far_from_the_origin_on_both_sides(solution):
    near = np.array([[0.0], [0.3], [2.0], [2.1]]) + 999_990
    home = near - 999_990  # exact, and what is left of the decimals
    X = np.concatenate([near, -near])
    ends = np.array([[home[:2].mean()], [home[2:].mean()]])
    inertia = float(((home[:2] - ends[0]) ** 2).sum() + ((home[2:] - ends[1]) ** 2).sum())
    centers = np.concatenate([ends + 999_990, -ends - 999_990])
    found = solution.kmeans(X, 4, X[[0, 2, 4, 6]])
    assert_run(found, centers, [0, 0, 1, 1, 2, 2, 3, 3], 2 * inertia, 2)


@data("mutation")
@pytest.mark.states("Arguments stay as they were, but for the state of `rng`.")
def test_arguments_stay_as_they_were(solution):
    X, init, starts = LINE * 1.0, np.array([[0.0], [2.0]]), [np.array([[0.0], [2.0]])]
    solution.kmeans(inout(X), 2, inout(init))
    solution.kmeans_best(inout(X), 2, inout(starts))
    solution.kmeans_pp_init(inout(X), 2, np.random.default_rng(0))
    check.equal([X, init, starts[0]], [LINE, LINE[:2], LINE[:2]])


# Errors ---------------------------------------------------------------------


def errors(situation):
    return pytest.mark.criterion("errors", situation)


def each(X, k, init=((0.0,), (2.0,)), *, seeds=True):
    """Give a call of every function that takes these arguments."""
    rng = np.random.default_rng(0)
    yield lambda solution: solution.kmeans(X, k, [list(row) for row in init])
    yield lambda solution: solution.kmeans_best(X, k, [[list(row) for row in init]])
    if seeds:
        yield lambda solution: solution.kmeans_pp_init(X, k, rng)


@errors("k")
@pytest.mark.parametrize("k", [0, -1, 5])
@pytest.mark.states("when `k < 1` or `k > n`;")
def test_a_k_out_of_range(solution, k):
    for call in each(LINE, k, ((1.0,),) * k):
        with pytest.raises(ValueError):
            call(solution)


@errors("points")
@pytest.mark.spec
@pytest.mark.parametrize(
    "X",
    [[1.0, 2.0, 3.0], [[[1.0], [2.0]], [[3.0], [4.0]]], np.empty((0, 1)), np.empty((3, 0))],
    ids=["vector", "cube", "no_rows", "no_columns"],
)
@pytest.mark.states("when `X` is not 2-D, has no rows or no columns, or holds NaN or infinity;")
def test_points_that_are_no_table(solution, X):
    for call in each(np.array(X), 2):
        with pytest.raises(ValueError):
            call(solution)


@errors("points")
@pytest.mark.spec
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.states("when `X` is not 2-D, has no rows or no columns, or holds NaN or infinity;")
def test_points_that_are_not_finite(solution, bad):
    for call in each(np.array([[0.0], [2.0], [bad], [5.0]]), 2):
        with pytest.raises(ValueError):
            call(solution)


@errors("init")
@pytest.mark.spec
@pytest.mark.parametrize(
    "init",
    [[[0.0]], [[0.0], [1.0], [2.0]], [[0.0, 1.0], [2.0, 3.0]], [0.0, 1.0], [[0.0], [np.nan]], [[0.0], [np.inf]]],
    ids=["too_few", "too_many", "too_wide", "vector", "nan", "infinity"],
)  # fmt: skip
@pytest.mark.states("is neither finite centres of shape `(k, d)` nor the text")
def test_centres_that_do_not_fit(solution, init):
    with pytest.raises(ValueError):
        solution.kmeans(LINE, 2, init)
    with pytest.raises(ValueError):
        solution.kmeans_best(LINE, 2, [[[0.0], [2.0]], init])


@errors("init")
@pytest.mark.spec
@pytest.mark.states("is neither finite centres of shape `(k, d)` nor the text")
def test_an_unknown_start(solution):
    for name in ("random", "kmeans++", ""):
        with pytest.raises(ValueError):
            solution.kmeans(LINE, 2, name, rng=np.random.default_rng(0))


@errors("numbers")
@pytest.mark.spec
@pytest.mark.parametrize(
    "options", [{"max_iter": -1}, {"tol": -0.5}, {"tol": math.nan}], ids=["max_iter", "tol", "nan"]
)
@pytest.mark.states("when `max_iter < 0`, or `tol` is negative or NaN;")
def test_numbers_out_of_range(solution, options):
    with pytest.raises(ValueError):
        solution.kmeans(LINE, 2, [[0.0], [2.0]], **options)
    with pytest.raises(ValueError):
        solution.kmeans_best(LINE, 2, [[[0.0], [2.0]]], **options)


@errors("rng")
@pytest.mark.spec
@pytest.mark.states('when `rng` is `None` and "k-means++" needs it;')
def test_no_generator_where_one_is_needed(solution):
    with pytest.raises(ValueError):
        solution.kmeans(LINE, 2)
    with pytest.raises(ValueError):
        solution.kmeans_pp_init(LINE, 2, None)
    with pytest.raises(ValueError):
        solution.kmeans_best(LINE, 2, ["k-means++"])


@errors("starts")
@pytest.mark.spec
@pytest.mark.states("and `kmeans_best` also when `starts` is empty.")
def test_no_starts_at_all(solution):
    with pytest.raises(ValueError):
        solution.kmeans_best(LINE, 2, [])


# Cost -----------------------------------------------------------------------


@pytest.mark.criterion("time", "iterations")
def test_time_of_two_iterations(measure):
    def run(solution, n, rng):
        X = rng.random((500, 2))
        found = solution.kmeans(X, n, X[:n], 2)
        close(float(found.inertia), float(((X - found.centers[found.labels]) ** 2).sum()))

    measure.cpu_slope(run)


@pytest.mark.criterion("time", "seeding")
def test_time_of_many_starting_centres(measure):
    def run(solution, n, rng):
        X = rng.random((1000, 2))
        found = solution.kmeans_pp_init(X, n, rng)
        assert len({tuple(row) for row in found.tolist()}) == n

    measure.cpu_slope(run)


@pytest.mark.criterion("memory", "iterations")
def test_room_of_an_iteration(measure):
    kept = {}

    def arguments(n, rng):
        kept["X"] = rng.random((n, 16))
        return kept["X"], 64, kept["X"][:64], 1

    def verify(result, n):
        found = result.fetch()
        assert found.labels.shape == (n,)
        own = found.centers[found.labels]
        close(float(found.inertia), float(((kept["X"] - own) ** 2).sum()))

    measure.peak_memory("kmeans", arguments, verify)


@pytest.mark.criterion("memory", "seeding")
def test_room_of_a_drawn_start(measure):
    kept = {}

    def arguments(n, rng):
        kept["X"] = rng.random((n, 16))
        return kept["X"], 4, rng

    def verify(result, n):
        found = {tuple(row) for row in result.fetch().tolist()}
        assert len(found & {tuple(row) for row in kept["X"].tolist()}) == 4

    measure.peak_memory("kmeans_pp_init", arguments, verify)
