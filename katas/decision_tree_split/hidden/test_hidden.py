"""Fixed cases first, then random ones against fractions and laws."""

import numpy as np
import pytest
from graders.testing import check, inout
from oracle import Node, Split, UndecidedError, best, impurity, tree

LINE = np.array([[1.0], [2.0], [4.0], [8.0]])
CRITERIA = ["gini", "entropy", "mse"]
each = pytest.mark.parametrize("criterion", CRITERIA)
states = pytest.mark.states


def close(actual, expected, rtol=1e-9):
    check.close(actual, float(expected), rtol=rtol, atol=1e-9)


def plain(value, kind):
    """One answer, as Python's or as NumPy's."""
    if isinstance(value, np.generic):
        assert kind is not float or value.dtype == np.float64
        value = value.item()
    assert type(value) is kind
    return value


def assert_split(found, feature, threshold, gain, rtol=1e-9):
    assert isinstance(found, Split)
    check.equal(plain(found.feature, int), feature)
    check.close(plain(found.threshold, float), float(threshold), rtol=1e-12)
    close(plain(found.gain, float), gain, rtol)


def assert_same(found, expected):
    if expected is None:
        assert found is None
    else:
        assert_split(found, expected.feature, expected.threshold, expected.gain)


def column(*values):
    return np.array(values, dtype=float)[:, None]


def grid(rng, n, d, most=30):
    """Give whole coordinates as floats."""
    return rng.integers(-most, most + 1, (n, d)).astype(float)


def assert_decided(solution, rng, draw, criterion, cases, *, ties=False, min_leaf=1):
    """Ask for what no rounding decides, and no tie, unless ties are the matter."""
    for n, d in cases:
        for _ in range(30):
            X, y = draw(rng, n, d)
            try:
                expected = best(X, y, criterion, min_leaf, ties=ties)
            except UndecidedError:
                continue
            assert_same(solution.best_split(X, y, criterion, min_leaf), expected)
            break


# Part 1 ---------------------------------------------------------------------


def split(situation):
    return pytest.mark.criterion("split", situation)


@split("gini")
def test_gini_of_two_classes(solution):
    assert_split(solution.best_split(LINE, [0, 0, 1, 1]), 0, 3.0, 0.5)
    assert_split(solution.best_split(LINE, [0, 1, 1, 1], "gini"), 0, 1.5, 0.375)


@split("gini")
@states('`"gini"` is 1 − Σp²')
def test_gini_of_three_classes(solution):
    X = column(1, 2, 3, 4, 5, 6)
    assert_split(solution.best_split(X, [2, 2, 2, 1, 0, 1], "gini"), 0, 3.5, 7 / 18)


@split("entropy")
@states("is −Σ p·log₂p, in bits")
def test_entropy_of_mixed_children(solution):
    X, y = column(1, 2, 3, 4, 5, 6, 7, 8), [0, 0, 1, 0, 1, 1, 1, 0]
    whole = 1.0
    kept = 6 / 8 * impurity([1, 0, 1, 1, 1, 0], "entropy")
    assert_split(solution.best_split(X, y, "entropy"), 0, 2.5, whole - kept)


@split("entropy")
@states("a class without rows adds nothing")
def test_entropy_of_pure_children(solution):
    assert_split(solution.best_split(LINE, [0, 0, 1, 1], "entropy"), 0, 3.0, 1.0)
    assert_split(solution.best_split(LINE, [0, 0, 1, 2], "entropy"), 0, 3.0, 1.0)


@split("mse")
@states("is the mean of (y − mean)², over all rows and not over n − 1.")
def test_squared_error(solution):
    assert_split(solution.best_split(LINE, [5.0, 5.0, 5.0, 9.0], "mse"), 0, 6.0, 3.0)
    assert_split(solution.best_split(LINE, [1.0, 3.0, 7.0, 9.0], "mse"), 0, 3.0, 9.0)


@split("weights")
@each
@states("each weighted by its share of the rows")
def test_a_single_odd_row_does_not_outweigh_the_rest(solution, criterion):
    X, y = column(*range(10)), np.array([1, 0, 0, 0, 0, 0, 1, 1, 0, 1])
    assert_same(solution.best_split(X, y, criterion), best(X, y, criterion))


