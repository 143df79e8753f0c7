"""Fixed cases first, then random ones against exact arithmetic."""

import numpy as np
import pytest
from graders.testing import check, inout
from oracle import labelled, predicted

LINE = np.array([[0.0], [1.0], [5.0], [6.0]])
LINE_LABELS = np.array([7, 7, 3, 3])
OPTIONS = [(m, w) for m in ("l2", "l1") for w in ("uniform", "distance")]


def assert_one(actual, expected):
    """A single answer, as a Python or a NumPy scalar."""
    plain = actual.item() if isinstance(actual, np.generic) else actual
    check.equal(plain, expected)


def grid(rng, n, d, *, most=30):
    """Give whole coordinates as floats."""
    return rng.integers(-most, most + 1, (n, d)).astype(float)


def assert_labels(solution, X, y, Q, k, *options, ties=False, **named):
    """Ask for what no tie decides, unless ties are the matter: they have a criterion of their own."""
    kept, expected = labelled(X, y, Q, k, *options, ties=ties)
    name = "knn_chunked" if named else "knn"
    check.equal(getattr(solution, name)(X, y, kept, k, *options, **named), expected)


# Part 1 ---------------------------------------------------------------------


def classify(situation):
    return pytest.mark.criterion("classify", situation)


@classify("batch")
@pytest.mark.states(
    "A batch gives an array of shape `(q,)` with the dtype of `np.asarray(y_train)`"
)
def test_a_batch_gives_a_label_for_each_query(solution):
    Q = np.array([[0.0], [9.0], [2.0]])
    check.equal(solution.knn(LINE, LINE_LABELS, Q, 3), np.array([7, 3, 7]))


@classify("batch")
def test_a_batch_of_the_shape_of_the_training_points(solution):
    X = np.array([[0.0, 0.0], [0.0, 1.0], [8.0, 8.0], [8.0, 9.0]])
    Q = np.array([[8.0, 8.0], [0.0, 3.0], [7.0, 9.0], [1.0, 1.0]])
    check.equal(solution.knn(X, LINE_LABELS, Q, 1), np.array([3, 7, 3, 7]))


@classify("batch")
def test_a_batch_of_one_stays_a_batch(solution):
    check.equal(solution.knn(LINE, LINE_LABELS, np.array([[5.0]]), 3), np.array([3]))


@classify("single")
@pytest.mark.parametrize(("query", "label"), [(0.0, 7), (9.0, 3)])
@pytest.mark.states("A single query gives one label, a Python or NumPy scalar.")
def test_a_single_query_gives_one_label(solution, query, label):
    assert_one(solution.knn(LINE, LINE_LABELS, np.array([query]), 3), label)


@classify("single")
def test_a_single_query_of_several_features(solution):
    X = np.array([[3.0, 3.0], [0.0, 5.0]])
    assert_one(solution.knn(X, ["a", "b"], np.array([0.0, 0.0]), 1), "a")


@classify("empty")
@pytest.mark.parametrize(
    "labels", [[7, 7, 3, 3], ["no", "no", "maybe", "no"]], ids=["ints", "texts"]
)
@pytest.mark.states("a batch of no queries gives an empty one.")
def test_a_batch_of_no_queries(solution, labels):
    check.equal(solution.knn(LINE, labels, np.empty((0, 1)), 3), np.array(labels)[:0])


@classify("metrics")
def test_the_two_metrics_rank_differently(solution):
    X, y, Q = np.array([[3.0, 3.0], [0.0, 5.0]]), np.array([1, 2]), np.zeros((1, 2))
    check.equal(solution.knn(X, y, Q, 1), np.array([1]))
    check.equal(solution.knn(X, y, Q, 1, "l2"), np.array([1]))
    check.equal(solution.knn(X, y, Q, 1, metric="l1"), np.array([2]))


@classify("metrics")
def test_every_feature_counts(solution):
    X = np.array([[0.0, 0.0, 9.0], [0.0, 9.0, 0.0], [4.0, 0.0, 0.0]])
    for metric in ("l2", "l1"):
        check.equal(solution.knn(X, [1, 2, 3], np.zeros((1, 3)), 1, metric), np.array([3]))


