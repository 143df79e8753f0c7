"""Fixed cases first, then random ones against long decimals."""

import math
from contextlib import contextmanager

import numpy as np
import pytest
from graders.testing import check, inout
from oracle import Fit, descend, gradient, loss, samples, sigma, sigmas, size, steadiest

X4, Y4 = np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([0, 1, 1, 1])
X5 = np.array([[2.0, -1.0], [0.0, 3.0], [-1.0, 1.0], [4.0, 0.5], [-2.0, -2.0]])
Y5 = np.array([1, 0, 0, 1, 1])
LOG2, LOG3 = math.log(2), math.log(3)


def close(actual, expected):
    check.close(actual, expected, rtol=1e-9, atol=1e-12)


def number(value):
    """One float: Python's, or NumPy's of 64 bits."""
    if isinstance(value, np.generic):
        assert value.dtype == np.float64
        value = value.item()
    assert type(value) is float
    return value


def flag(value):
    """One bool: Python's or NumPy's."""
    value = value.item() if isinstance(value, np.generic) else value
    assert type(value) is bool
    return value


def assert_pair(found, w, b):
    assert type(found) is tuple
    assert len(found) == 2
    close(found[0], w)
    close(number(found[1]), b)


def assert_fit(found, w, b, losses, *, converged):
    assert isinstance(found, Fit)
    close(found.w, w)
    close(number(found.b), b)
    close(found.losses, losses)
    assert flag(found.converged) is converged


@contextmanager
def reports_are_errors(solution):
    """Make NumPy raise, in the jail, what it would only warn of."""
    numpy = solution.np
    before = numpy.seterr(over="raise", divide="raise", invalid="raise")
    try:
        yield
    finally:
        numpy.seterr(**before)


# Exactness ------------------------------------------------------------------


def stable(situation):
    return pytest.mark.criterion("stable", situation)


@stable("values")
@pytest.mark.spec
@pytest.mark.states("`sigmoid` gives σ of each element")
def test_sigmoid_of_ordinary_scores(solution):
    z = np.array([-3.0, -0.5, 0.0, 0.25, 1.0, 6.0])
    check.close(solution.sigmoid(z), sigmas(z), rtol=1e-9)


@stable("values")
@pytest.mark.spec
@pytest.mark.states("σ(∞) is 1, σ(−∞) is 0, and σ(NaN) is NaN.")
def test_sigmoid_of_infinity_and_nan(solution):
    found = solution.sigmoid(np.array([np.inf, -np.inf, np.nan]))
    check.equal(found, np.array([1.0, 0.0, np.nan]))


@stable("tails")
@pytest.mark.parametrize("z", [-25.0, -40.0, -300.0, -600.0, -700.0])
@pytest.mark.states("For −700 ≤ z ≤ 10 000 the relative error of `sigmoid` is at most 1e-9")
def test_sigmoid_keeps_its_digits_far_below_zero(solution, z):
    check.close(solution.sigmoid(np.array([z, 1.0])), np.array([sigma(z), sigma(1)]), rtol=1e-9)


@stable("tails")
@pytest.mark.states("below −700 it gives something between 0 and 1e-300")
@pytest.mark.spec
def test_sigmoid_beyond_the_range_of_exp(solution):
    found = solution.sigmoid(np.array([800.0, 10_000.0, -800.0, -10_000.0]))
    check.close(found, np.array([1.0, 1.0, 0.0, 0.0]), rtol=1e-9, atol=1e-300)
    assert float(found.min()) >= 0


@stable("shapes")
@pytest.mark.parametrize("z", [0, 2, -3.5, 40.0])
@pytest.mark.states("or one float when `z` is a single number")
def test_sigmoid_of_a_single_number(solution, z):
    check.close(number(solution.sigmoid(z)), sigma(z), rtol=1e-9)


@stable("shapes")
@pytest.mark.parametrize("shape", [(0,), (1,), (5,), (2, 3), (3, 0), (2, 1, 2)], ids=str)
@pytest.mark.states("an array of the shape of `z`")
@pytest.mark.spec
def test_sigmoid_keeps_the_shape(solution, shape):
    z = np.linspace(-4, 4, math.prod(shape)).reshape(shape)
    check.close(solution.sigmoid(z), sigmas(z), rtol=1e-9)


@stable("shapes")
@pytest.mark.spec
@pytest.mark.states("`z` and `w` are arrays or lists of numbers")
def test_sigmoid_of_lists(solution):
    check.close(solution.sigmoid([-1, 0, 2]), sigmas([-1, 0, 2]), rtol=1e-9)
    check.close(solution.sigmoid([[0.5], [-1.5]]), sigmas([[0.5], [-1.5]]), rtol=1e-9)


@stable("types")
@pytest.mark.parametrize(
    ("dtype", "values"),
    [
        ("uint8", [0, 1, 5, 200]), ("int8", [-128, -100, -3, 0, 127]), ("int32", [-50, 4]), ("int64", [-90, 3]),
        ("float16", [-20, -0.5, 2]), ("float32", [-100, -0.5, 50]), ("bool", [0, 1]),
    ],
)  # fmt: skip
@pytest.mark.states("Small types such as `uint8` and `int8` must not wrap around.")
def test_sigmoid_of_every_type_is_float64(solution, dtype, values):
    z = np.array(values, dtype)
    check.close(solution.sigmoid(z), sigmas(z), rtol=1e-9)