@split("threshold")
@states("there is one threshold, the midpoint `(a + b) / 2`")
def test_the_threshold_lies_halfway(solution):
    X = column(-7, 20, 1, -2)
    assert_split(solution.best_split(X, [0, 1, 1, 0]), 0, -0.5, 0.5)
    assert_split(solution.best_split(X, [0, 1, 0, 0], "mse"), 0, 10.5, 0.1875)


@split("repeats")
@each
@states("Between neighbouring distinct values `a < b` of a feature")
def test_equal_values_stay_together(solution, criterion):
    X, y = column(1, 1, 1, 2, 2, 2), np.array([0, 0, 1, 1, 1, 0])
    assert_same(solution.best_split(X, y, criterion), Split(0, 1.5, best(X, y, criterion).gain))
    X, y = column(3, 3, 3, 3, 8, 9), np.array([0, 0, 1, 1, 0, 1])
    assert_same(solution.best_split(X, y, criterion), best(X, y, criterion))


@split("features")
@each
def test_the_feature_that_tells_most(solution, criterion):
    X = np.array([[3.0, 9, 1], [1, 2, 2], [0, 7, 3], [2, 1, 4], [5, 8, 5], [4, 3, 6]])
    y = np.array([1, 0, 1, 0, 1, 0])
    assert_split(
        solution.best_split(X, y, criterion), 1, 5.0, float(impurity(y.tolist(), criterion))
    )


@split("laws")
@pytest.mark.spec
@states("Rows with `X[:, feature] <= threshold` go left, the others right.")
@each
def test_stretching_a_feature_keeps_the_children(solution, rng, criterion):
    for n in (6, 15):
        x, y = rng.permutation(np.arange(-n, n, 2)).astype(float), rng.permutation(np.arange(n) % 3)
        found = solution.best_split(x[:, None], y, criterion)
        bent = solution.best_split((x**3 + 5 * x)[:, None], y, criterion)
        check.equal(x**3 + 5 * x <= bent.threshold, x <= found.threshold)
        close(float(bent.gain), float(found.gain))


@split("laws")
@each
def test_the_order_of_the_rows_does_not_matter(solution, rng, criterion):
    X, y = grid(rng, 20, 2), rng.integers(0, 3, 20)
    order = rng.permutation(20)
    assert_same(solution.best_split(X[order], y[order], criterion), best(X, y, criterion))


@split("laws")
@each
def test_every_row_twice_gives_the_same_gain(solution, rng, criterion):
    X, y = grid(rng, 12, 2), rng.permutation(np.arange(12) % 3)
    twice = solution.best_split(np.vstack([X, X]), np.hstack([y, y]), criterion)
    assert_same(twice, best(X, y, criterion))


@split("laws")
@pytest.mark.parametrize("criterion", CRITERIA[:2])
def test_the_names_of_the_classes_do_not_matter(solution, rng, criterion):
    X, y = grid(rng, 20, 2), rng.permutation(np.arange(20) % 4)
    names = rng.permutation(4) + 10
    assert_same(solution.best_split(X, names[y], criterion), best(X, y, criterion))


@split("random")
@each
def test_random_rows(solution, rng, criterion):
    def draw(rng, n, d):
        return grid(rng, n, d), rng.integers(0, 4, n)

    cases = [(2, 1), (3, 1), (4, 2), (5, 2), (8, 2), (12, 3), (20, 3), (30, 2)]
    assert_decided(solution, rng, draw, criterion, cases)


@split("random")
def test_random_targets(solution, rng):
    def draw(rng, n, d):
        return grid(rng, n, d, most=6), rng.integers(-40, 40, n) / 4

    assert_decided(solution, rng, draw, "mse", [(4, 1), (10, 2), (25, 3)])


# Ties -----------------------------------------------------------------------


def ties(situation):
    return pytest.mark.criterion("ties", situation)


