"""Fixed cases first, then random ones against decimals of 60 digits."""

import math
from contextlib import contextmanager

import numpy as np
import pytest
from graders.testing import check, inout
from oracle import logarithms, losses, mean, probabilities, sixteenths, slopes

INF = np.inf
LOG2, LOG3 = math.log(2), math.log(3)
X4 = np.array([[1.0, -0.5, 2.0], [0.0, 3.0, -1.0], [4.0, 0.5, 0.25], [-2.0, -2.0, 1.5]])
T4 = np.array([2, 0, 0, 1])
BOTH = [("softmax", probabilities), ("log_softmax", logarithms)]
both = pytest.mark.parametrize(("name", "truth"), BOTH, ids=["softmax", "log_softmax"])


def close(actual, expected):
    check.close(actual, expected, rtol=1e-10, atol=1e-11)


def close_shares(actual, expected):
    """Probabilities: no absolute error but where the exact one is next to nothing."""
    check.close(actual, expected, rtol=1e-10, atol=1e-300)


def close_by_name(name, actual, expected):
    (close_shares if name == "softmax" else close)(actual, expected)


def number(value):
    """One float: Python's, or NumPy's of 64 bits."""
    if isinstance(value, np.generic):
        assert value.dtype == np.float64
        value = value.item()
    assert type(value) is float
    return value


@contextmanager
def reports_are_errors(solution):
    """Make NumPy raise, in the jail, what it would only warn of."""
    numpy = solution.np
    before = numpy.seterr(over="raise", divide="raise", invalid="raise")
    try:
        yield
    finally:
        numpy.seterr(**before)


# Part 1 ---------------------------------------------------------------------


def shares(situation):
    return pytest.mark.criterion("softmax", situation)


@shares("values")
@pytest.mark.spec
@pytest.mark.states("`softmax` gives exp(xₖ) / Σⱼ exp(xⱼ), where the sum runs along `axis`")
def test_odds_of_one_to_three(solution):
    close_shares(solution.softmax(np.array([0.0, LOG3])), np.array([0.25, 0.75]))
    close_shares(solution.softmax(np.array([LOG3, 0.0, LOG2])), np.array([3.0, 1.0, 2.0]) / 6)


@shares("values")
@pytest.mark.spec
@pytest.mark.states("`log_softmax` gives the natural logarithm of that, in the same shape.")
def test_logarithms_of_odds(solution):
    close(solution.log_softmax(np.array([0.0, LOG3])), np.log([0.25, 0.75]))


@shares("values")
def test_every_row_has_its_own_sum(solution):
    close_shares(solution.softmax(X4), probabilities(X4))
    close(solution.log_softmax(X4), logarithms(X4))


@shares("axis")
@both
@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
@pytest.mark.states(
    "the axis along which the classes lie, an `int`; negative ones count from the end"
)
def test_classes_along_every_axis(solution, name, truth, axis):
    x = np.arange(24.0).reshape(2, 3, 4) ** 1.5 % 5
    close_by_name(name, getattr(solution, name)(x, axis=axis), truth(x, axis))


@shares("axis")
def test_a_square_table_along_its_columns(solution):
    x = np.array([[0.0, 5.0, 1.0], [2.0, -3.0, 0.5], [1.0, 4.0, 4.0]])
    close_shares(solution.softmax(x, 0), probabilities(x, 0))
    close(solution.log_softmax(x, 0), logarithms(x, 0))


@shares("shapes")
@both
@pytest.mark.parametrize(
    "shape", [(1,), (5,), (4, 1), (1, 4), (0, 3), (2, 0, 3), (2, 1, 2, 2)], ids=str
)
@pytest.mark.spec
@pytest.mark.states("Any axis but that of the classes may have the length 0")
def test_any_shape(solution, name, truth, shape):
    x = np.linspace(-3, 3, math.prod(shape)).reshape(shape)
    close_by_name(name, getattr(solution, name)(x), truth(x))


@shares("shapes")
@both
@pytest.mark.spec
@pytest.mark.states("Logits come as arrays or lists of any integer or float dtype")
def test_lists(solution, name, truth):
    for x in ([1, 2, 4], [[0.5, -1], [3, 3]]):
        close_by_name(name, getattr(solution, name)(x), truth(x))
        close_by_name(name, getattr(solution, name)(x, axis=0), truth(x, 0))