@stable("loss")
@pytest.mark.parametrize(
    ("z", "label"),
    [(16.0, 0), (-18.0, 1), (40.0, 0), (-45.0, 1), (800.0, 0), (-800.0, 1), (10_000.0, 0)],
)
@pytest.mark.states("also where it is as large as 10 000")
def test_a_large_loss_is_as_large_as_the_score(solution, z, label):
    found = solution.bce_loss(np.array([[1.0]]), np.array([label]), np.array([z]), 0.0)
    check.close(number(found), loss([[1.0]], [label], [z], 0.0), rtol=1e-9)


@stable("loss")
@pytest.mark.parametrize(("z", "label"), [(20.0, 1), (39.0, 1), (-39.0, 0), (-30.0, 0)])
@pytest.mark.states("or as small as 1e-17, such as for a sample with y = 1 and z = 39")
def test_a_small_loss_keeps_its_digits(solution, z, label):
    found = solution.bce_loss(np.array([[1.0]]), np.array([label]), np.array([z]), 0.0)
    check.close(number(found), loss([[1.0]], [label], [z], 0.0), rtol=1e-9)


@stable("loss")
def test_certain_and_right_costs_nothing(solution):
    X, y = np.array([[800.0], [-800.0]]), np.array([1, 0])
    check.close(number(solution.bce_loss(X, y, np.array([1.0]), 0.0)), 0.0, atol=1e-300)


@stable("quiet")
@pytest.mark.parametrize("z", [10_000.0, 800.0, -720.0, -10_000.0])
@pytest.mark.states(
    "For any scores up to 10 000 in size, none of the functions of parts 1 and 2 lets NumPy report an overflow, a division by zero or an invalid value."
)
def test_sigmoid_gives_numpy_nothing_to_report(solution, z):
    with reports_are_errors(solution):
        solution.sigmoid(np.array([z]))
        solution.sigmoid(z)


@stable("quiet")
@pytest.mark.parametrize("z", [10_000.0, 40.0, -40.0, -10_000.0])
def test_the_loss_gives_numpy_nothing_to_report(solution, z):
    with reports_are_errors(solution):
        solution.bce_loss(np.array([[1.0], [-1.0]]), np.array([0, 0]), np.array([z]), 0.0)
        solution.bce_loss(np.array([[1.0], [-1.0]]), np.array([1, 1]), np.array([z]), 0.0)


@stable("quiet")
def test_training_on_unscaled_features_gives_numpy_nothing_to_report(solution):
    X, y = np.array([[90.0, -70.0], [-80.0, 60.0], [50.0, 20.0], [70.0, -90.0]]), [0, 1, 1, 0]
    with reports_are_errors(solution):
        w, b = solution.logistic_regression(X, y, 1.0, 6)
        solution.fit(X, y, 1.0, 6)
        solution.gradients(X, y, w, b)
        solution.predict(X, w, b)
    assert np.isfinite(w).all()


@stable("random")
def test_random_scores(solution, rng):
    for scale in (1, 10, 200):
        z = np.clip(rng.normal(0, scale, 20), -690, 9000)
        found = solution.sigmoid(z)
        check.close(found, sigmas(z), rtol=1e-9)
        check.close(solution.sigmoid(-np.abs(z) / 2) + solution.sigmoid(np.abs(z) / 2), np.ones(20))


@stable("random")
def test_losses_of_random_scores(solution, rng):
    for scale in (1, 30, 2000):
        X, y = rng.integers(-9, 10, (6, 2)).astype(float), rng.integers(0, 2, 6)
        w, b = np.round(rng.normal(0, scale / 9, 2) * 64) / 64, 0.5
        found = number(solution.bce_loss(X, y, w, b))
        check.close(found, loss(X, y, w, b), rtol=1e-9, atol=1e-300)


# Part 1 ---------------------------------------------------------------------


def descent(situation):
    return pytest.mark.criterion("descent", situation)


@descent("loss")
@pytest.mark.states(
    "the mean over the samples of −[y·log p + (1−y)·log(1−p)], with the natural logarithm"
)
@pytest.mark.spec
def test_the_loss_is_the_mean_cross_entropy(solution):
    w, b = np.array([0.5, -1.25]), 0.75
    close(number(solution.bce_loss(X5, Y5, w, b)), loss(X5, Y5, w, b))
    close(number(solution.bce_loss([[1.0]], [1], [0.0], LOG3)), math.log(4 / 3))
    close(number(solution.bce_loss([[1.0]], [0], [0.0], LOG3)), math.log(4))


@descent("gradient")
@pytest.mark.states("the derivatives of `bce_loss` by `w`, an array of shape `(n,)`, and by `b`")
def test_the_gradient_at_zero(solution):
    assert_pair(solution.gradients(X4, Y4, np.zeros(1), 0.0), np.array([-1.0]), -0.25)


@descent("gradient")
def test_the_gradient_elsewhere(solution):
    w, b = np.array([0.5, -1.25]), 0.75
    assert_pair(solution.gradients(X5, Y5, w, b), *gradient(X5, Y5, w, b))
    assert_pair(solution.gradients(X5[:1], Y5[:1], w, b), *gradient(X5[:1], Y5[:1], w, b))