@ties("features")
@each
@states("then the lowest feature wins")
def test_the_lowest_of_equal_features(solution, criterion):
    X = np.array([[3.0, 1, 9], [3, 2, 8], [3, 4, 6], [3, 8, 2]])
    assert_split(
        solution.best_split(X, [0, 0, 4, 4], criterion),
        1,
        3.0,
        4.0 if criterion == "mse" else best(X, [0, 0, 4, 4], criterion).gain,
    )


@ties("features")
@each
@states("and within it the lowest threshold")
def test_the_feature_comes_before_the_threshold(solution, criterion):
    X = np.hstack([LINE + 50, LINE - 50])
    found = solution.best_split(X, [0, 0, 1, 1], criterion)
    check.equal((int(found.feature), float(found.threshold)), (0, 53.0))


@ties("thresholds")
@each
def test_the_lowest_of_equal_thresholds(solution, criterion):
    for y in ([1, 0, 0, 1], [0, 1, 0], [2, 0, 0, 0, 0, 2]):
        X = column(*range(len(y)))
        found = solution.best_split(X, y, criterion)
        check.equal(float(found.threshold), 0.5)


@ties("rounding")
@each
@states("Gains that differ from the largest by no more than 1e-9 times I(all) count as equal to it")
def test_the_last_digit_does_not_decide(solution, criterion):
    for n in (5, 6, 7, 9, 10, 11, 13, 14, 17, 19, 22, 23):
        y = np.zeros(n, dtype=int)
        y[[0, 1, n - 1, n - 2]] = 3, 1, 3, 1
        X = np.column_stack([np.arange(n)[::-1], np.arange(n)]).astype(float)
        expected = best(X[:, :1], y, criterion)
        assert_same(solution.best_split(X, y, criterion), expected)


@ties("rounding")
@states("Gains that differ from the largest by no more than 1e-9 times I(all)")
def test_a_little_more_gain_still_wins(solution):
    X = np.column_stack([np.repeat([0.0, 1.0], 2), [0.0, 1.0, 0.0, 1.0]])
    y = np.array([0.0, 0.001, 1.0, 1.001])
    assert_split(solution.best_split(X, y, "mse"), 0, 0.5, 0.25)
    assert_split(solution.best_split(X[:, ::-1], y, "mse"), 1, 0.5, 0.25)
    y = np.array([0.0, 1.0001, 1.0, 2.0001])
    gain = 1.0001**2 / 4
    assert_split(solution.best_split(X, y, "mse"), 1, 0.5, gain)


@ties("rounding")
@states("`gain` is that of the split you return.")
def test_equal_gains_that_are_small_beside_the_impurity(solution):
    X = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    # Gains of 1024 and 1024.000122; 1e-9 times the impurity is 0.001.
    y = np.array([1000.0, 0, 0, 1000]) * 2 + X @ [64.0, 64 + 2.0**-18]
    assert_split(solution.best_split(X, y, "mse"), 0, 0.5, 1024.0)


@ties("rounding")
@states("Gains that differ from the largest by no more than 1e-9 times I(all) count as equal to it")
def test_equality_is_measured_from_the_largest(solution):
    X = np.array([[i, j, k] for i in (0.0, 1) for j in (0.0, 1) for k in (0.0, 1)])
    # Beside the impurity of about 1e6, the gains miss the largest by 1.4e-9, 0.7e-9 and 0.
    steps = 2 * np.sqrt(1024 + np.array([0.0, 0.7e-3, 1.4e-3]))
    y = 2000.0 * (X.sum(axis=1) % 2) + X @ steps
    assert_split(solution.best_split(X, y, "mse"), 1, 0.5, 1024 + 0.7e-3)


@ties("random")
@each
def test_random_rows_full_of_ties(solution, rng, criterion):
    def draw(rng, n, d):
        X = grid(rng, n, d, most=2)
        return np.hstack([X, X[:, ::-1], -X]), rng.integers(0, 2, n)

    cases = [(n, d) for n in (4, 6, 9, 12) for d in (1, 2)]
    assert_decided(solution, rng, draw, criterion, cases, ties=True)


# No split -------------------------------------------------------------------