@classify("metrics")
@pytest.mark.states("Features are taken as they are, without any scaling.")
def test_features_are_taken_as_they_are(solution):
    X, Q = np.array([[1.0, 0.0], [0.0, 50.0], [2.0, 200.0]]), np.zeros((1, 2))
    check.equal(solution.knn(X, [1, 2, 3], Q, 1), np.array([1]))
    check.equal(solution.knn(X * [100, 1], [1, 2, 3], Q, 1), np.array([2]))


@classify("weighted")
def test_a_near_neighbour_outweighs_two_far_ones(solution):
    X, y, Q = np.array([[1.0], [4.0], [-4.0]]), np.array([0, 1, 1]), np.zeros((1, 1))
    check.equal(solution.knn(X, y, Q, 3), np.array([1]))
    check.equal(solution.knn(X, y, Q, 3, "l2", "distance"), np.array([0]))


@classify("weighted")
@pytest.mark.states("it counts 1 / distance")
def test_the_weight_is_one_over_the_distance(solution):
    X, y, Q = np.array([[2.0], [3.0], [-3.0]]), np.array([0, 1, 1]), np.zeros((1, 1))
    for metric in ("l2", "l1"):
        check.equal(solution.knn(X, y, Q, 3, metric, "distance"), np.array([1]))


@classify("weighted")
@pytest.mark.states(
    'With `weights="distance"`, when some of the `k` neighbours lie at distance 0, only those count, and each counts 1.'
)
def test_neighbours_at_distance_zero_decide_alone(solution):
    X, y = np.array([[0.0], [0.0], [0.0], [1.0], [1.0]]), np.array([5, 9, 9, 5, 5])
    check.equal(solution.knn(X, y, np.zeros((1, 1)), 5, "l2", "distance"), np.array([9]))
    check.equal(solution.knn(X, y, np.zeros((1, 1)), 5), np.array([5]))


@classify("training")
@pytest.mark.states("A training point that equals the query is a neighbour like any other.")
def test_a_training_point_is_its_own_nearest_neighbour(solution):
    X = np.array(
        [
            [i * 0.7 + j * 0.13, j * 1.1 - i * 0.29, 10 + i * j * 0.1]
            for i in range(6)
            for j in range(6)
        ]
    )
    y = np.arange(36) % 5
    check.equal(solution.knn(X, y, X, 1), y)
    check.equal(solution.knn(X, y, X, 1, "l2", "distance"), y)


@classify("training")
def test_random_training_points_find_themselves(solution, rng):
    for d in (1, 2, 5):
        X = np.arange(40)[:, None] * 0.37 + rng.random((40, d)) * 0.1 + 3
        y = rng.permutation(40)
        check.equal(solution.knn(X, y, X, 1), y)


@classify("laws")
def test_all_points_asked_give_the_majority(solution, rng):
    X, y = grid(rng, 15, 2), rng.permutation(np.repeat([4, 1, 8], [7, 5, 3]))
    check.equal(solution.knn(X, y, grid(rng, 6, 2), 15), np.full(6, 4))


@classify("laws")
def test_moving_turning_and_stretching_space_changes_nothing(solution, rng):
    X, y = grid(rng, 25, 2), rng.integers(0, 2, 25)
    turn = np.array([[3.0, -4.0], [4.0, 3.0]])
    for weights in ("uniform", "distance"):
        Q, labels = labelled(X, y, grid(rng, 12, 2), 5, "l2", weights, ties=False)
        moved = solution.knn(X @ turn + [70, -900], y, Q @ turn + [70, -900], 5, "l2", weights)
        check.equal(moved, labels)


@classify("laws")
def test_the_order_of_the_training_points_matters_in_ties_only(solution, rng):
    X = rng.permutation(np.arange(-60, 60, 3))[:, None].astype(float)
    y, order = rng.integers(0, 2, 40), rng.permutation(40)
    Q, labels = labelled(X, y, rng.integers(-20, 20, 15)[:, None] * 3.0 + 1, 5, ties=False)
    check.equal(solution.knn(X[order], y[order], Q, 5), labels)