@descent("steps")
@pytest.mark.states(
    "`logistic_regression` starts with all weights and the intercept at 0, takes exactly `epochs` steps"
)
def test_no_step_and_one_step(solution):
    assert_pair(solution.logistic_regression(X4, Y4, 0.5, 0), np.zeros(1), 0.0)
    assert_pair(solution.logistic_regression(X4, Y4, 0.5, 1), np.array([0.5]), 0.125)


@descent("steps")
@pytest.mark.parametrize("epochs", [2, 3, 7])
@pytest.mark.states(
    "it uses all samples and changes `w` and `b` at once, from one pair of gradients"
)
def test_several_steps(solution, epochs):
    for X, y in ((X4, Y4), (X5, Y5)):
        found = solution.logistic_regression(X, y, 0.25, epochs)
        assert_pair(found, *descend(X, y, 0.25, epochs)[:2])


@descent("steps")
def test_many_steps_balance_the_odds(solution):
    X, y = np.array([[0.0], [0.0], [1.0], [1.0], [1.0], [1.0]]), np.array([0, 1, 0, 1, 1, 1])
    w, b = solution.logistic_regression(X, y, 2.0, 400)
    check.close(w, np.array([LOG3]), rtol=1e-6)
    check.close(number(b), 0.0, atol=1e-6)


@descent("types")
@pytest.mark.parametrize("dtype", ["uint8", "int8", "int64", "float16", "float32", "bool"])
def test_features_of_other_types(solution, dtype):
    X = np.array([[1, 0], [0, 1], [1, 1], [0, 0]]) * (1 if dtype == "bool" else 100)
    X = X.astype(dtype)
    y, exact = np.array([1, 0, 0, 1]), X.astype(float)
    assert_pair(solution.logistic_regression(X, y, 0.0625, 3), *descend(exact, y, 0.0625, 3)[:2])
    w = np.array([0.5, -0.25])
    assert_pair(solution.gradients(X, y, w, 1.0), *gradient(exact, y, w, 1.0))


@descent("types")
@pytest.mark.parametrize("dtype", ["uint8", "int8", "bool", "float64", "float32"])
def test_labels_of_other_types(solution, dtype):
    w, b = np.array([0.5, -1.25]), 0.75
    y = Y5.astype(dtype)
    close(number(solution.bce_loss(X5, y, w, b)), loss(X5, Y5, w, b))
    assert_pair(solution.gradients(X5, y, w, b), *gradient(X5, Y5, w, b))


@descent("types")
@pytest.mark.spec
@pytest.mark.states("`X` is an array or a list of lists of any integer, float or bool dtype")
def test_lists(solution):
    found = solution.logistic_regression(X5.tolist(), Y5.tolist(), 0.25, 2)
    assert_pair(found, *descend(X5, Y5, 0.25, 2)[:2])
    found = solution.gradients([[1, 2], [3, 5]], [True, False], [1, -1], 0)
    assert_pair(found, *gradient([[1, 2], [3, 5]], [1, 0], [1, -1], 0))


@descent("laws")
def test_samples_doubled_change_nothing(solution, rng):
    X, y = samples(rng, 4, 2)
    once = solution.logistic_regression(X, y, 0.125, 5)
    twice = solution.logistic_regression(np.vstack([X, X]), np.concatenate([y, y]), 0.125, 5)
    assert_pair(twice, once[0], number(once[1]))
    close(once[0], descend(X, y, 0.125, 5)[0])


@descent("laws")
def test_the_order_of_the_samples_changes_nothing(solution, rng):
    X, y = samples(rng, 6, 2)
    order = rng.permutation(len(y))
    expected = descend(X, y, 0.125, 4)[:2]
    assert_pair(solution.logistic_regression(X[order], y[order], 0.125, 4), *expected)


@descent("laws")
def test_swapped_labels_turn_the_signs(solution, rng):
    X, y = samples(rng, 5, 3)
    w, b, _ = descend(X, y, 0.125, 4)
    assert_pair(solution.logistic_regression(X, 1 - y, 0.125, 4), -w, -b)


@descent("differences")
@pytest.mark.parametrize("l2", [0.0, 0.75])
@pytest.mark.states("`gradients` stays the derivative of `bce_loss`.")
def test_the_gradient_is_the_slope_of_the_loss(solution, rng, l2):
    X, y = samples(rng, 4, 2)
    v, h = rng.normal(size=3), 1e-5
    slopes = []
    for step in np.eye(3) * h:
        up, down = v + step, v - step
        above = number(solution.bce_loss(X, y, up[:2], up[2], l2))
        below = number(solution.bce_loss(X, y, down[:2], down[2], l2))
        slopes.append((above - below) / (2 * h))
    dw, db = solution.gradients(X, y, v[:2], v[2], l2)
    check.close(np.append(dw, number(db)), np.array(slopes), rtol=1e-6, atol=1e-8)


@descent("mutation")
@pytest.mark.parametrize("name", ["bce_loss", "gradients", "logistic_regression", "fit"])
@pytest.mark.states("Arguments stay as they were")
def test_data_stay_as_they_were(solution, name):
    given = [X5.copy(), Y5.astype(float)]
    more = [np.array([0.5, -1.0]), 0.25] if name in ("bce_loss", "gradients") else [0.5, 3]
    before = [a.copy() for a in given]
    getattr(solution, name)(*map(inout, given), *more)
    check.equal(given, before)