def limits(situation):
    return pytest.mark.criterion("limits", situation)


@limits("pure")
@pytest.mark.spec
@states("The answer is `None` when all of `y` is equal")
@pytest.mark.parametrize("criterion", CRITERIA)
def test_equal_labels(solution, criterion):
    assert solution.best_split(LINE, [7, 7, 7, 7], criterion) is None
    assert solution.best_split(column(3), [1], criterion) is None


@limits("pure")
def test_equal_targets_whose_mean_is_rounded(solution):
    for target in (0.1, 0.7, 1e7 / 3):
        for n in range(2, 12):
            X = column(*range(n))
            assert solution.best_split(X, np.full(n, target), "mse") is None


@limits("constant")
@each
@states("a constant feature has no threshold at all")
def test_constant_features(solution, criterion):
    assert solution.best_split(np.full((4, 2), 3.0), [0, 1, 1, 0], criterion) is None
    X = np.hstack([np.full((4, 1), 3.0), LINE])
    found = solution.best_split(X, [0, 1, 1, 0], criterion)
    check.equal((int(found.feature), float(found.threshold)), (1, 1.5))


@limits("min_leaf")
@each
@states("or when no threshold leaves `min_leaf` rows on both sides")
def test_children_need_rows(solution, criterion):
    y = [0, 1, 1, 1]
    assert_same(solution.best_split(LINE, y, criterion, 2), best(LINE, y, criterion, 2))
    assert_same(solution.best_split(LINE, y[::-1], criterion, 2), best(LINE, y[::-1], criterion, 2))


@limits("min_leaf")
@each
def test_too_few_rows_for_two_children(solution, criterion):
    for min_leaf in (3, 4, 100):
        assert solution.best_split(LINE, [0, 0, 1, 1], criterion, min_leaf) is None
    X = column(1, 1, 1, 5)
    assert solution.best_split(X, [0, 0, 0, 1], criterion, 2) is None
    assert solution.best_split(-X, [0, 0, 0, 1], criterion, min_leaf=2) is None


@limits("min_leaf")
def test_another_feature_where_the_best_has_too_small_a_child(solution):
    X = np.array([[9.0, 1], [1, 2], [2, 4], [3, 3], [4, 6], [5, 5]])
    y = [1, 0, 0, 0, 0, 0]
    assert_same(solution.best_split(X, y, "gini", 2), best(X, y, "gini", 2))
    assert_same(solution.best_split(X, y, "gini", 3), best(X, y, "gini", 3))


@limits("zero")
@each
@states("A gain of 0 is no reason for `None`")
def test_exclusive_or_is_split_without_gain(solution, criterion):
    X = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    assert_split(solution.best_split(X, [0, 1, 1, 0], criterion), 0, 0.5, 0.0)
    assert_split(solution.best_split(X[:, :1], [5, 3, 3, 5], criterion), 0, 0.5, 0.0)


@limits("random")
@each
def test_random_rows_and_a_min_leaf(solution, rng, criterion):
    def draw(rng, n, d):
        return grid(rng, n, d, most=5), rng.integers(0, 3, n)

    for min_leaf in (2, 3, 5):
        assert_decided(
            solution, rng, draw, criterion, [(8, 1), (10, 2), (16, 2)], min_leaf=min_leaf
        )


# Data -----------------------------------------------------------------------


def data(situation):
    return pytest.mark.criterion("data", situation)


@data("labels")
@pytest.mark.parametrize("criterion", CRITERIA[:2])
@pytest.mark.parametrize(
    "labels",
    [[-3, -3, 7, 7], ["no", "no", "maybe", "maybe"], [10**9, 10**9, 5, 5]],
    ids=["negative", "texts", "large"],
)
@states("Labels are integers, also negative ones, or strings.")
def test_labels_of_any_kind(solution, labels, criterion):
    assert_split(
        solution.best_split(LINE, labels, criterion), 0, 3.0, 1.0 if criterion == "entropy" else 0.5
    )