@classify("random")
@pytest.mark.parametrize(("metric", "weights"), OPTIONS)
def test_random_points(solution, rng, metric, weights):
    for n, d, k in [(3, 1, 1), (8, 2, 3), (30, 3, 5), (50, 6, 9)]:
        X, y = grid(rng, n, d), rng.integers(-1, 1, n)
        assert_labels(solution, X, y, grid(rng, 12, d), k, metric, weights)


# Ties -----------------------------------------------------------------------


def ties(situation):
    return pytest.mark.criterion("ties", situation)


@ties("distance")
@pytest.mark.parametrize("labels", [[1, 2, 3], [3, 2, 1], [2, 3, 1]], ids=str)
@pytest.mark.states("Training points at equal distance: the one with the smaller index is nearer.")
def test_the_smaller_index_is_nearer(solution, labels):
    X = np.array([[2.0], [-2.0], [2.0]])
    check.equal(solution.knn(X, labels, np.zeros((1, 1)), 1), np.array(labels[:1]))
    check.equal(solution.knn(X[1:], labels[1:], np.zeros((1, 1)), 1), np.array(labels[1:2]))


@ties("distance")
@pytest.mark.parametrize("k", [1, 7, 40])
def test_many_points_at_equal_distances(solution, k):
    X = (np.arange(300) * 7 % 4 - 1.0)[:, None]
    y = np.where(np.arange(300) < 80, np.arange(300) // 2, 200)
    assert_labels(solution, X, y, np.arange(-2.0, 4.0)[:, None], k, ties=True)


@ties("totals")
@pytest.mark.states("Labels with equal votes: the one with the smaller total distance wins")
def test_equal_votes_go_to_the_smaller_total(solution):
    X, y = np.array([[1.0], [6.0], [3.0], [-3.0], [50.0]]), np.array([1, 1, 2, 2, 2])
    check.equal(solution.knn(X, y, np.zeros((1, 1)), 4), np.array([2]))
    check.equal(solution.knn(X, 3 - y, np.zeros((1, 1)), 4), np.array([1]))


@ties("totals")
@pytest.mark.states(
    "that is the sum of the distances (not of their squares) of its points among the `k`."
)
def test_the_total_is_of_distances_and_not_of_squares(solution):
    X, y = np.array([[1.0], [6.0], [4.0], [-4.0]]), np.array([2, 2, 1, 1])
    check.equal(solution.knn(X, y, np.zeros((1, 1)), 4), np.array([2]))
    check.equal(solution.knn(X, y, np.zeros((1, 1)), 4, "l1"), np.array([2]))


@ties("labels")
@pytest.mark.parametrize(
    "labels",
    [[10, 9, 9, 10], [3, -1, 3, -1], ["b", "a", "a", "b"], ["ab", "b", "ab", "b"]],
    ids=str,
)
@pytest.mark.states('Still equal: the smaller label wins, `9` before `10` and `"a"` before `"b"`.')
def test_equal_totals_go_to_the_smaller_label(solution, labels):
    X = np.array([[1.0], [-1.0], [2.0], [-2.0]])
    expected = np.array([min(labels)], dtype=np.array(labels).dtype)
    for k in (2, 4):
        check.equal(solution.knn(X, labels, np.zeros((1, 1)), k), expected)


@ties("weighted")
def test_equal_weights_go_to_the_smaller_total(solution):
    X, y = np.array([[2.0], [-2.0], [1.0], [32.0]]), np.array([0, 0, 1, 2])
    check.equal(solution.knn(X, y, np.zeros((1, 1)), 4, "l2", "distance"), np.array([1]))


@ties("weighted")
def test_a_tie_at_distance_zero_goes_to_the_smaller_label(solution):
    X, y = np.array([[0.0], [0.0], [1.0], [1.0]]), np.array([8, 3, 8, 8])
    check.equal(solution.knn(X, y, np.zeros((1, 1)), 4, "l2", "distance"), np.array([3]))


@ties("weighted")
@pytest.mark.states("The others add nothing to a total distance either.")
def test_a_tie_at_distance_zero_is_not_decided_by_farther_points(solution):
    X, y = np.array([[0.0], [0.0], [1.0], [50.0]]), np.array([8, 3, 3, 3])
    check.equal(solution.knn(X, y, np.zeros((1, 1)), 4, "l2", "distance"), np.array([3]))
    check.equal(solution.knn(X, y, np.zeros((1, 1)), 4, "l1", "distance"), np.array([3]))


@ties("random")
@pytest.mark.parametrize(("metric", "weights"), OPTIONS)
def test_random_points_full_of_ties(solution, rng, metric, weights):
    for n, k in [(6, 4), (12, 4), (40, 6), (120, 8)]:
        X, y = grid(rng, n, 1, most=4), rng.integers(0, 12, n)
        assert_labels(solution, X, y, grid(rng, 8, 1, most=4), k, metric, weights, ties=True)
    X, y = grid(rng, 60, 2, most=2), rng.integers(0, 4, 60)
    assert_labels(solution, X, y, grid(rng, 30, 2, most=2), 4, "l1", weights, ties=True)


# Data -----------------------------------------------------------------------


def data(situation):
    return pytest.mark.criterion("data", situation)


@data("small_types")
@pytest.mark.parametrize(
    ("dtype", "near", "far", "query"),
    [
        ("uint8", 20, 250, 5), ("uint8", 200, 2, 255), ("uint8", 16, 3, 19), ("int8", -80, 100, -120), ("int32", 70_000, 90_000, 0),
        ("int16", -30_000, 30_000, -32_000), ("float16", 300, 400, 0), ("uint32", 99_000, 180_000, 100_000),
    ],
)  # fmt: skip
@pytest.mark.states(
    "`uint8` and `int8` must not wrap around, `int32` and `float16` must not overflow: distances are computed in float64."
)
def test_small_types_neither_wrap_nor_overflow(solution, dtype, near, far, query):
    X, Q = (
        np.array([[far, far], [near, near]], dtype=dtype),
        np.array([[query, query]], dtype=dtype),
    )
    near_is_1 = np.array([int(abs(near - query) < abs(far - query))])
    for metric in ("l2", "l1"):
        check.equal(solution.knn(X, [0, 1], Q, 1, metric), near_is_1)


@data("small_types")
@pytest.mark.parametrize("dtype", ["uint8", "int8", "float16", "float32"])
def test_random_images(solution, rng, dtype):
    least, most = (-128, 128) if dtype == "int8" else (0, 256)
    X = rng.integers(least, most, (30, 16)).astype(dtype)
    Q = rng.integers(least, most, (8, 16)).astype(dtype)
    assert_labels(solution, X, rng.integers(0, 2, 30), Q, 3)


@data("small_types")
@pytest.mark.states("Any integer or float dtype may come, and train and query may differ in it.")
def test_train_and_query_of_different_types(solution):
    X, Q = np.array([[200], [3]], dtype="uint8"), np.array([[-2], [127]], dtype="int8")
    check.equal(solution.knn(X, [1, 2], Q, 1), np.array([2, 1]))
    check.equal(solution.knn(X.astype(float), [1, 2], Q.astype("int32"), 1), np.array([2, 1]))


@data("large")
@pytest.mark.states("Coordinates are at most 1 000 000 in size.")
def test_large_coordinates_keep_every_digit(solution):
    X, y, Q = (
        np.array([[1_000_000.0, 0.0], [999_999.0, 1_414.0]]),
        np.array([1, 2]),
        np.zeros((1, 2)),
    )
    check.equal(solution.knn(X, y, Q, 1), np.array([2]))
    check.equal(solution.knn(X[::-1] - 1_000_000, y, Q - 1_000_000, 1), np.array([1]))
    X = np.array([[1_000_000.0] * 32, [999_999.0] + [1_000_000.0] * 31])
    check.equal(solution.knn(X, y, np.zeros((1, 32)), 1, "l1"), np.array([2]))


@data("large")
@pytest.mark.states("So are votes and totals.")
def test_large_totals_keep_every_digit(solution):
    X = np.array([[1_000_000.0] * 32, [999_999.0] + [1_000_000.0] * 31])
    check.equal(solution.knn(X, [1, 2], np.zeros((1, 32)), 2, "l1"), np.array([2]))


@data("lists")
@pytest.mark.states(
    "`X_train` and `X_query` are arrays or lists of numbers, `y_train` is an array or a list."
)
def test_lists_of_lists(solution):
    check.equal(solution.knn([[0], [1], [5], [6]], [7, 7, 3, 3], [[0], [9]], 3), np.array([7, 3]))
    assert_one(solution.knn([[0], [1], [5], [6]], ["x", "x", "y", "y"], [9], 3), "y")


@data("labels")
@pytest.mark.parametrize(
    "labels",
    [["cat", "cat", "dog", "dog", "leopard"], [-5, -5, -7, -7, -9], [10**12, 10**12, 5, 5, 1]],
    ids=["texts", "negative", "large"],
)
@pytest.mark.states("Labels are integers, also negative ones, or strings.")
def test_labels_of_every_kind(solution, labels):
    X, y = np.array([[0.0], [1.0], [5.0], [6.0], [99.0]]), np.array(labels)
    check.equal(solution.knn(X, labels, np.array([[0.0], [7.0]]), 3), y[[0, 2]])
    check.equal(solution.knn(X, y, np.array([[0.0], [7.0]]), 3, "l1", "distance"), y[[0, 2]])


@data("labels")
@pytest.mark.parametrize("dtype", ["uint8", "int16", "int32"])
def test_the_dtype_of_the_labels_is_kept(solution, dtype):
    y = LINE_LABELS.astype(dtype)
    check.equal(solution.knn(LINE, y, np.array([[0.0], [9.0]]), 3), y[[0, 2]])


@data("mutation")
@pytest.mark.parametrize("dtype", ["float64", "uint8"])
@pytest.mark.parametrize("name", ["knn", "knn_regress", "knn_chunked"])
@pytest.mark.states("Arguments stay as they were.")
def test_arguments_stay_as_they_were(solution, name, dtype):
    given = [
        np.array([[4, 1], [0, 9], [7, 7]], dtype),
        np.array([3, 1, 2], dtype),
        np.array([[2, 2], [8, 8]], dtype),
    ]
    before = [a.copy() for a in given]
    getattr(solution, name)(*map(inout, given), 2, "l2", "distance")
    check.equal(given, before)


# Part 2 ---------------------------------------------------------------------


def regress(situation):
    return pytest.mark.criterion("regress", situation)


def assert_targets(solution, X, y, Q, k, *options):
    kept, expected = predicted(X, y, Q, k, *options)
    check.close(solution.knn_regress(X, y, kept, k, *options), expected, rtol=1e-9)


@regress("mean")
def test_the_mean_of_the_nearest(solution):
    X, y = np.array([[1.0], [4.0], [9.0]]), np.array([10.0, 20.0, 99.0])
    check.close(solution.knn_regress(X, y, np.array([[0.0], [9.0]]), 2), np.array([15.0, 59.5]))
    check.close(solution.knn_regress(X, y, np.array([[4.0]]), 3), np.array([43.0]))
    check.close(solution.knn_regress(X, y, np.zeros((0, 1)), 2), np.zeros(0))


@regress("mean")
def test_neighbours_at_equal_distance_by_index(solution):
    X, y = np.array([[2.0], [-2.0], [2.0]]), np.array([1.0, 5.0, 25.0])
    check.close(solution.knn_regress(X, y, np.zeros((1, 1)), 1), np.array([1.0]))
    check.close(solution.knn_regress(X, y, np.zeros((1, 1)), 2), np.array([3.0]))


@regress("single")
@pytest.mark.parametrize(("weights", "value"), [("uniform", 15.0), ("distance", 12.0)])
@pytest.mark.states("a single query gives one float, a Python or NumPy scalar.")
def test_a_single_query_gives_one_float(solution, weights, value):
    found = solution.knn_regress([[1], [4], [9]], [10, 20, 99], [0], 2, "l2", weights)
    check.close(found.item() if isinstance(found, np.generic) else found, value)


@regress("weighted")
@pytest.mark.parametrize("metric", ["l2", "l1"])
@pytest.mark.states("weighted by `weights`: Σ w·y / Σ w.")
def test_near_targets_weigh_more(solution, metric):
    X, y = np.array([[1.0], [4.0], [-8.0]]), np.array([10.0, 20.0, 99.0])
    expected = np.array([(10 + 20 / 4 + 99 / 8) / (1 + 1 / 4 + 1 / 8)])
    check.close(solution.knn_regress(X, y, np.zeros((1, 1)), 3, metric, "distance"), expected)


@regress("zero")
@pytest.mark.states("Ties in distance and distance zero follow part 1.")
def test_targets_at_distance_zero_count_alone(solution):
    X, y = np.array([[0.0], [0.0], [1.0], [5.0]]), np.array([1.0, 2.0, 1e9, 7.0])
    Q = np.array([[0.0], [1.0]])
    check.close(solution.knn_regress(X, y, Q, 4, "l2", "distance"), np.array([1.5, 1e9]))
    check.close(solution.knn_regress(X, y, Q, 4, "l1", "distance"), np.array([1.5, 1e9]))


@regress("zero")
def test_of_many_targets_at_distance_zero_k_count(solution):
    X, y = np.array([[0.0], [0.0], [0.0], [4.0]]), np.array([1.0, 2.0, 30.0, 7.0])
    check.close(solution.knn_regress(X, y, np.zeros((1, 1)), 2, "l2", "distance"), np.array([1.5]))


@regress("types")
@pytest.mark.parametrize("dtype", ["int64", "uint8", "float32"])
@pytest.mark.states(
    "A batch gives a float64 array of shape `(q,)`, whatever the dtype of the targets"
)
def test_the_answer_is_float64_whatever_the_targets(solution, dtype):
    y = np.array([250, 255, 3], dtype)
    found = solution.knn_regress(
        np.array([[1], [4], [9]], "uint8"), y, np.array([[0], [9]], "uint8"), 2
    )
    check.close(found, np.array([252.5, 129.0]))


@regress("types")
@pytest.mark.parametrize(("dtype", "large"), [("float16", 2048), ("float32", 2**24)])
@pytest.mark.states("which `float16` and `float32` targets must not spoil.")
def test_small_floats_as_targets(solution, dtype, large):
    y = np.array([large, 1, 1, 0], dtype)
    found = solution.knn_regress(np.arange(4.0)[:, None], y, np.zeros((1, 1)), 4)
    check.close(found, np.array([(large + 2) / 4]), rtol=1e-9)
    found = solution.knn_regress(np.arange(4.0)[:, None], y, np.zeros((1, 1)), 2)
    check.close(found, np.array([(large + 1) / 2]), rtol=1e-9)


@regress("random")
@pytest.mark.parametrize(("metric", "weights"), OPTIONS)
def test_random_targets(solution, rng, metric, weights):
    for n, d, k in [(3, 1, 2), (8, 2, 3), (40, 1, 6), (50, 5, 8)]:
        X, y = grid(rng, n, d, most=9), rng.normal(20, 5, n)
        Q = np.concatenate([grid(rng, 6, d, most=9), X[:3]])
        assert_targets(solution, X, y, Q, k, metric, weights)


@regress("random")
def test_scaled_and_shifted_targets_scale_and_shift_the_answer(solution, rng):
    X, y, Q = rng.normal(size=(30, 3)), rng.random(30), rng.normal(size=(7, 3))
    plain = solution.knn_regress(X, y, Q, 4, "l2", "distance")
    check.close(solution.knn_regress(X, 8 * y + 3, Q, 4, "l2", "distance"), 8 * plain + 3)
    check.close(solution.knn_regress(X, np.full(30, 2.5), Q, 4, "l2", "distance"), np.full(7, 2.5))


# Part 3 ---------------------------------------------------------------------


def chunked(situation):
    return pytest.mark.criterion("chunked", situation)


@chunked("sizes")
@pytest.mark.parametrize("chunk", [1, 2, 3, 4, 7, 100])
@pytest.mark.states(
    "Any `chunk >= 1` will do, whether or not it divides `q`, and also one larger than `q`."
)
def test_any_chunk_gives_the_same(solution, chunk):
    Q = np.array([[0.0], [9.0], [1.0], [6.0], [2.0], [7.0]])
    found = solution.knn_chunked(LINE, LINE_LABELS, Q, 3, chunk=chunk)
    check.equal(found, np.array([7, 3, 7, 3, 7, 3]))


@chunked("sizes")
def test_without_a_chunk_and_without_queries(solution):
    labels = ["no", "no", "maybe", "no"]
    found = solution.knn_chunked(LINE, labels, np.array([[5.0], [0.0]]), 1)
    check.equal(found, np.array(["maybe", "no"]))
    check.equal(
        solution.knn_chunked(LINE, labels, np.empty((0, 1)), 1, chunk=2), np.array(labels)[:0]
    )


@chunked("single")
def test_a_single_query_in_one_chunk(solution):
    assert_one(solution.knn_chunked(LINE, ["x", "x", "y", "y"], [9], 3, chunk=2), "y")


@chunked("options")
@pytest.mark.states("The answer of `knn`, argument for argument")
def test_metric_and_weights_are_passed_on(solution):
    X, y, Q = np.array([[3.0, 3.0], [0.0, 5.0]]), np.array([1, 2]), np.zeros((2, 2))
    check.equal(solution.knn_chunked(X, y, Q, 1, "l1", chunk=1), np.array([2, 2]))
    X, y = np.array([[1.0], [4.0], [-4.0]]), np.array([0, 1, 1])
    found = solution.knn_chunked(X, y, np.zeros((2, 1)), 3, "l2", "distance", chunk=1)
    check.equal(found, np.array([0, 0]))


@chunked("ties")
@pytest.mark.parametrize("chunk", [1, 2, 5])
def test_ties_hold_across_chunks(solution, chunk):
    X, y = np.array([[2.0], [-2.0], [2.0], [-2.0], [0.0], [2.0]]), np.array([9, 8, 7, 6, 5, 4])
    Q = np.array([[0.0], [2.0], [-2.0], [1.0], [-1.0], [3.0]])
    for k in (1, 2, 3, 4):
        assert_labels(solution, X, y, Q, k, ties=True, chunk=chunk)


@chunked("random")
@pytest.mark.parametrize(("metric", "weights"), OPTIONS)
def test_random_points_in_random_chunks(solution, rng, metric, weights):
    for n, d, k in [(5, 1, 3), (30, 2, 5), (60, 3, 7)]:
        X, y = grid(rng, n, d, most=6), rng.integers(0, 2, n)
        Q = grid(rng, int(rng.integers(5, 20)), d, most=6)
        assert_labels(solution, X, y, Q, k, metric, weights, chunk=int(rng.integers(1, 9)))


# Errors ---------------------------------------------------------------------


def errors(situation):
    return pytest.mark.criterion("errors", situation)


every_function = pytest.mark.parametrize("name", ["knn", "knn_regress", "knn_chunked"])


def assert_refused(solution, name, X, y, Q, k, *options, **named):
    with pytest.raises(ValueError):
        getattr(solution, name)(X, y, Q, k, *options, **named)


@errors("k")
@every_function
@pytest.mark.parametrize("k", [0, -1, 5, 4000])
@pytest.mark.parametrize("queries", [2, 0])
@pytest.mark.states("when `k < 1` or `k > n`")
def test_a_k_out_of_range(solution, name, k, queries):
    assert_refused(solution, name, LINE, LINE_LABELS, np.ones((queries, 1)), k)


@errors("nan")
@every_function
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("metric", ["l2", "l1"])
@pytest.mark.states("when a coordinate of `X_train` or `X_query` is NaN or infinite")
def test_a_coordinate_that_is_not_finite(solution, name, value, metric):
    X, bad = (
        np.array([[0.0, 1.0], [4.0, 4.0], [9.0, 2.0]]),
        np.array([[1.0, 1.0], [2.0, value], [3.0, 3.0]]),
    )
    assert_refused(solution, name, bad, [1, 2, 3], X, 1, metric)
    assert_refused(solution, name, X, [1, 2, 3], bad, 1, metric)
    assert_refused(solution, name, X, [1, 2, 3], bad[1], 1, metric)


@errors("nan")
@every_function
@pytest.mark.states("This holds for a batch of no queries too.")
def test_a_coordinate_that_is_not_finite_and_no_queries(solution, name):
    assert_refused(solution, name, [[0.0], [np.nan]], [1, 2], np.empty((0, 1)), 1)


@errors("nan")
@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.states("`knn_regress` also when a target is")
def test_a_target_that_is_not_finite(solution, value):
    assert_refused(solution, "knn_regress", LINE, [1.0, 2.0, 3.0, value], np.zeros((2, 1)), 1)


@errors("shapes")
@every_function
@pytest.mark.parametrize(
    ("train", "labels", "query"),
    [((4,), 4, (2, 1)), ((4, 2, 1), 4, (2, 1)), ((4, 2), 3, (3, 2)), ((4, 2), 5, (3, 2)), ((4, 2), 4, (3, 1)), ((4, 1), 4, (3, 2)), ((4, 1), 4, (2,)),
     ((4, 2), 4, (1,)), ((4, 2), 4, (1, 3, 2)), ((4, 2), 4, (0, 3)), ((4, 2), 4, ()), ((4, 2), (4, 1), (3, 2))],
    ids=str,
)  # fmt: skip
@pytest.mark.states(
    "when shapes do not fit: `X_train` is not 2-D, `y_train` is not 1-D of length `n`, or `X_query` is neither `(q, d)` nor `(d,)`"
)
def test_shapes_that_do_not_fit(solution, name, train, labels, query):
    assert_refused(solution, name, np.ones(train), np.ones(labels, int), np.ones(query), 2)


@errors("names")
@every_function
@pytest.mark.parametrize(
    "options", [("L2", "uniform"), ("cosine", "uniform"), ("l1", "inverse"), ("l2", "")], ids=str
)
@pytest.mark.parametrize("queries", [2, 0])
@pytest.mark.states("for a `metric` or `weights` that is not named above")
def test_an_unknown_metric_or_weighting(solution, name, options, queries):
    assert_refused(solution, name, LINE, LINE_LABELS, np.ones((queries, 1)), 2, *options)


@errors("chunk")
@pytest.mark.parametrize("chunk", [0, -1, -256])
@pytest.mark.parametrize("queries", [3, 0])
@pytest.mark.states("`knn_chunked` also when `chunk < 1`.")
def test_a_chunk_below_one(solution, chunk, queries):
    assert_refused(
        solution, "knn_chunked", LINE, LINE_LABELS, np.ones((queries, 1)), 2, chunk=chunk
    )


# Cost -----------------------------------------------------------------------


@pytest.mark.criterion("memory", "many")
@pytest.mark.states("room must not grow with `q · n`")
def test_room_for_a_few_chunks(measure):
    kept = {}

    def arguments(n, rng):
        X, y = rng.integers(0, 500, (n, 4)), rng.integers(0, 2, n)
        Q = rng.integers(0, 500, (n // 2, 4))
        kept["data"] = X, y, Q
        return X.astype(float), y, Q.astype(float), 5, "l2", "uniform", 8

    def verify(result, n):
        X, y, Q = kept["data"]
        found = result.fetch()
        assert found.shape == (n // 2,)
        some = slice(None, None, n // 2 // 25)
        for query, label in zip(Q[some], found[some], strict=True):
            near = np.lexsort((np.arange(n), ((X - query) ** 2).sum(axis=1)))[:6]
            _, expected = labelled(X[near], y[near], query[None], 5, ties=False)
            check.equal(label[None][: len(expected)], expected)

    measure.peak_memory("knn_chunked", arguments, verify)