@descent("mutation")
@pytest.mark.spec
@pytest.mark.states("Arguments stay as they were")
def test_weights_and_scores_stay_as_they_were(solution):
    w, z = np.array([0.5, -1.0]), np.array([-2.0, 3.0])
    solution.gradients(X5, Y5, inout(w), 0.25, 0.5)
    solution.bce_loss(X5, Y5, inout(w), 0.25, 0.5)
    solution.predict(X5, inout(w), 0.25)
    solution.sigmoid(inout(z))
    check.equal([w, z], [np.array([0.5, -1.0]), np.array([-2.0, 3.0])])


@descent("random")
def test_random_samples(solution, rng):
    for m, n in [(1, 1), (3, 2), (6, 1), (8, 3)]:
        X, y = rng.integers(-3, 4, (m, n)).astype(float), rng.integers(0, 2, m)
        w, b = rng.normal(size=n), float(rng.normal())
        close(number(solution.bce_loss(X, y, w, b)), loss(X, y, w, b))
        assert_pair(solution.gradients(X, y, w, b), *gradient(X, y, w, b))
        epochs = int(rng.integers(1, 9))
        assert_pair(
            solution.logistic_regression(X, y, 0.125, epochs), *descend(X, y, 0.125, epochs)[:2]
        )


# Prediction -----------------------------------------------------------------


def predicts(situation):
    return pytest.mark.criterion("predict", situation)


@predicts("probabilities")
@pytest.mark.states("`predict_proba` gives the probability of class 1 for each row, shape `(m,)`.")
@pytest.mark.spec
def test_probabilities_of_class_1(solution):
    found = solution.predict_proba(np.array([[0.0], [1.0], [-1.0]]), np.array([LOG3]), 0.0)
    close(found, np.array([0.5, 0.75, 0.25]))
    found = solution.predict_proba([[5, 2]], [1, -2], LOG3 - 1)
    close(found, np.array([0.75]))


@predicts("classes")
@pytest.mark.states(
    "an int64 array of shape `(m,)`: 1 where the probability is at least `threshold`, else 0"
)
def test_a_probability_at_the_threshold_is_class_1(solution):
    X = np.array([[-1.0], [0.0], [1.0]])
    check.equal(solution.predict(X, np.array([2.0]), 0.0), np.array([0, 1, 1]))
    X = np.array([[-3.0], [-1.0], [1.0], [9.0]])
    check.equal(solution.predict(X, np.array([2.0]), 1.0), np.array([0, 0, 1, 1]))
    check.equal(solution.predict(X, np.array([-2.0]), 1.0), np.array([1, 1, 0, 0]))


@predicts("threshold")
@pytest.mark.parametrize(
    ("threshold", "classes"),
    [(0.0, [1, 1, 1]), (0.2, [1, 1, 1]), (0.3, [0, 1, 1]), (0.6, [0, 0, 1]), (0.8, [0, 0, 0])],
)
def test_other_thresholds(solution, threshold, classes):
    X, w = np.array([[-1.0], [0.0], [1.0]]), np.array([LOG3])
    check.equal(solution.predict(X, w, 0.0, threshold), np.array(classes))
    check.equal(solution.predict(X, w, 0.0, threshold=threshold), np.array(classes))


@predicts("random")
def test_random_rows(solution, rng):
    X, w, b = rng.normal(size=(30, 3)), rng.normal(size=3), 0.25
    p = sigmas(X @ w + b)
    close(solution.predict_proba(X, w, b), p)
    for threshold in (0.5, 0.9):
        check.equal(solution.predict(X, w, b, threshold), (p > threshold).astype(np.int64))


# Part 2 ---------------------------------------------------------------------


def fits(situation):
    return pytest.mark.criterion("fit", situation)


@fits("penalty")
@pytest.mark.states(
    "`bce_loss` adds `l2 / 2 · Σ wⱼ²` to the mean, once, whatever `m` is. The intercept is not penalised."
)
def test_the_penalty_of_the_loss(solution):
    w, b = np.array([3.0, -1.0]), 2.0
    plain = loss(X5, Y5, w, b)
    close(number(solution.bce_loss(X5, Y5, w, b, 0.5)), plain + 2.5)
    close(number(solution.bce_loss(X5, Y5, w, b, l2=2)), plain + 10)
    close(number(solution.bce_loss(X5, Y5, np.zeros(2), 50.0, 2)), loss(X5, Y5, [0, 0], 50))


@fits("penalty")
@pytest.mark.parametrize("dtype", ["int8", "int64"])
@pytest.mark.states("Small types such as `uint8` and `int8` must not wrap around.")
def test_the_penalty_of_weights_of_other_types(solution, dtype):
    w = np.array([100, -7], dtype)
    close(number(solution.bce_loss(X5, Y5, w, 0.0, 0.5)), loss(X5, Y5, [100, -7], 0.0, 0.5))
    assert_pair(solution.gradients(X5, Y5, w, 0.0, 2), *gradient(X5, Y5, [100, -7], 0.0, 2))