@data("types")
@pytest.mark.parametrize("kind", ["int8", "uint8", "int16", "float16", "float32", "int64"])
@states("small types must not wrap around or overflow, neither in a midpoint nor in a square.")
def test_small_types_of_features(solution, kind):
    X = np.array([[100], [120], [127], [90]], dtype=kind)
    assert_split(solution.best_split(X, [0, 1, 1, 0]), 0, 110.0, 0.5)
    wide = 25 if kind in ("int8", "uint8") else 600
    y = np.array([0, 4, 4, 0], dtype=kind) * wide
    assert_split(solution.best_split(X, y, "mse"), 0, 110.0, (2.0 * wide) ** 2)


@data("types")
def test_midpoints_of_large_small_types(solution):
    X = np.array([[30000], [32001], [32003], [20000]], dtype=np.int16)
    assert_split(solution.best_split(X, [0, 0, 1, 0]), 0, 32002.0, 0.375)
    X = np.array([[60000], [64000], [65000], [20000]], dtype=np.float16).astype(np.float16)
    check.equal(
        float(solution.best_split(X, [0, 0, 1, 0]).threshold), float(X[1:3].astype(float).mean())
    )


@data("lists")
@each
@states("`X` and `y` are arrays or lists")
def test_lists(solution, criterion):
    found = solution.best_split([[1, 5], [2, 5], [4, 5], [8, 5]], [3, 3, 3, 9], criterion)
    assert_same(found, best(LINE, [3, 3, 3, 9], criterion))


@data("labels")
@pytest.mark.parametrize("criterion", CRITERIA[:2])
@states("two of them are two classes even where float64 cannot tell them apart.")
def test_labels_that_are_neighbours_beyond_float64(solution, criterion):
    y = [2**53, 2**53, 2**53 + 1, 2**53 + 1]
    assert_split(
        solution.best_split(LINE, y, criterion), 0, 3.0, 1.0 if criterion == "entropy" else 0.5
    )


@data("types")
@pytest.mark.parametrize("kind", ["float16", "float32"])
@states("Compute in float64")
def test_means_of_small_types(solution, kind):
    y = np.array([1, 2, 2, 10], dtype=kind)
    found = solution.grow(LINE, y, "mse", 1)
    values = [plain(node.value, float) for node in (found, found.left)]
    check.close(values, [3.75, 5 / 3], rtol=1e-9)


@data("large")
@states("all of them may be as small as 0.000001.")
def test_targets_that_are_small(solution):
    found = solution.best_split(LINE, np.array([5, 5, 5, 9]) * 1e-6, "mse")
    check.equal((int(found.feature), float(found.threshold)), (0, 6.0))


@data("large")
@states("adding the same number to all of them changes no split and no gain.")
def test_large_targets_that_are_close_together(solution):
    X = column(*range(8))
    y = np.array([0.0, 1, 0, 2, 7, 6, 8, 7])
    expected = best(X, y, "mse")
    for shift in (0.0, 1e5, -9_000_000.0, 9_999_990.0):
        found = solution.best_split(X, y + shift, "mse")
        assert_split(found, 0, expected.threshold, expected.gain, rtol=1e-6)


@data("large")
def test_large_targets_with_fractions(solution, rng):
    X = column(*range(40))
    y = (np.arange(40) > 22) * 0.5 + rng.integers(0, 8, 40) / 64
    expected = best(X, y, "mse")
    found = solution.best_split(X, y + 8_388_608.0, "mse")
    assert_split(found, 0, expected.threshold, expected.gain, rtol=1e-6)


@data("neighbours")
@states("where that rounds to `b`, the threshold is `a`.")
def test_a_threshold_between_neighbouring_floats(solution):
    for low in (1.0, np.nextafter(1.0, 2.0), -1.0, np.nextafter(-1.0, 0.0), 1000.3):
        high = float(np.nextafter(low, 2000.0))
        found = solution.best_split(column(low, high, low), [0, 1, 0])
        check.equal(float(found.threshold), float(low))