@shares("types")
@both
@pytest.mark.parametrize(
    ("dtype", "values"),
    [
        ("uint8", [3, 5, 0, 9]), ("int8", [-128, -120, -127, 127]), ("int64", [-9, 3, 2]),
        ("float16", [-2.5, 0.5, 7]), ("float32", [-20, 0.5, 11]), ("int32", [4, -4]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
@pytest.mark.states("`uint8` and `int8` must not wrap around")
def test_every_type_is_computed_in_float64(solution, name, truth, dtype, values):
    x = np.array([values, values[::-1]], dtype)
    close_by_name(name, getattr(solution, name)(x), truth(x.astype(float)))


@shares("laws")
@both
def test_a_shift_of_each_row_changes_nothing(solution, rng, name, truth):
    x = sixteenths(rng, (4, 3))
    shift = rng.integers(-9000, 9000, (4, 1))
    close_by_name(name, getattr(solution, name)(x + shift), truth(x))


@shares("laws")
@both
def test_classes_in_another_order(solution, rng, name, truth):
    x, order = rng.normal(0, 3, (3, 6)), rng.permutation(6)
    close_by_name(name, getattr(solution, name)(x[:, order]), truth(x)[:, order])


@shares("laws")
def test_probabilities_sum_to_one(solution, rng):
    for scale in (1, 50, 3000):
        found = solution.softmax(rng.normal(0, scale, (5, 7)))
        check.close(found.sum(axis=1), np.ones(5), rtol=1e-12)
        assert float(found.min()) >= 0


@shares("mutation")
@both
@pytest.mark.states("Arguments stay as they were")
def test_logits_stay_as_they_were(solution, name, truth):
    given = X4.copy()
    getattr(solution, name)(inout(given))
    getattr(solution, name)(inout(given), axis=0)
    check.equal(given, X4)


@shares("random")
@both
def test_random_logits_along_random_axes(solution, rng, name, truth):
    for _ in range(8):
        shape = tuple(rng.integers(1, 5, rng.integers(1, 4)).tolist())
        axis = int(rng.integers(-len(shape), len(shape)))
        x = rng.normal(0, 4, shape)
        close_by_name(name, getattr(solution, name)(x, axis), truth(x, axis))


# Exactness ------------------------------------------------------------------


def stable(situation):
    return pytest.mark.criterion("stable", situation)


@stable("large")
@both
@pytest.mark.parametrize(
    "x",
    [[10_000, 9_999, 0], [-10_000, -9_999, -9_998], [5_000, 0, 0, 0], [10_000, -10_000], [800, 799]],
    ids=str,
)  # fmt: skip
@pytest.mark.states("Logits are −∞ or at most 10 000 in size.")
def test_logits_of_ten_thousand(solution, name, truth, x):
    x = np.array(x, dtype=float)
    close_by_name(name, getattr(solution, name)(x), truth(x))


@stable("rows")
@both
@pytest.mark.states("However far apart they are")
def test_rows_that_lie_far_apart(solution, name, truth):
    x = np.array([[10_000.0, 9_999.0], [-10_000.0, -9_998.0], [0.0, 0.5]])
    close_by_name(name, getattr(solution, name)(x), truth(x))
    close_by_name(name, getattr(solution, name)(x.T, axis=0), truth(x).T)


@stable("tails")
@pytest.mark.spec
@pytest.mark.parametrize("x", [-20.0, -40.0, -300.0, -690.0, -800.0])
@pytest.mark.states("The relative error of a probability is at most 1e-10")
def test_a_small_probability_keeps_its_digits(solution, x):
    row = np.array([x, 0.0, 0.25])
    close_shares(solution.softmax(row), probabilities(row))


@stable("tails")
@pytest.mark.parametrize("x", [-20.0, -40.0, -800.0, -20_000.0])
@pytest.mark.states("Logarithms, losses and gradients have a relative error of at most 1e-10")
def test_the_logarithm_of_next_to_nothing(solution, x):
    row = np.array([x / 2, -x / 2, -x / 2 - 0.25])
    close(solution.log_softmax(row), logarithms(row))


@stable("masked")
@pytest.mark.parametrize(
    "x", [[-INF, 2.0, 1.0], [3.0, -INF, -INF], [-9000.0, -INF, -9001.0]], ids=str
)
@pytest.mark.states("its probability is exactly 0")
def test_a_masked_class_has_no_probability(solution, x):
    x = np.array(x)
    found = solution.softmax(x)
    close_shares(found, probabilities(x))
    check.equal(found[x == -INF], np.zeros((x == -INF).sum()))


@stable("masked")
@pytest.mark.parametrize(
    "x", [[-INF, 2.0, 1.0], [3.0, -INF, -INF], [-9000.0, -INF, -9001.0]], ids=str
)
@pytest.mark.states("and its logarithm is −∞")
def test_the_logarithm_of_a_masked_class(solution, x):
    x = np.array(x)
    close(solution.log_softmax(x), logarithms(x))
    close(solution.log_softmax(np.stack([x, x[::-1]], 1), 0)[:, 0], logarithms(x))


@stable("loss")
@pytest.mark.parametrize("margin", [40.0, 1000.0, 10_000.0])
def test_wrong_and_sure_costs_the_margin(solution, margin):
    logits = np.array([[margin, 0.0], [0.0, -margin]])
    found = solution.cross_entropy(logits, np.array([1, 1]), "none")
    close(found, losses(logits, [1, 1]))


@stable("loss")
@pytest.mark.states("A masked class that is not the target costs nothing.")
def test_a_masked_class_costs_nothing(solution):
    logits = np.array([[0.0, -INF, 0.0], [-INF, -INF, 5.0], [1.0, 2.0, -INF]])
    close(solution.cross_entropy(logits, np.array([2, 2, 0]), "none"), losses(logits, [2, 2, 0]))


@stable("loss")
@pytest.mark.states("Where the target itself is masked, the loss is ∞.")
def test_a_masked_target_costs_infinity(solution):
    logits = np.array([[0.0, -INF, 0.0], [1.0, 2.0, -INF]])
    close(
        solution.cross_entropy(logits, np.array([1, 1]), "none"),
        np.array([INF, losses(logits, [0, 1])[1]]),
    )
    close(number(solution.cross_entropy(logits, np.array([1, 1]))), INF)


@stable("quiet")
@both
@pytest.mark.parametrize("masked", [False, True], ids=["finite", "masked"])
@pytest.mark.states(
    "No function lets NumPy report an overflow, a division by zero or an invalid value."
)
def test_softmax_gives_numpy_nothing_to_report(solution, name, truth, masked):
    x = np.array([[10_000.0, -10_000.0, 0.0], [-9000.0, -9800.0, -10_000.0]])
    if masked:
        x[:, 1] = -INF
    with reports_are_errors(solution):
        getattr(solution, name)(x)


@stable("quiet")
@pytest.mark.parametrize("masked", [False, True], ids=["finite", "masked"])
def test_loss_and_gradient_give_numpy_nothing_to_report(solution, masked):
    x = np.array([[10_000.0, -10_000.0, 0.0], [-9000.0, -9800.0, -10_000.0]])
    if masked:
        x[:, 1] = -INF
    with reports_are_errors(solution):
        for t in ([0, 2], [2, 0]):
            solution.cross_entropy(x, np.array(t))
            solution.grad(x, np.array(t))


@stable("random")
@both
def test_random_logits_of_many_sizes(solution, rng, name, truth):
    for scale in (1, 30, 1000, 5000):
        x = np.clip(rng.normal(0, scale, (4, 5)), -10_000, 10_000)
        x[rng.random(x.shape) < 0.2] = -INF
        x[:, 2] = rng.normal(0, scale / 5, 4)
        close_by_name(name, getattr(solution, name)(x), truth(x))


# Part 2 ---------------------------------------------------------------------


def costs(situation):
    return pytest.mark.criterion("loss", situation)


@costs("one")
@pytest.mark.parametrize(("target", "expected"), [(0, math.log(4)), (1, math.log(4 / 3))])
@pytest.mark.states(
    "The loss of a sample is −log p, where p is the probability that softmax gives to its target"
)
def test_a_single_sample(solution, target, expected):
    found = solution.cross_entropy(np.array([[0.0, LOG3]]), np.array([target]))
    close(number(found), expected)


@costs("equal")
@pytest.mark.parametrize("classes", [1, 2, 3, 10])
def test_equal_logits_cost_the_logarithm_of_the_classes(solution, classes):
    logits = np.full((3, classes), 1.75)
    targets = np.array([0, classes - 1, classes // 2])
    close(number(solution.cross_entropy(logits, targets)), math.log(classes))


@costs("equal")
def test_nine_equal_classes_cost_twice_what_three_do(solution):
    nine = number(solution.cross_entropy(np.zeros((1, 9)), np.array([4])))
    three = number(solution.cross_entropy(np.zeros((1, 3)), np.array([1])))
    close(nine, 2 * three)
    assert three > 1


@costs("one")
@pytest.mark.parametrize("row", [[0.0, 1.0, 3.0], [-2.0, -1.5, 1.0], [7.0, 5.0, -4.0]], ids=str)
def test_losses_of_one_row_differ_as_its_logits_do(solution, row):
    a, b, c = solution.cross_entropy(np.array([row] * 3), np.array([0, 1, 2]), "none").tolist()
    close((a - c) * (row[0] - row[1]), (a - b) * (row[0] - row[2]))
    assert abs(a - b) > 0.1


@costs("reductions")
def test_the_loss_of_each_sample(solution):
    close(solution.cross_entropy(X4, T4, "none"), losses(X4, T4))
    close(solution.cross_entropy(X4[:1], T4[:1], reduction="none"), losses(X4[:1], T4[:1]))


@costs("reductions")
@pytest.mark.states('`"sum"` gives their sum and `"mean"` their mean, one float each')
def test_sum_and_mean(solution):
    close(number(solution.cross_entropy(X4, T4, "sum")), float(losses(X4, T4).sum()))
    close(number(solution.cross_entropy(X4, T4, "mean")), float(losses(X4, T4).mean()))
    close(number(solution.cross_entropy(X4, T4)), float(losses(X4, T4).mean()))


@costs("empty")
@pytest.mark.states(
    "The mean over no samples at all is 0.0, when all are ignored as well as when `n` is 0."
)
def test_a_batch_of_no_samples(solution):
    logits, targets = np.zeros((0, 3)), np.zeros(0, dtype=int)
    close(number(solution.cross_entropy(logits, targets)), 0.0)
    close(number(solution.cross_entropy(logits, targets, "sum")), 0.0)
    close(solution.cross_entropy(logits, targets, "none"), np.zeros(0))


@costs("types")
@pytest.mark.parametrize("dtype", ["uint8", "int8", "int32", "float16", "float32"])
def test_logits_of_other_types(solution, dtype):
    logits = np.array([[3, 5, 100], [7, 0, 2], [120, 119, 118]], dtype)
    expected = losses(logits.astype(float), [2, 2, 1])
    close(solution.cross_entropy(logits, np.array([2, 2, 1]), "none"), expected)


@costs("types")
@pytest.mark.parametrize("dtype", ["uint8", "int8", "int32", "int64"])
@pytest.mark.spec
@pytest.mark.states("targets as arrays or lists of any integer dtype")
def test_targets_of_other_types(solution, dtype):
    close(solution.cross_entropy(X4, T4.astype(dtype), "none"), losses(X4, T4))


@costs("types")
@pytest.mark.spec
@pytest.mark.states("targets as arrays or lists of any integer dtype")
def test_lists_of_logits_and_targets(solution):
    close(number(solution.cross_entropy(X4.tolist(), T4.tolist())), mean(X4, T4))
    close(number(solution.cross_entropy([[1, 2], [5, 3]], [0, 0])), mean([[1, 2], [5, 3]], [0, 0]))


@costs("laws")
def test_classes_and_targets_renamed_together(solution, rng):
    logits, targets, order = rng.normal(0, 2, (5, 4)), rng.integers(0, 4, 5), rng.permutation(4)
    found = solution.cross_entropy(logits[:, order], np.argsort(order)[targets], "none")
    close(found, losses(logits, targets))


@costs("laws")
def test_samples_doubled_keep_the_mean(solution, rng):
    logits, targets = rng.normal(0, 2, (4, 3)), rng.integers(0, 3, 4)
    found = solution.cross_entropy(np.vstack([logits] * 3), np.tile(targets, 3))
    close(number(found), mean(logits, targets))


@costs("laws")
def test_a_growing_target_costs_ever_less(solution, rng):
    logits = np.repeat(rng.normal(0, 2, (1, 4)), 30, axis=0)
    logits[:, 2] = np.linspace(-60, 20, 30)
    found = solution.cross_entropy(logits, np.full(30, 2), "none")
    assert bool((np.diff(found) < 0).all())
    close(found, losses(logits, np.full(30, 2)))


@costs("mutation")
@pytest.mark.parametrize("options", [{}, {"ignore_index": 2}, {"label_smoothing": 0.25}], ids=str)
@pytest.mark.states("Arguments stay as they were")
def test_logits_and_targets_stay_as_they_were(solution, options):
    logits, targets = X4.copy(), T4.copy()
    solution.cross_entropy(inout(logits), inout(targets), **options)
    check.equal([logits, targets], [X4, T4])


@costs("random")
def test_random_samples(solution, rng):
    for n, classes in [(1, 2), (3, 1), (6, 3), (8, 7)]:
        logits, targets = rng.normal(0, 6, (n, classes)), rng.integers(0, classes, n)
        close(solution.cross_entropy(logits, targets, "none"), losses(logits, targets))
        close(number(solution.cross_entropy(logits, targets)), mean(logits, targets))


# Part 3 ---------------------------------------------------------------------


def options(situation):
    return pytest.mark.criterion("options", situation)


@options("ignored")
@pytest.mark.states('`"mean"` divides by the number of samples that are not ignored.')
def test_the_mean_is_over_what_is_left(solution):
    targets = np.array([2, -100, 0, -100])
    close(number(solution.cross_entropy(X4, targets)), mean(X4, targets))


@options("ignored")
@pytest.mark.states('`"none"` has 0.0 in its place.')
def test_an_ignored_sample_costs_nothing(solution):
    targets = np.array([-100, 0, -100, 1])
    close(solution.cross_entropy(X4, targets, "none"), losses(X4, targets))
    close(number(solution.cross_entropy(X4, targets, "sum")), float(losses(X4, targets).sum()))


@options("index")
@pytest.mark.parametrize("index", [0, 1, 2])
@pytest.mark.states("`ignore_index` may be any integer, whether or not it names a class")
def test_the_ignored_index_may_name_a_class(solution, index):
    found = solution.cross_entropy(X4, T4, "none", index)
    close(found, losses(X4, T4, ignored=index))
    close(number(solution.cross_entropy(X4, T4, ignore_index=index)), mean(X4, T4, ignored=index))


@options("index")
@pytest.mark.parametrize(
    ("index", "dtype"), [(255, "uint8"), (-1, "int8"), (3, "int64"), (-7, "int64")]
)
def test_the_ignored_index_may_name_no_class(solution, index, dtype):
    targets = np.array([2, index, 0, index], dtype)
    found = solution.cross_entropy(X4, targets, ignore_index=index)
    close(number(found), mean(X4, targets, ignored=index))


@options("nothing")
@pytest.mark.parametrize("smoothing", [0.0, 0.5])
@pytest.mark.states("The mean over no samples at all is 0.0")
def test_nothing_is_left(solution, smoothing):
    targets = np.full(4, -100)
    with reports_are_errors(solution):
        found = solution.cross_entropy(X4, targets, label_smoothing=smoothing)
        close(number(found), 0.0)
        close(solution.cross_entropy(X4, targets, "none", -100, smoothing), np.zeros(4))


@options("poison")
@pytest.mark.parametrize("value", [np.nan, INF, -INF])
@pytest.mark.parametrize("smoothing", [0.0, 0.25])
@pytest.mark.states(
    "It plays no part at all: whatever its logits hold, also NaN or infinity, nothing of it reaches the result."
)
def test_whatever_an_ignored_sample_holds(solution, value, smoothing):
    logits, targets = X4.copy(), np.array([2, -100, 0, 1])
    logits[1] = value
    for reduction in ("none", "sum", "mean"):
        found = solution.cross_entropy(logits, targets, reduction, label_smoothing=smoothing)
        each = losses(X4, targets, smoothing=smoothing)
        if reduction == "none":
            close(found, each)
        else:
            close(number(found), float(each.sum()) / (3 if reduction == "mean" else 1))


@options("smoothing")
@pytest.mark.parametrize("smoothing", [0.1, 0.5, 1.0])
@pytest.mark.states(
    "the loss of a sample is Σₖ qₖ · (−log pₖ) with qₖ = ε / C for every class, and 1 − ε more for the target"
)
def test_smoothed_labels(solution, smoothing):
    expected = losses(X4, T4, smoothing=smoothing)
    close(solution.cross_entropy(X4, T4, "none", label_smoothing=smoothing), expected)
    found = solution.cross_entropy(X4, T4, label_smoothing=smoothing)
    close(number(found), float(expected.mean()))


@options("smoothing")
@pytest.mark.parametrize("classes", [1, 2, 5])
def test_equal_logits_cost_the_same_however_smooth(solution, classes):
    logits, targets = np.zeros((2, classes)), np.array([0, classes - 1])
    found = solution.cross_entropy(logits, targets, label_smoothing=0.3)
    close(number(found), math.log(classes))


@options("entropy")
def test_a_prediction_that_agrees_costs_its_entropy(solution):
    q = np.array([0.1, 0.1, 0.7, 0.1])
    found = solution.cross_entropy(np.log(q)[None], np.array([2]), label_smoothing=0.4)
    close(number(found), float(-(q * np.log(q)).sum()))


@options("masked")
@pytest.mark.spec
@pytest.mark.states("So with ε > 0 a sample with a masked class has the loss ∞.")
def test_smoothing_reaches_masked_classes(solution):
    logits = np.array([[0.0, -INF, 0.0], [1.0, 2.0, 3.0]])
    expected = losses(logits, [0, 0], smoothing=0.25)
    close(solution.cross_entropy(logits, np.array([0, 0]), "none", label_smoothing=0.25), expected)


@options("random")
def test_random_samples_with_both_options(solution, rng):
    for n, classes in [(3, 2), (6, 3), (9, 5), (12, 4)]:
        logits, targets = rng.normal(0, 6, (n, classes)), rng.integers(0, classes, n)
        index, smoothing = int(targets[0]), float(rng.uniform(0.05, 0.95))
        targets[1] = (index + 1) % classes
        found = solution.cross_entropy(logits, targets, "mean", index, smoothing)
        close(number(found), mean(logits, targets, ignored=index, smoothing=smoothing))


# Part 4 ---------------------------------------------------------------------


def slope(situation):
    return pytest.mark.criterion("grad", situation)


@slope("values")
def test_the_slope_of_one_sample(solution):
    found = solution.grad(np.array([[0.0, LOG3]]), np.array([0]))
    close(found, np.array([[-0.75, 0.75]]))


@slope("values")
@pytest.mark.states("The derivative of the mean loss")
def test_the_slopes_of_a_mean(solution):
    close(solution.grad(X4, T4), slopes(X4, T4))


@slope("values")
@pytest.mark.spec
@pytest.mark.states("a float64 array of shape `(n, C)`.")
def test_a_gradient_of_no_samples(solution):
    close(solution.grad(np.zeros((0, 3)), np.zeros(0, dtype=int)), np.zeros((0, 3)))


@slope("confident")
def test_slopes_of_logits_of_ten_thousand(solution):
    logits = np.array([[10_000.0, 0.0], [0.0, -10_000.0], [-9_000.0, -9_001.0]])
    close(solution.grad(logits, np.array([1, 0, 1])), slopes(logits, [1, 0, 1]))


@slope("confident")
@pytest.mark.spec
@pytest.mark.states("The entries of masked classes are 0.")
def test_a_masked_class_has_no_slope(solution):
    logits = np.array([[0.0, -INF, 1.0], [-INF, -INF, 5.0]])
    close(solution.grad(logits, np.array([2, 2])), slopes(logits, [2, 2]))


@slope("ignored")
@pytest.mark.parametrize("index", [-100, 0, 255])
@pytest.mark.states("Rows of ignored samples are 0.")
def test_ignored_rows_have_no_slope(solution, index):
    targets = np.array([2, index, index, 1])
    close(solution.grad(X4, targets, index), slopes(X4, targets, ignored=index))


@slope("ignored")
@pytest.mark.parametrize("value", [np.nan, INF, -INF])
def test_nothing_of_an_ignored_row_reaches_the_gradient(solution, value):
    logits, targets = X4.copy(), np.array([2, -100, 0, 1])
    logits[1] = value
    close(solution.grad(logits, targets), slopes(X4, targets))


@slope("ignored")
@pytest.mark.states("When there are no other rows, everything is 0.")
def test_no_row_is_left(solution):
    with reports_are_errors(solution):
        close(solution.grad(X4, np.full(4, -100)), np.zeros((4, 3)))


@slope("smoothing")
@pytest.mark.parametrize("smoothing", [0.1, 0.5, 1.0])
def test_slopes_of_smoothed_labels(solution, smoothing):
    found = solution.grad(X4, T4, label_smoothing=smoothing)
    close(found, slopes(X4, T4, smoothing=smoothing))


@slope("smoothing")
def test_a_prediction_that_agrees_has_no_slope(solution):
    q = np.array([0.1, 0.1, 0.7, 0.1])
    found = solution.grad(np.log(q)[None], np.array([2]), label_smoothing=0.4)
    close(found, np.zeros((1, 4)))


@slope("differences")
@pytest.mark.parametrize("smoothing", [0.0, 0.375])
def test_the_gradient_is_the_slope_of_the_loss(solution, rng, smoothing):
    logits, targets = rng.normal(0, 1.5, (3, 3)), np.array([0, -100, int(rng.integers(0, 3))])
    found, h = np.zeros((3, 3)), 1e-5
    for at in np.ndindex(3, 3):
        step = np.zeros((3, 3))
        step[at] = h
        above, below = (
            number(solution.cross_entropy(moved, targets, label_smoothing=smoothing))
            for moved in (logits + step, logits - step)
        )
        found[at] = (above - below) / (2 * h)
    gradient = solution.grad(logits, targets, label_smoothing=smoothing)
    check.close(gradient, found, rtol=1e-6, atol=1e-8)


@slope("laws")
def test_rows_of_the_gradient_sum_to_zero(solution, rng):
    logits, targets = rng.normal(0, 5, (6, 4)), rng.integers(0, 4, 6)
    for smoothing in (0.0, 0.25):
        found = solution.grad(logits, targets, -100, smoothing)
        check.close(found.sum(axis=1), np.zeros(6), atol=1e-12)


@slope("types")
@pytest.mark.parametrize("dtype", ["uint8", "int8", "float16", "float32"])
def test_slopes_of_other_types(solution, dtype):
    logits = np.array([[3, 5, 1], [7, 0, 2], [120, 119, 118]], dtype)
    targets = np.array([2, 0, 255], "uint8")
    expected = slopes(logits.astype(float), targets, ignored=255)
    close(solution.grad(logits, targets, 255), expected)
    close(solution.grad(logits.tolist(), targets.tolist(), 255), expected)


@slope("mutation")
@pytest.mark.states("Arguments stay as they were")
def test_a_gradient_leaves_its_arguments_alone(solution):
    logits, targets = X4.copy(), T4.copy()
    solution.grad(inout(logits), inout(targets))
    solution.grad(inout(logits), inout(targets), 2, 0.25)
    check.equal([logits, targets], [X4, T4])


@slope("random")
def test_random_slopes_with_both_options(solution, rng):
    for n, classes in [(2, 2), (4, 3), (5, 4)]:
        logits, targets = rng.normal(0, 3, (n, classes)), rng.integers(0, classes, n)
        index, smoothing = int(targets[0]), float(rng.uniform(0.05, 0.95))
        targets[1] = (index + 1) % classes
        found = solution.grad(logits, targets, index, smoothing)
        close(found, slopes(logits, targets, ignored=index, smoothing=smoothing))


# Errors ---------------------------------------------------------------------


def errors(situation):
    return pytest.mark.criterion("errors", situation)


def assert_refused(solution, name, *given, **named):
    with pytest.raises(ValueError):
        getattr(solution, name)(*given, **named)


with_targets = pytest.mark.parametrize("name", ["cross_entropy", "grad"])


@errors("logits")
@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
@pytest.mark.parametrize(
    "row", [[1.0, np.nan, 2.0], [1.0, INF, 2.0], [-INF, np.nan, -INF]], ids=str
)
@pytest.mark.states("when `x` holds NaN or +∞")
def test_nan_and_infinity(solution, name, row):
    assert_refused(solution, name, np.array(row))
    assert_refused(solution, name, np.array([[1.0, 2.0, 3.0], row]))
    assert_refused(solution, name, np.array([[1.0, 2.0, 3.0], row]), axis=0)


@errors("logits")
@both
@pytest.mark.states("when along `axis` there are only masked classes")
def test_nothing_but_masked_classes(solution, name, truth):
    x = np.array([[1.0, 2.0], [-INF, -INF]])
    assert_refused(solution, name, x)
    assert_refused(solution, name, x.T, axis=0)
    close_by_name(name, getattr(solution, name)(x, axis=0), truth(x, 0))


@errors("logits")
@with_targets
@pytest.mark.parametrize("row", [[1.0, np.nan, 2.0], [1.0, INF, 2.0], [-INF] * 3], ids=str)
@pytest.mark.states("when the logits of a sample that is not ignored hold NaN or +∞ or are all −∞")
def test_samples_without_a_softmax(solution, name, row):
    for target in (0, 1):
        assert_refused(solution, name, np.array([[1.0, 2.0, 3.0], row]), np.array([-100, target]))


@errors("axis")
@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
@pytest.mark.parametrize("axis", [2, -3, 7])
@pytest.mark.spec
@pytest.mark.states("when there is no such axis")
def test_an_axis_that_is_not_there(solution, name, axis):
    assert_refused(solution, name, X4, axis=axis)


@errors("shapes")
@pytest.mark.spec
@with_targets
@pytest.mark.parametrize(
    ("logits", "targets"),
    [((3,), (3,)), ((2, 3, 4), (2,)), ((4, 3), (3,)), ((4, 3), (5,)), ((4, 3), (4, 1)), ((4, 3), (1, 4)), ((4, 3), ()), ((4, 0), (4,)), ((0, 0), (0,)), ((4, 3), (1,)), ((1, 3), (4,))],
    ids=str,
)  # fmt: skip
@pytest.mark.states(
    "when `logits` is not 2-D with at least one column, and when `targets` is not 1-D of length `n`, such as a column of shape `(n, 1)`"
)
def test_shapes_that_do_not_fit(solution, name, logits, targets):
    assert_refused(solution, name, np.ones(logits), np.zeros(targets, dtype=int))


@errors("targets")
@with_targets
@pytest.mark.parametrize("target", [3, -1, -3, 100, 255])
@pytest.mark.states("when a target is neither `ignore_index` nor from 0 to `C − 1`")
def test_a_target_that_names_no_class(solution, name, target):
    assert_refused(solution, name, X4, np.array([0, 1, target, 2]))
    assert_refused(solution, name, X4, np.array([0, 1, target, 2]), ignore_index=0)


@errors("targets")
@with_targets
def test_the_usual_index_is_no_class_when_another_is_ignored(solution, name):
    assert_refused(solution, name, X4, np.array([0, 1, -100, 2]), ignore_index=-1)


@errors("targets")
@pytest.mark.spec
@with_targets
@pytest.mark.parametrize("targets", [[0.0, 1.0, 2.0, 0.0], [0.5, 1.0, 2.0, 0.0]], ids=str)
@pytest.mark.states("when `targets` has another dtype than an integer one")
def test_targets_that_are_not_integers(solution, name, targets):
    assert_refused(solution, name, X4, np.array(targets))


@errors("targets")
@with_targets
@pytest.mark.states("(`bool` is none; no test gives the list `[]`)")
def test_truth_values_are_no_targets(solution, name):
    assert_refused(solution, name, X4, np.array([True, False, False, True]))


@errors("targets")
@with_targets
@pytest.mark.states("`uint64` ones beyond `int64` included")
def test_a_target_beyond_int64(solution, name):
    assert_refused(solution, name, X4, np.array([0, 2**64 - 100, 1, 2], "uint64"))


@errors("options")
@pytest.mark.parametrize("n", [0, 4])
@pytest.mark.states(
    "All this holds for a batch of no samples and for one whose samples are all ignored, too."
)
def test_an_unknown_reduction_of_no_samples(solution, n):
    assert_refused(solution, "cross_entropy", X4[:n], np.full(n, -100), "median")


@errors("options")
@pytest.mark.spec
@pytest.mark.parametrize("reduction", ["max", "Mean", "", None])
@pytest.mark.states("for a `reduction` that is not named above")
def test_an_unknown_reduction(solution, reduction):
    assert_refused(solution, "cross_entropy", X4, T4, reduction)


@errors("options")
@pytest.mark.spec
@with_targets
@pytest.mark.parametrize("smoothing", [-0.1, 1.5, np.nan, INF])
@pytest.mark.states("when `label_smoothing` is not from 0 to 1, NaN included")
def test_a_smoothing_out_of_range(solution, name, smoothing):
    assert_refused(solution, name, X4, T4, label_smoothing=smoothing)


# Cost -----------------------------------------------------------------------


def sparse(kept, n, rng):
    """Give 16 samples whose logits are whole numbers, so that a few rows tell the answer."""
    logits, targets = rng.integers(-30, 30, (16, n)).astype(float), rng.integers(0, n, 16)
    targets[5] = -100
    kept["data"] = logits, targets
    return logits, targets


@pytest.mark.criterion("memory", "loss")
@pytest.mark.states("`cross_entropy` and `grad` need O(n · C) room beyond their arguments")
def test_room_for_the_loss(measure):
    kept = {}

    def arguments(n, rng):
        return (*sparse(kept, n, rng), "none", -100, 0.25)

    def verify(result, n):
        logits, targets = kept["data"]
        close(result.fetch()[:8], losses(logits[:8], targets[:8], smoothing=0.25))

    measure.peak_memory("cross_entropy", arguments, verify)


@pytest.mark.criterion("memory", "grad")
@pytest.mark.states("On 16 samples of 3000 classes they stay within 8 MiB.")
def test_room_for_the_gradient(measure):
    kept = {}

    def arguments(n, rng):
        return (*sparse(kept, n, rng), -100, 0.25)

    def verify(result, n):
        logits, targets = kept["data"]
        found, rows = result.fetch(), np.arange(4)
        expected = probabilities(logits[:4]) - 0.25 / n
        expected[rows, targets[:4]] -= 0.75
        assert found.shape == (16, n)
        close(found[:4], expected / 15)

    measure.peak_memory("grad", arguments, verify)