@fits("penalty")
def test_the_penalty_of_the_gradient(solution):
    w, b = np.array([3.0, -1.0]), 2.0
    dw, db = gradient(X5, Y5, w, b)
    assert_pair(solution.gradients(X5, Y5, w, b, 0.5), dw + [1.5, -0.5], db)
    assert_pair(solution.gradients(X5, Y5, w, b, l2=2), dw + [6, -2], db)


@fits("penalty")
@pytest.mark.states("on the loss with the penalty")
def test_steps_with_a_penalty(solution):
    for epochs in (1, 2, 6):
        w, b, losses = descend(X5, Y5, 0.25, epochs, 0.5)
        assert_fit(solution.fit(X5, Y5, 0.25, epochs, 0.5), w, b, losses, converged=False)


@fits("history")
@pytest.mark.parametrize("epochs", [0, 1, 2, 5])
@pytest.mark.states(
    "an array with `bce_loss` before the first step and after each step: one entry more than steps taken"
)
def test_one_loss_more_than_steps(solution, epochs):
    w, b, losses = descend(X4, Y4, 0.5, epochs)
    close(float(losses[0]), LOG2)
    assert_fit(solution.fit(X4, Y4, 0.5, epochs), w, b, losses, converged=False)


@fits("tol")
@pytest.mark.parametrize("tol", [0.0, 1e-9, 0.5])
@pytest.mark.states("so it may stop without any step")
def test_a_start_at_the_minimum(solution, tol):
    found = solution.fit([[1], [1]], [0, 1], 0.5, 9, tol=tol)
    assert_fit(found, np.zeros(1), 0.0, np.array([LOG2]), converged=True)


@fits("tol")
@pytest.mark.states(
    "The size of a gradient is its largest entry without its sign, `db` included: max(|dw₁|, …, |dwₙ|, |db|)."
)
def test_the_size_of_a_gradient_is_its_largest_entry(solution):
    # At zero dw is (3/8, -1/2) and db is 0: as a length that is 5/8, as a sum 7/8.
    X, y = np.array([[-0.75, 1.0], [0.75, -1.0]]), np.array([1, 0])
    assert_fit(
        solution.fit(X, y, 1.0, 3, 0.0, 0.5), np.zeros(2), 0.0, np.array([LOG2]), converged=True
    )
    w, b, losses = descend(X, y, 1.0, 1)
    assert_fit(solution.fit(X, y, 1.0, 1, 0.0, 0.49), w, b, losses, converged=True)


@fits("tol")
def test_the_intercept_counts_for_the_size(solution):
    X, y = np.array([[1.0], [-1.0], [0.0], [0.0]]), np.array([1, 1, 1, 1])
    w, b, losses = descend(X, y, 0.5, 2)
    assert_fit(solution.fit(X, y, 0.5, 2, tol=0.1), w, b, losses, converged=False)


@fits("tol")
@pytest.mark.parametrize("l2", [0.0, 0.25])
@pytest.mark.states("It looks before each step and also after the last one")
def test_it_stops_at_the_first_gradient_that_is_small_enough(solution, l2):
    sizes = [size(X5, Y5, *descend(X5, Y5, 0.25, t, l2)[:2], l2) for t in range(6)]
    assert sizes == sorted(sizes, reverse=True)
    w, b, losses = descend(X5, Y5, 0.25, 4, l2)
    tol = (sizes[3] + sizes[4]) / 2
    for epochs in (4, 5, 50):
        assert_fit(solution.fit(X5, Y5, 0.25, epochs, l2, tol), w, b, losses, converged=True)
    w, b, losses = descend(X5, Y5, 0.25, 3, l2)
    assert_fit(solution.fit(X5, Y5, 0.25, 3, l2, tol), w, b, losses, converged=False)


@fits("without")
@pytest.mark.states("With `tol=None` it takes all `epochs` steps, and `converged` is `False`.")
def test_without_a_tol_it_goes_on_at_the_minimum(solution):
    found = solution.fit([[1], [1]], [0, 1], 0.5, 9)
    assert_fit(found, np.zeros(1), 0.0, np.full(10, LOG2), converged=False)


@fits("falls")
@pytest.mark.parametrize("l2", [0.0, 0.5])
def test_the_loss_falls_with_a_steady_learning_rate(solution, rng, l2):
    for n in (1, 3):
        X, y = samples(rng, 6, n)
        found = solution.fit(X, y, float(steadiest(X, l2)), 25, l2)
        check.equal(found.losses.shape, (26,))
        close(float(found.losses[0]), LOG2)
        assert float(np.diff(found.losses).max()) <= 1e-12
        close(float(found.losses[-1]), loss(X, y, found.w, number(found.b), l2))


@fits("separable")
@pytest.mark.states("`fit` does not care: it takes its steps.")
def test_data_that_can_be_separated(solution):
    for X, y in ((X4, np.array([0, 0, 1, 1])), (X4, np.zeros(4, int))):
        w, b, losses = descend(X, y, 0.25, 8)
        assert_fit(solution.fit(X, y, 0.25, 8, tol=1e-6), w, b, losses, converged=False)


@fits("random")
def test_random_samples_with_a_penalty(solution, rng):
    for m, n in [(1, 1), (3, 2), (6, 3)]:
        X, y = samples(rng, m, n)
        epochs, l2 = int(rng.integers(2, 7)), float(rng.integers(1, 9)) / 8
        w, b, losses = descend(X, y, 0.0625, epochs, l2)
        assert_fit(solution.fit(X, y, 0.0625, epochs, l2), w, b, losses, converged=False)