@data("mutation")
@each
@states("Arguments stay as they were.")
def test_arguments_stay_as_they_were(solution, criterion):
    X = np.array([[4.0, 1], [1, 3], [3, 2], [2, 5]])
    y = np.array([2.0, 0, 1, 0]) if criterion == "mse" else np.array([2, 0, 1, 0])
    before = X.copy(), y.copy()
    solution.best_split(inout(X), inout(y), criterion)
    check.equal((X, y), before)


# Growing --------------------------------------------------------------------


def grow(situation):
    return pytest.mark.criterion("grow", situation)


def assert_tree(found, expected):
    waiting = [(found, expected)]
    while waiting:
        mine, wanted = waiting.pop()
        assert isinstance(mine, Node)
        check.equal(plain(mine.n, int), wanted.n)
        check.close(plain(mine.value, type(wanted.value)), wanted.value, rtol=1e-9, atol=1e-9)
        assert_same(mine.split, wanted.split)
        if wanted.split is None:
            assert mine.left is None
            assert mine.right is None
        else:
            waiting += [(mine.left, wanted.left), (mine.right, wanted.right)]


def assert_random_trees(solution, rng, draw, criterion, cases):
    for n, *options in cases:
        for _ in range(30):
            X, y = draw(rng, n)
            try:
                expected = tree(X, y, criterion, *options, ties=False)
            except UndecidedError:
                continue
            assert_tree(solution.grow(X, y, criterion, *options), expected)
            break


TWO_STEPS = np.array([[1.0, 1], [2, 9], [3, 2], [11, 8], [12, 1], [13, 9], [14, 2]])
TWO_LABELS = np.array([0, 0, 0, 1, 2, 1, 2])


@grow("stump")
@each
def test_a_tree_of_one_split(solution, criterion):
    assert_tree(
        solution.grow(LINE, [0, 0, 1, 1], criterion, 1), tree(LINE, [0, 0, 1, 1], criterion, 1)
    )


@grow("depth")
@states("`grow` gives the root, which has depth 0.")
@pytest.mark.parametrize("depth", [0, 1, 2, 3, 30])
def test_depths(solution, depth):
    found = solution.grow(TWO_STEPS, TWO_LABELS, "gini", depth)
    assert_tree(found, tree(TWO_STEPS, TWO_LABELS, "gini", depth))


@grow("depth")
def test_the_depth_is_three_unless_told(solution):
    X, y = column(*range(16)), np.arange(16)
    assert_tree(solution.grow(X, y, "mse"), tree(X, y, "mse", 3))


@grow("depth")
@states("or one without a split, is a leaf")
def test_a_single_row_is_a_leaf(solution):
    assert_tree(solution.grow(column(5), [4]), Node(4, 1))
    assert_tree(solution.grow(np.ones((4, 2)), [4, 1, 4, 2]), Node(4, 4))


@grow("values")
@states("their most frequent label, the smallest of equally frequent ones.")
def test_the_smallest_of_the_most_frequent_labels(solution):
    for y in ([3, 3, 1, 1, 0], [1, 3, 1, 3, 3], [2, 1, 0, 5, 4], [-1, 4, -2, 4, -2]):
        X = column(*range(5))
        assert_tree(solution.grow(X, y, "gini", 0), tree(X, y, "gini", 0))
    assert_tree(solution.grow(LINE, ["b", "b", "aa", "aa"], "entropy", 0), Node("aa", 4))


@grow("values")
@states('for `"mse"` their mean target, a float')
def test_the_mean_target(solution):
    assert_tree(solution.grow(LINE, [1, 2, 4, 10], "mse", 0), Node(4.25, 4))
    assert_tree(solution.grow(LINE, [1, 2, 4, 10], "mse", 2), tree(LINE, [1, 2, 4, 10], "mse", 2))


@grow("values")
@states("Every node, a leaf or not, has `n`, the number of its rows, and `value`")
def test_inner_nodes_have_values_too(solution):
    found = solution.grow(TWO_STEPS, TWO_LABELS[::-1])
    assert_tree(found, tree(TWO_STEPS, TWO_LABELS[::-1]))