# Part 3 ---------------------------------------------------------------------


def newton(situation):
    return pytest.mark.criterion("newton", situation)


WIDE = [
    ([[-58, -3], [-2, 0], [-4, 0], [-5, 1], [-1, 41], [4, 0], [-1, 0], [-1, 0]], [1, 0, 0, 1, 1, 0, 1, 1]),
    ([[47, 0], [3, 4], [-6, 44], [-5, -3], [-1, 0], [0, 1], [61, -2], [0, 3]], [0, 0, 0, 1, 1, 0, 0, 1]),
]  # fmt: skip


def assert_minimum(found, X, y, l2=0.0, *, tol=1e-8, most=40):
    """The gradient vanishes, which it does at the minimum alone, after few steps downhill."""
    assert isinstance(found, Fit)
    check.equal(found.w.shape, (np.shape(X)[1],))
    assert found.w.dtype == np.float64
    assert flag(found.converged)
    assert size(X, y, found.w, number(found.b), l2) <= tol + 1e-11
    close(float(found.losses[0]), LOG2)
    close(float(found.losses[-1]), loss(X, y, found.w, number(found.b), l2))
    assert len(found.losses) <= most + 1
    assert float(np.diff(found.losses, prepend=1.0).max()) <= 1e-12


@newton("closed")
@pytest.mark.spec
@pytest.mark.states("Find the `w` and `b` with the smallest loss by Newton's method")
def test_the_logarithm_of_the_odds(solution):
    X, y = np.repeat([[0.0], [1.0]], 4, axis=0), np.array([0, 0, 0, 1, 0, 1, 1, 1])
    found = solution.fit_newton(X, y)
    assert_minimum(found, X, y)
    check.close(found.w, np.array([2 * LOG3]), rtol=1e-6)
    check.close(number(found.b), -LOG3, rtol=1e-6)


@newton("wide")
@pytest.mark.parametrize(("X", "y"), WIDE, ids=["eight", "more"])
@pytest.mark.states("Halve a step until the loss does not rise")
def test_a_full_step_may_overshoot(solution, X, y):
    assert_minimum(solution.fit_newton(np.array(X, float), np.array(y)), X, y)


# Here the loss without the penalty rises where the one with it falls, and the other way round.
HELD = [
    ([[5, -1], [1, 37], [-3, -11], [4, 9], [3, 2], [-1, -6]], [1, 1, 0, 1, 0, 1], 0.1),
    ([[-1, 24], [17, 1], [2, 60], [7, -8], [6, -9], [-6, 3]], [0, 1, 1, 1, 0, 0], 0.015625),
]


@newton("wide")
@pytest.mark.parametrize(("X", "y", "l2"), HELD, ids=["strong", "weak"])
@pytest.mark.states("Halve a step until the loss does not rise")
def test_the_penalty_counts_when_a_step_is_halved(solution, X, y, l2):
    X, y = np.array(X, float), np.array(y)
    assert_minimum(solution.fit_newton(X, y, l2), X, y, l2)


@newton("penalty")
@pytest.mark.spec
@pytest.mark.states("Find the `w` and `b` with the smallest loss by Newton's method")
def test_a_minimum_with_a_penalty_by_hand(solution):
    # Two samples, mirrored: sigma(-w) = l2 * w, and 1/4 = l2 * log 3.
    X, y, l2 = np.array([[1.0], [-1.0]]), np.array([1, 0]), 1 / (4 * LOG3)
    found = solution.fit_newton(X, y, l2)
    assert_minimum(found, X, y, l2)
    check.close(found.w, np.array([LOG3]), rtol=1e-6)
    check.close(number(found.b), 0.0, atol=1e-6)


@newton("penalty")
@pytest.mark.states("a minimum: the penalty holds `w`")
def test_a_penalty_makes_a_minimum_where_there_was_none(solution):
    X, y = np.array([[1.0], [2.0], [3.0]]), np.array([0, 0, 1])
    for l2 in (0.1, 0.001):
        assert_minimum(solution.fit_newton(X, y, l2), X, y, l2)


@newton("penalty")
def test_the_intercept_is_free_of_the_penalty(solution):
    X, y = np.array([[-1.0], [1.0]] * 4), np.array([0, 0, 1, 1, 1, 1, 1, 1])
    found = solution.fit_newton(X, y, l2=5.0)
    assert_minimum(found, X, y, 5.0)
    check.close(number(found.b), LOG3, rtol=1e-6)


@newton("steps")
def test_few_steps_where_odds_are_long(solution):
    X, y = np.repeat([[0.0], [1.0]], 60, axis=0), np.array([1] + [0] * 59 + [0] * 58 + [1] * 2)
    assert_minimum(solution.fit_newton(X, y), X, y)


@newton("steps")
@pytest.mark.states("because the loss goes on falling while the numbers grow without end")
def test_a_large_weight_can_be_a_minimum(solution):
    X, y = np.repeat([[0.0], [1e-5]], 4, axis=0), np.array([0, 0, 0, 1, 0, 1, 1, 1])
    assert_minimum(solution.fit_newton(X, y), X, y)


@newton("stop")
@pytest.mark.parametrize("tol", [1e-3, 1e-10])
@pytest.mark.spec
@pytest.mark.states(
    "stop at the first `w`, `b` whose gradient has a size of at most `tol`, look also after the last step"
)
def test_it_stops_at_the_first_gradient_within_tol(solution, tol):
    X, y = np.repeat([[0.0], [1.0]], 4, axis=0), np.array([0, 0, 0, 1, 0, 1, 1, 1])
    found = solution.fit_newton(X, y, tol=tol)
    assert_minimum(found, X, y, tol=tol)
    steps = len(found.losses) - 1
    assert flag(solution.fit_newton(X, y, 0.0, tol, steps).converged)
    short = solution.fit_newton(X, y, 0.0, tol, steps - 1)
    assert not flag(short.converged)
    close(short.losses, found.losses[:-1])
    assert size(X, y, short.w, number(short.b)) > tol


@newton("stop")
@pytest.mark.spec
@pytest.mark.states("and take at most `max_steps` steps")
def test_no_step_at_all(solution):
    found = solution.fit_newton([[1], [1], [2], [2]], [0, 1, 1, 1], max_steps=0)
    assert_fit(found, np.zeros(1), 0.0, np.array([LOG2]), converged=False)
    found = solution.fit_newton(np.array([[1.0], [1.0], [2.0], [2.0]]), [0, 1, 0, 1], tol=0.0)
    assert_fit(found, np.zeros(1), 0.0, np.array([LOG2]), converged=True)


@newton("nowhere")
@pytest.mark.parametrize("label", [0, 1])
@pytest.mark.parametrize("l2", [0.0, 0.5])
@pytest.mark.states("when `y` holds one class only, whatever `l2` is")
def test_one_class_has_no_minimum(solution, label, l2):
    with pytest.raises(ValueError):
        solution.fit_newton(X5, np.full(5, label), l2)


@newton("nowhere")
@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.states(
    "puts every sample strictly on its side: z > 0 where y = 1 and z < 0 where y = 0"
)
def test_separable_data_have_no_minimum(solution, swapped):
    for X, y in (
        (X4, [0, 0, 1, 1]),
        (X4, [0, 1, 1, 1]),
        (X5, [1, 0, 0, 1, 1]),
        ([[0, 0], [1, 0], [0, 1], [1, 1]], [0, 0, 0, 1]),
    ):
        labels = 1 - np.array(y) if swapped else np.array(y)
        with pytest.raises(ValueError):
            solution.fit_newton(np.array(X, float), labels)


@newton("laws")
@pytest.mark.parametrize("l2", [0.0, 0.5])
def test_shifted_features_move_the_intercept_alone(solution, rng, l2):
    X, y = samples(rng, 6, 2)
    still = solution.fit_newton(X, y, l2)
    moved = solution.fit_newton(X + [5, -3], y, l2)
    check.close(moved.w, still.w, rtol=1e-5, atol=1e-5)
    b = number(still.b) - float(still.w @ [5, -3])
    check.close(number(moved.b), b, rtol=1e-5, atol=1e-5)
    assert_minimum(still, X, y, l2)


@newton("laws")
@pytest.mark.spec
@pytest.mark.states("Find the `w` and `b` with the smallest loss by Newton's method")
def test_a_scaled_feature_scales_its_weight(solution, rng):
    X, y = samples(rng, 8, 2)
    plain = solution.fit_newton(X, y)
    scaled = solution.fit_newton(X * [4, 0.5], y)
    check.close(scaled.w * [4, 0.5], plain.w, rtol=1e-5, atol=1e-5)
    assert_minimum(plain, X, y)


@newton("random")
def test_random_minima(solution, rng):
    for m, n in [(1, 1), (5, 1), (8, 2), (12, 3)]:
        X, y = samples(rng, m, n)
        for l2 in (0.0, 0.25):
            assert_minimum(solution.fit_newton(X, y, l2), X, y, l2)


# Errors ---------------------------------------------------------------------


def errors(situation):
    return pytest.mark.criterion("errors", situation)


ARGUMENTS = {
    "bce_loss": ([0.5, -1.0], 0.25),
    "gradients": ([0.5, -1.0], 0.25),
    "logistic_regression": (0.5, 2),
    "fit": (0.5, 2),
    "fit_newton": (0.5,),
}
trains = pytest.mark.parametrize("name", list(ARGUMENTS))
predictors = pytest.mark.parametrize("name", ["predict_proba", "predict"])


def assert_refused(solution, name, *arguments, **named):
    with pytest.raises(ValueError):
        getattr(solution, name)(*arguments, **named)


@errors("features")
@trains
@pytest.mark.parametrize("shape", [(5,), (5, 2, 1), (), (0, 2), (5, 0)], ids=str)
@pytest.mark.states("`X` is not 2-D, has no rows or no columns, or holds NaN or infinity")
@pytest.mark.spec
def test_features_that_are_no_table(solution, name, shape):
    y = Y5[: (shape or (5,))[0]]
    more = ARGUMENTS[name]
    if name in ("bce_loss", "gradients"):
        more = (np.zeros(shape[1:2]), 0.25)
    assert_refused(solution, name, np.ones(shape), y, *more)