@grow("options")
@each
@states("with the same `criterion` and `min_leaf`")
def test_criterion_and_min_leaf_hold_further_down(solution, criterion):
    X, y = column(*range(12)), np.array([0, 0, 0, 5, 0, 0, 7, 7, 7, 9, 7, 7])
    for min_leaf in (2, 3, 4):
        found = solution.grow(X, y, criterion, 4, min_leaf)
        assert_tree(found, tree(X, y, criterion, 4, min_leaf))


@grow("laws")
@each
def test_a_deep_tree_knows_every_row_by_heart(solution, rng, criterion):
    cells = np.array([[i, j] for i in range(5) for j in range(5)], dtype=float)
    X, y = rng.permutation(cells)[:18], rng.integers(0, 3, 18)
    found = solution.predict(solution.grow(X, y, criterion, 17), X)
    check.close(np.asarray(found, dtype=float), y.astype(float), rtol=1e-9, atol=1e-9)


@grow("random")
@each
def test_random_trees(solution, rng, criterion):
    def draw(rng, n):
        return grid(rng, n, 3), rng.integers(0, 2, n) * 3 + rng.integers(0, 2, n)

    assert_random_trees(
        solution, rng, draw, criterion, [(5, 1), (12, 2, 2), (25, 3, 4), (30, 4, 5)]
    )


# Predicting -----------------------------------------------------------------


def predict(situation):
    return pytest.mark.criterion("predict", situation)


def nested(low, middle, high):
    """Left of 3 the first value; right of it, feature 1 decides between the others."""
    right = Node(high, 3, Split(1, 0.5, 0.1), Node(middle, 1), Node(high, 2))
    return Node(low, 6, Split(0, 3.0, 0.2), Node(low, 3), right)


@predict("rows")
@pytest.mark.spec
@states(
    "`predict` sends each row of `X`, shape `(q, d)`, down to a leaf and gives the values of these leaves"
)
def test_rows_come_to_their_leaves(solution):
    X = np.array([[2.0, 9], [4, 0], [4, 1], [-5, 0], [3.001, 0.6]])
    check.equal(np.asarray(solution.predict(nested(1, 7, 4), X)).tolist(), [1, 7, 4, 1, 4])


@predict("rows")
@pytest.mark.spec
@states("an array of shape `(q,)`")
def test_a_single_leaf_answers_for_all(solution):
    found = solution.predict(Node(2.5, 9), [[1, 2], [3, 4]])
    check.equal(found, np.array([2.5, 2.5]))


@predict("equal")
@states("A feature that equals the threshold goes left.")
def test_a_feature_at_the_threshold_goes_left(solution):
    X = np.array([[3.0, 0], [4, 0.5], [3, 1]])
    check.equal(np.asarray(solution.predict(nested(1, 7, 4), X)).tolist(), [1, 7, 1])


@predict("shapes")
@states("Texts keep their full length.")
def test_texts_keep_their_length(solution):
    X = [[2, 9], [4, 0], [4, 1]]
    found = solution.predict(nested("a", "middle", "the top"), X)
    check.equal(np.asarray(found).tolist(), ["a", "middle", "the top"])


@predict("shapes")
@pytest.mark.spec
@states("No rows give an empty array.")
def test_no_rows(solution):
    found = solution.predict(nested(1, 7, 4), np.empty((0, 2)))
    assert isinstance(found, np.ndarray)
    assert found.shape == (0,)


# Errors ---------------------------------------------------------------------


def errors(situation):
    return pytest.mark.criterion("errors", situation)


both = pytest.mark.parametrize("name", ["best_split", "grow"])


def assert_refused(solution, name, *arguments, **options):
    with pytest.raises(ValueError):
        getattr(solution, name)(*arguments, **options)


@errors("shapes")
@both
@pytest.mark.parametrize(
    ("rows", "labels"),
    [((4,), 4), ((4, 1, 1), 4), ((4, 1), 3), ((4, 1), 5), ((4, 2), (4, 1)), ((4, 2), ()),
     ((0, 2), 0), ((4, 0), 4)],
    ids=str,
)  # fmt: skip
@states(
    "when `X` is not 2-D, when it has no rows or no features, or when `y` is not 1-D of length `n`"
)
def test_shapes_that_do_not_fit(solution, name, rows, labels):
    assert_refused(solution, name, np.ones(rows), np.ones(labels, dtype=int))