@errors("features")
@trains
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_features_that_are_not_finite(solution, name, value):
    X = X5.copy()
    X[2, 1] = value
    assert_refused(solution, name, X, Y5, *ARGUMENTS[name])


@errors("features")
@predictors
def test_rows_that_cannot_be_predicted(solution, name):
    for X in (np.ones(2), np.ones((0, 2)), [[1.0, np.nan]], [[np.inf, 1.0]], np.ones((2, 2, 2))):
        assert_refused(solution, name, X, [0.5, -1.0], 0.25)


@errors("labels")
@trains
@pytest.mark.parametrize("shape", [(5, 1), (1, 5), (4,), (6,), (1,), ()], ids=str)
@pytest.mark.states("`y` is not 1-D of length `m`, such as a column of shape `(m, 1)`")
def test_labels_of_another_shape(solution, name, shape):
    y = np.resize(Y5, shape)
    assert_refused(solution, name, X5, y, *ARGUMENTS[name])


@errors("labels")
@trains
@pytest.mark.parametrize("value", [-1, 2, 0.5, np.nan])
@pytest.mark.states("or holds anything but 0 and 1")
def test_labels_other_than_0_and_1(solution, name, value):
    assert_refused(solution, name, X5, np.array([1, 0, value, 1, 0]), *ARGUMENTS[name])


@errors("weights")
@pytest.mark.parametrize("shape", [(1,), (3,), (2, 1), (1, 2), ()], ids=str)
@pytest.mark.states("`w` is not 1-D of length `n`")
@pytest.mark.spec
def test_weights_of_another_shape(solution, shape):
    w = np.ones(shape)
    assert_refused(solution, "bce_loss", X5, Y5, w, 0.0)
    assert_refused(solution, "gradients", X5, Y5, w, 0.0)
    assert_refused(solution, "predict_proba", X5, w, 0.0)
    assert_refused(solution, "predict", X5, w, 0.0)


@errors("numbers")
@pytest.mark.parametrize("name", ["logistic_regression", "fit"])
@pytest.mark.states("`lr` is not above 0, `epochs` or `max_steps` is below 0")
@pytest.mark.spec
def test_a_learning_rate_or_epochs_out_of_range(solution, name):
    for lr, epochs in ((0.0, 3), (-0.5, 3), (np.nan, 3), (0.5, -1), (0, 0)):
        assert_refused(solution, name, X5, Y5, lr, epochs)


@errors("numbers")
@pytest.mark.parametrize("value", [-0.5, -1e-9, np.nan])
@pytest.mark.states("or `l2` or `tol` is below 0 or NaN")
def test_a_penalty_or_tol_below_zero(solution, value):
    for name, more in ARGUMENTS.items():
        if name != "logistic_regression":
            positional = () if name == "fit_newton" else more
            assert_refused(solution, name, X5, Y5, *positional, l2=value)
    assert_refused(solution, "fit", X5, Y5, 0.5, 2, tol=value)
    assert_refused(solution, "fit_newton", X5, Y5, 0.5, tol=value)


@errors("numbers")
@pytest.mark.spec
@pytest.mark.states("`epochs` or `max_steps` is below 0")
def test_max_steps_below_zero(solution):
    assert_refused(solution, "fit_newton", X5, Y5, 0.5, max_steps=-1)


@errors("threshold")
@pytest.mark.parametrize("threshold", [-0.1, 1.5, np.nan])
@pytest.mark.states("`threshold` is not between 0 and 1, both included")
def test_a_threshold_outside_0_to_1(solution, threshold):
    assert_refused(solution, "predict", X5, [0.5, -1.0], 0.25, threshold)


# Cost -----------------------------------------------------------------------


def many(n, rng):
    X = rng.normal(size=(n, 16))
    return X, (rng.random(n) < 1 / (1 + np.exp(-X[:, 0]))).astype(int)


@pytest.mark.criterion("memory", "newton")
@pytest.mark.states("nothing of the shape `(m, m)` or `(m, n, n)`")
def test_the_room_of_newtons_method(measure):
    kept = {}

    def arguments(n, rng):
        kept["data"] = many(n, rng)
        return kept["data"]

    def verify(result, n):
        X, y = kept["data"]
        found = result.fetch()
        error = 1 / (1 + np.exp(-(X @ found.w + number(found.b)))) - y
        check.close(X.T @ error / n, np.zeros(16), atol=1.1e-8)
        check.close(float(error.mean()), 0.0, atol=1.1e-8)

    measure.peak_memory("fit_newton", arguments, verify)


@pytest.mark.criterion("memory", "fit")
@pytest.mark.states("no history but the losses")
def test_the_room_of_many_steps(measure):
    def arguments(n, rng):
        return *many(n, rng), 0.5, 400

    def verify(result, n):
        losses = result.fetch().losses
        assert losses.shape == (401,)
        assert float(np.diff(losses).max()) <= 1e-12

    measure.peak_memory("fit", arguments, verify)


@pytest.mark.criterion("memory", "history")
@pytest.mark.states("and so does `fit` over 50 000 steps on 2 samples of 2 features")
def test_the_room_of_a_long_history(measure):
    def arguments(n, rng):
        return rng.normal(size=(2, 2)), [0, 1], 0.01, 50_000

    def verify(result, n):
        assert result.fetch().losses.shape == (50_001,)

    measure.peak_memory("fit", arguments, verify)