@errors("finite")
@both
@each
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@states("when `X` holds NaN or infinity")
def test_a_feature_that_is_not_finite(solution, name, criterion, value):
    X = np.array([[1.0, 2], [2, value], [4, 1]])
    assert_refused(solution, name, X, [0, 1, 1], criterion)
    assert_refused(solution, name, X, [1, 1, 1], criterion)


@errors("finite")
@both
@pytest.mark.parametrize("value", [np.nan, np.inf])
@states('and for `"mse"` also when `y` does')
def test_a_target_that_is_not_finite(solution, name, value):
    assert_refused(solution, name, LINE, [1.0, value, 2.0, 2.0], "mse")


@errors("options")
@both
@pytest.mark.parametrize("criterion", ["Gini", "variance", "", "mae"])
@states("for a `criterion` that is not named above")
def test_an_unknown_criterion(solution, name, criterion):
    assert_refused(solution, name, LINE, [0, 0, 1, 1], criterion)
    assert_refused(solution, name, LINE, [1, 1, 1, 1], criterion)


@errors("options")
@both
@pytest.mark.parametrize("min_leaf", [0, -1])
@states("and when `min_leaf < 1`")
def test_a_min_leaf_below_one(solution, name, min_leaf):
    assert_refused(solution, name, LINE, [0, 0, 1, 1], min_leaf=min_leaf)
    assert_refused(solution, name, LINE, [1, 1, 1, 1], min_leaf=min_leaf)


@errors("options")
@states("`grow` does so also when `max_depth < 0`")
def test_a_negative_depth(solution):
    assert_refused(solution, "grow", LINE, [0, 0, 1, 1], max_depth=-1)
    assert_refused(solution, "grow", LINE, [1, 1, 1, 1], max_depth=-2)


@errors("options")
@both
@states("This holds whether or not the answer would be `None` or a single leaf.")
def test_a_single_leaf_is_no_excuse(solution, name):
    options = {"max_depth": 0} if name == "grow" else {}
    assert_refused(solution, name, LINE, [0, 0, 1, 1], "none", **options)
    assert_refused(solution, name, LINE, [0, 0, 1, 1], min_leaf=0, **options)


@errors("predict")
@pytest.mark.parametrize(
    "X",
    [np.ones(2), np.ones((1, 1, 2)), [[1.0, np.nan]], [[np.inf, 1.0]]],
    ids=["1-D", "3-D", "nan", "inf"],
)
@states("and `predict` when `X` is not 2-D or holds NaN or infinity.")
def test_rows_that_cannot_be_predicted(solution, X):
    assert_refused(solution, "predict", Node(1, 4), X)
    assert_refused(solution, "predict", nested(1, 7, 4), X)


# Cost -----------------------------------------------------------------------


@pytest.mark.criterion("time", "rows")
@states("`best_split` takes O(d · n log n)")
def test_time_of_many_rows(measure):
    def run(solution, n, rng):
        X = rng.permutation(n).astype(float)[:, None]
        y = (X[:, 0] > n // 2 - 1) * 2
        for criterion, gain in (("gini", 0.5), ("mse", 1.0)):
            assert_split(solution.best_split(X, y, criterion), 0, n // 2 - 0.5, gain)

    measure.cpu_slope(run)


@pytest.mark.criterion("time", "classes")
@states("The number of classes must not multiply that: there may be as many classes as rows.")
def test_time_of_many_classes(measure):
    def run(solution, n, rng):
        X = rng.permutation(n).astype(float)[:, None]
        half, upper = n // 8, X[:, 0] > n // 2 - 1
        # Each half runs twice through classes of its own, so that only the middle parts them all.
        y = X[:, 0].astype(int) // 2 % half + upper * half
        for criterion, gain in (("gini", 0.5 / half), ("entropy", 1.0)):
            assert_split(solution.best_split(X, y, criterion), 0, n // 2 - 0.5, gain)

    measure.cpu_slope(run)
