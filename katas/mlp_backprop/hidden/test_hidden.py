"""Fixed cases first, then random networks against derivatives by complex steps."""

import math
from contextlib import contextmanager

import numpy as np
import pytest
from graders.testing import check, inout
from oracle import descend, gradients, logits_of, loss_of, network, samples

Q = 1 / (1 + math.exp(-3))
SHOWN = [
    (np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([0.0, 1.0])),
    (np.array([[1.0, 0.0], [0.0, 3.0]]), np.array([0.0, 0.0])),
]
# Three layers of different widths; every number and every product is exact.
DEEP = [
    (np.array([[1.0, -2.0, 0.5], [0.5, 1.0, -1.0]]), np.array([0.25, -0.5, 1.0])),
    (np.array([[1.0, -1.0, 0.5, 2.0], [0.5, 1.0, -1.0, 0.25], [-1.0, 2.0, 1.0, -0.5]]),
     np.array([0.5, -0.25, 0.125, -1.0])),
    (np.array([[0.5, -1.0, 0.25], [1.0, 0.5, -0.5], [-0.5, 1.0, 1.0], [0.25, -0.25, 0.75]]),
     np.array([0.25, -0.5, 0.0])),
]  # fmt: skip
X5 = np.array([[1.0, 2.0], [-1.0, 0.5], [0.25, -1.5], [3.0, 1.0], [-0.5, -2.0]])
Y5 = np.array([0, 2, 1, 2, 0])
XOR, PARITY = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])
SIZES = [[1, 1, 2], [2, 3, 2], [3, 4, 3], [2, 3, 4, 2], [3, 5, 2, 4, 3], [4, 2], [2, 3, 1]]


def close(actual, expected):
    check.close(actual, expected, rtol=1e-9, atol=1e-11)


def number(value):
    """One float: Python's, or NumPy's of 64 bits."""
    if isinstance(value, np.generic):
        assert value.dtype == np.float64
        value = value.item()
    assert type(value) is float
    return value


def copied(params):
    return [(W.copy(), b.copy()) for W, b in params]


def grads_of(solution, params, X, y, l2=0.0):
    _, cache = solution.forward(params, X)
    return solution.backward(params, cache, y, l2)


def product(ours, theirs):
    """The sum over all entries of two networks of equal form."""
    pairs = [(a, b) for one, two in zip(ours, theirs, strict=True) for a, b in zip(one, two)]
    return sum(float((a * b).sum()) for a, b in pairs)


@contextmanager
def reports_are_errors(solution):
    """Make NumPy raise, in the jail, what it would only warn of."""
    numpy = solution.np
    before = numpy.seterr(over="raise", divide="raise", invalid="raise")
    try:
        yield
    finally:
        numpy.seterr(**before)


# Part 1: forward ------------------------------------------------------------


def forward(situation):
    return pytest.mark.criterion("forward", situation)


@forward("values")
@pytest.mark.parametrize(
    ("X", "expected"), [([[1, 1], [0, 0]], [[3.0, 0.0], [0.0, 3.0]]), ([[-3, 1]], [[0.0, 12.0]])]
)
@pytest.mark.states("raw scores, no softmax")
def test_the_logits_of_the_statement(solution, X, expected):
    logits, _ = solution.forward(SHOWN, np.array(X, dtype=float))
    close(logits, np.array(expected))


@forward("values")
@pytest.mark.states("There is a ReLU, max(z, 0), after every layer but the last")
def test_logits_may_be_negative(solution):
    params = [SHOWN[0], (np.array([[-2.0, 1.0], [-1.0, -1.0]]), np.array([-0.5, -7.0]))]
    logits, _ = solution.forward(params, np.array([[1.0, 1.0], [-3.0, 1.0]]))
    close(logits, np.array([[-6.5, -4.0], [-4.5, -11.0]]))


@forward("depth")
@pytest.mark.states("a network of one layer has none")
def test_the_logits_of_a_single_layer(solution):
    params = [(np.array([[1.0, -2.0, 0.0], [0.5, 1.0, -1.0]]), np.array([0.0, 1.0, -3.0]))]
    logits, _ = solution.forward(params, np.array([[2.0, 2.0], [-1.0, 0.0]]))
    close(logits, np.array([[3.0, -1.0, -5.0], [-1.0, 3.0, -3.0]]))


@forward("depth")
@pytest.mark.states("A network has one layer or more.")
def test_the_logits_of_three_layers(solution):
    close(solution.forward(DEEP, X5)[0], logits_of(DEEP, X5))


@forward("types")
@pytest.mark.parametrize("dtype", ["int64", "uint8", "int8", "float32", "float16"])
@pytest.mark.states("`X` is an array or a list of lists of any integer or float dtype")
def test_samples_of_any_type(solution, dtype):
    X = np.array([[1, 100], [0, 3], [120, 7]])
    close(solution.forward(SHOWN, X.astype(dtype))[0], logits_of(SHOWN, X))
    close(solution.forward(SHOWN, X.astype(dtype).tolist())[0], logits_of(SHOWN, X))


@forward("types")
@pytest.mark.states("All computing is in float64.")
def test_samples_of_a_wider_type_than_float64(solution):
    X = np.array([[1, 100], [0, 3], [120, 7]])
    found = solution.forward(SHOWN, X.astype("longdouble"))[0]
    check.equal(found.dtype, np.dtype("float64"))
    close(found, logits_of(SHOWN, X))


@forward("random")
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_logits_of_random_networks(solution, rng, sizes):
    params = network(rng, sizes)
    X = rng.normal(size=(int(rng.integers(1, 7)), sizes[0]))
    close(solution.forward(params, X)[0], logits_of(params, X))


# Part 1: the loss -----------------------------------------------------------


def costs(situation):
    return pytest.mark.criterion("loss", situation)


@costs("values")
@pytest.mark.spec
@pytest.mark.states("the mean over the samples of −log p")
def test_the_loss_of_the_statement(solution):
    X = np.array([[1.0, 1.0], [0.0, 0.0]])
    close(number(solution.loss(SHOWN, X, np.array([0, 1]))), math.log1p(math.exp(-3)))
    close(number(solution.loss(SHOWN, X, np.array([1, 1]))), math.log1p(math.exp(-3)) + 1.5)


@costs("values")
@pytest.mark.parametrize("classes", [1, 2, 5])
@pytest.mark.spec
@pytest.mark.states("Here p is the softmax probability of the true class")
def test_equal_logits_cost_the_logarithm_of_the_classes(solution, classes):
    params = [(np.zeros((2, classes)), np.full(classes, 1.75))]
    found = solution.loss(params, X5, np.zeros(5, int))
    close(number(found), math.log(classes))


@costs("values")
@pytest.mark.states("`y` is an array or a list of any integer dtype")
def test_lists_and_small_types_of_labels(solution):
    expected = float(loss_of(DEEP, X5, Y5))
    for y in (Y5.tolist(), Y5.astype("uint8"), Y5.astype("int16")):
        close(number(solution.loss(DEEP, X5.tolist(), y)), expected)


@costs("penalty")
@pytest.mark.states("plus `l2 / 2` times the sum of the squares of all entries of all `W`")
def test_the_penalty_of_the_statement(solution):
    X = np.array([[1.0, 1.0], [0.0, 0.0]])
    found = solution.loss([SHOWN[0], (SHOWN[1][0], np.zeros(2))], X, np.array([0, 1]), l2=0.5)
    plain = solution.loss([SHOWN[0], (SHOWN[1][0], np.zeros(2))], X, np.array([0, 1]))
    close(number(found) - number(plain), 4.0)


@costs("penalty")
@pytest.mark.states("Biases are not penalised")
def test_biases_cost_nothing(solution):
    params = [(np.zeros((2, 3)), np.array([-5.0, -1.0, -2.0])), (np.zeros((3, 2)), np.full(2, 9.0))]
    close(number(solution.loss(params, X5, np.zeros(5, int), l2=10.0)), math.log(2))


@costs("penalty")
@pytest.mark.states("the penalty does not depend on `m`")
def test_the_penalty_of_one_sample_and_of_five(solution):
    for m in (1, 5):
        extra = solution.loss(DEEP, X5[:m], Y5[:m], 0.25) - solution.loss(DEEP, X5[:m], Y5[:m])
        close(number(extra), 0.125 * sum(float((W**2).sum()) for W, _ in DEEP))


@costs("large")
@pytest.mark.parametrize("margin", [40.0, 800.0, 10_000.0])
@pytest.mark.states("also where it is as large as 10 000")
def test_wrong_and_sure_costs_the_margin(solution, margin):
    params = [(np.array([[1.0, 0.0]]), np.zeros(2)), (np.eye(2), np.zeros(2))]
    found = solution.loss(params, np.array([[margin], [margin]]), np.array([1, 0]))
    close(number(found), margin / 2)


@costs("large")
@pytest.mark.states("Neither `loss` nor `backward` nor `train` lets NumPy report an overflow")
def test_loss_and_training_give_numpy_nothing_to_report(solution):
    params = [(np.array([[1.0, 0.0, -1.0]]), np.zeros(3)), (np.eye(3), np.zeros(3))]
    X, y = np.array([[10_000.0], [-10_000.0], [800.0]]), np.array([2, 0, 0])
    with reports_are_errors(solution):
        solution.loss(params, X, y)
        solution.train(params, X, y, 1e-9, 1)


@costs("laws")
def test_a_constant_added_to_all_logits(solution, rng):
    for sizes in SIZES[1:4]:
        params, (X, y) = network(rng, sizes), samples(rng, 5, sizes[0], sizes[-1])
        moved = [*params[:-1], (params[-1][0], params[-1][1] + rng.normal(0, 9))]
        close(number(solution.loss(moved, X, y, 0.5)), float(loss_of(params, X, y, 0.5)))


@costs("random")
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_loss_of_random_networks(solution, rng, sizes):
    params = network(rng, sizes, 1.5)
    for l2 in (0.0, float(rng.random())):
        X, y = samples(rng, int(rng.integers(1, 7)), sizes[0], sizes[-1])
        close(number(solution.loss(params, X, y, l2)), float(loss_of(params, X, y, l2)))


# Part 2 ---------------------------------------------------------------------


def back(situation):
    return pytest.mark.criterion("backward", situation)


@back("hand")
@pytest.mark.states("The first hidden unit has z = 0, so nothing flows back through it.")
def test_the_gradient_of_the_statement(solution):
    found = grads_of(solution, SHOWN, np.zeros((1, 2)), np.array([0]))
    first = np.zeros((2, 2)), np.array([0.0, 3 * Q])
    close(found, [first, (np.array([[0.0, 0.0], [-Q, Q]]), np.array([-Q, Q]))])


@back("hand")
def test_one_sample_by_hand(solution):
    found = grads_of(solution, SHOWN, np.array([[2.0, 1.0]]), np.array([1]))
    # z = (4, -1), the logits are (4, 0), and p of class 0 is s.
    s = 1 / (1 + math.exp(-4))
    first = np.array([[2 * s, 0.0], [s, 0.0]]), np.array([s, 0.0])
    close(found, [first, (np.array([[4 * s, -4 * s], [0.0, 0.0]]), np.array([s, -s]))])


@back("single")
@pytest.mark.states("`grads` has the form of `params`")
def test_the_gradient_of_a_single_layer(solution):
    params = [(np.zeros((2, 4)), np.zeros(4))]
    found = grads_of(solution, params, np.array([[4.0, -8.0]]), np.array([2]))
    close(found, [(np.array([[1.0, 1.0, -3.0, 1.0], [-2.0, -2.0, 6.0, -2.0]]),
                   np.array([0.25, 0.25, -0.75, 0.25]))])  # fmt: skip


@back("single")
@pytest.mark.states("`y` is an array or a list of any integer dtype")
def test_more_classes_than_the_labels_dtype_counts(solution, rng):
    params, (X, _) = network(rng, [2, 300]), samples(rng, 4, 2, 300)
    y = np.array([0, 44, 127, 1])
    expected = gradients(params, X, y)
    for kind in ("int8", "uint8"):
        close(grads_of(solution, params, X, y.astype(kind)), expected)


@back("bias")
def test_the_biases_of_several_samples(solution):
    found, truth = grads_of(solution, DEEP, X5, Y5), gradients(DEEP, X5, Y5)
    close([layer[1] for layer in found], [layer[1] for layer in truth])


@back("bias")
def test_the_last_biases_share_nothing_out(solution, rng):
    params, (X, y) = network(rng, [2, 3, 4]), samples(rng, 6, 2, 4)
    close(float(grads_of(solution, params, X, y)[-1][1].sum()), 0.0)


@back("bend")
@pytest.mark.states(
    "The derivative of the ReLU is 1 where z > 0 and 0 elsewhere, so at z = 0 it is 0."
)
def test_at_the_bend_nothing_flows(solution):
    params = [
        (np.array([[1.0, -1.0, 1.0]]), np.array([-2.0, 2.0, 0.0])),
        (np.array([[1.0, -1.0], [2.0, 0.5], [0.5, -2.0]]), np.zeros(2)),
    ]
    X, y = np.array([[2.0], [0.0], [2.0]]), np.array([1, 0, 0])
    close(grads_of(solution, params, X, y), gradients(params, X, y))


@back("bend")
@pytest.mark.states(
    "a hidden unit may be *dead*, with z ≤ 0 for every sample: its derivatives are 0, never NaN"
)
def test_dead_units_have_no_gradient(solution):
    params = [(np.array([[1.0, -1.0], [1.0, 0.0]]), np.full(2, -50.0)), SHOWN[1]]
    (dW, db), (dV, dc) = grads_of(solution, params, X5, np.array([0, 1, 1, 1, 0]))
    close([dW, db, dV], [np.zeros((2, 2)), np.zeros(2), np.zeros((2, 2))])
    close(dc, np.array([0.1, -0.1]))


@back("bend")
@pytest.mark.states("The derivative of the ReLU is 1 where z > 0")
def test_what_flows_back_may_be_negative(solution):
    params = [(np.eye(2), np.ones(2)), (np.array([[2.0, 0.0], [0.0, 2.0]]), np.zeros(2))]
    found = grads_of(solution, params, np.zeros((1, 2)), np.array([0]))
    close(found[0][1], np.array([-1.0, 1.0]))


@back("bend")
@pytest.mark.states("The derivative of the ReLU is 1 where z > 0")
def test_a_small_z_above_zero_counts(solution):
    params = [(np.eye(2), np.zeros(2)), (np.array([[2.0, 0.0], [0.0, 2.0]]), np.zeros(2))]
    X = np.array([[2.0**-30, -(2.0**-30)]])
    found = grads_of(solution, params, X, np.array([0]))
    close(found[0][1], np.array([-1.0, 0.0]))


@back("mean")
@pytest.mark.states("The derivatives of `loss(params, X, y, l2)` by every entry of `params`")
def test_the_batch_is_the_mean_of_its_samples(solution, rng):
    params, (X, y) = network(rng, [3, 4, 2, 3]), samples(rng, 5, 3, 3)
    whole = grads_of(solution, params, X, y)
    parts = [grads_of(solution, params, X[i : i + 1], y[i : i + 1]) for i in range(5)]
    means = [
        tuple(np.mean([part[layer][k] for part in parts], axis=0) for k in (0, 1))
        for layer in range(3)
    ]
    close(whole, means)


@back("mean")
def test_every_sample_twice_changes_nothing(solution):
    twice = grads_of(solution, DEEP, np.tile(X5, (2, 1)), np.tile(Y5, 2))
    close(twice, grads_of(solution, DEEP, X5, Y5))


@back("depth")
@pytest.mark.states("for any number of layers")
def test_three_layers(solution):
    close(grads_of(solution, DEEP, X5, Y5), gradients(DEEP, X5, Y5))


@back("depth")
def test_square_layers(solution):
    params = [(np.array([[1.0, 2.0], [-1.0, 0.5]]), np.array([0.5, 0.25])) for _ in range(4)]
    close(grads_of(solution, params, X5, Y5 % 2), gradients(params, X5, Y5 % 2))


@back("penalty")
@pytest.mark.states("The derivatives of `loss(params, X, y, l2)` by every entry")
def test_the_penalty_adds_l2_times_the_weights(solution):
    plain, more = (grads_of(solution, DEEP, X5, Y5, l2) for l2 in (0.0, 0.75))
    for (W, _), one, two in zip(DEEP, plain, more, strict=True):
        close(two[0] - one[0], 0.75 * W)


@back("penalty")
@pytest.mark.states("Biases are not penalised")
def test_the_penalty_leaves_biases_alone(solution):
    plain, more = (grads_of(solution, DEEP, X5, Y5, l2) for l2 in (0.0, 0.75))
    close([layer[1] for layer in more], [layer[1] for layer in plain])


@back("large")
@pytest.mark.states("and so has every entry of a gradient")
def test_the_gradient_of_large_logits(solution):
    params = [(np.array([[1.0, 0.0, -1.0]]), np.zeros(3)), (np.eye(3), np.zeros(3))]
    X, y = np.array([[10_000.0], [-10_000.0], [800.0]]), np.array([2, 0, 0])
    with reports_are_errors(solution):
        found = grads_of(solution, params, X, y)
    close(found, gradients(params, X, y))


@back("differences")
def test_the_slope_along_random_directions(solution, rng):
    X = X5 + 0.1  # so that no z is near 0
    grads = grads_of(solution, DEEP, X, Y5, 0.1)
    for _ in range(4):
        way = network(rng, [2, 3, 4, 3])
        ends = [
            [tuple(a + step * b for a, b in zip(*pair)) for pair in zip(DEEP, way)]
            for step in (1e-6, -1e-6)
        ]
        up, down = (number(solution.loss(end, X, Y5, 0.1)) for end in ends)
        check.close((up - down) / 2e-6, product(grads, way), rtol=1e-6, atol=1e-6)


@back("laws")
def test_hidden_units_in_another_order(solution, rng):
    (W, b), (V, c) = network(rng, [3, 5, 3])
    X, y = samples(rng, 6, 3, 3)
    order = rng.permutation(5)
    (dW, db), (dV, dc) = gradients([(W, b), (V, c)], X, y)
    moved = [(W[:, order], b[order]), (V[order], c)]
    close(grads_of(solution, moved, X, y), [(dW[:, order], db[order]), (dV[order], dc)])


@back("laws")
def test_a_unit_gives_as_much_as_it_takes(solution, rng):
    """Doubling what goes into a ReLU and halving what comes out changes no loss."""
    params, (X, y) = network(rng, [3, 5, 4, 3]), samples(rng, 6, 3, 3)
    grads = grads_of(solution, params, X, y)
    for (W, b), (dW, db), (V, _), (dV, _) in zip(params, grads, params[1:], grads[1:]):
        close((W * dW).sum(axis=0) + b * db, (V * dV).sum(axis=1))


@back("random")
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_gradient_of_random_networks(solution, rng, sizes):
    for l2 in (0.0, float(rng.random())):
        params = network(rng, sizes)
        X, y = samples(rng, int(rng.integers(2, 7)), sizes[0], sizes[-1])
        close(grads_of(solution, params, X, y, l2), gradients(params, X, y, l2))


# Part 3: the start ----------------------------------------------------------


def start(situation):
    return pytest.mark.criterion("init", situation)


@start("shapes")
@pytest.mark.parametrize("sizes", [[2, 8, 2], [3, 1], [4, 6, 5, 3]], ids=str)
@pytest.mark.spec
@pytest.mark.states("makes a network with these widths")
def test_the_form_of_a_start(solution, sizes):
    found = solution.init_params(sizes, np.random.default_rng(0))
    assert [(W.shape, b.shape) for W, b in found] == [
        ((n, k), (k,)) for n, k in zip(sizes[:-1], sizes[1:], strict=True)
    ]
    assert {part.dtype for layer in found for part in layer} == {np.dtype("float64")}


@start("shapes")
@pytest.mark.spec
@pytest.mark.states("every `b` is 0")
def test_biases_start_at_zero(solution):
    found = solution.init_params([3, 5, 2], np.random.default_rng(4))
    check.equal([b for _, b in found], [np.zeros(5), np.zeros(2)])


def stream(solution, seed, shapes):
    """
    What a generator of this seed gives in the jail, array after array.

    A generator that is handed over has a stream of its own, so it is drawn from there.
    """
    draw = solution.np.random.Generator.standard_normal
    flat = draw(np.random.default_rng(seed), sum(math.prod(shape) for shape in shapes))
    ends = np.cumsum([math.prod(shape) for shape in shapes])[:-1]
    return [part.reshape(shape) for part, shape in zip(np.split(flat, ends), shapes, strict=True)]


@start("draws")
@pytest.mark.states("The `W` of a layer is `rng.standard_normal((n_in, n_out))` times √(2 / n_in)")
def test_the_weights_of_one_layer(solution):
    ((W, _),) = solution.init_params([8, 3], np.random.default_rng(5))
    check.close(W, stream(solution, 5, [(8, 3)])[0] / 2, rtol=1e-12)


@start("draws")
@pytest.mark.states("Draw from `rng` alone, the first layer first, and nothing else.")
def test_the_weights_of_several_layers(solution, rng):
    seed, shapes = int(rng.integers(1000)), [(3, 4), (4, 5), (5, 2)]
    found = solution.init_params([3, 4, 5, 2], np.random.default_rng(seed))
    for (W, _), drawn in zip(found, stream(solution, seed, shapes), strict=True):
        check.close(W, drawn * math.sqrt(2 / len(W)), rtol=1e-12)


@start("draws")
@pytest.mark.states("Draw from `rng` alone")
def test_other_generators_give_other_weights(solution):
    starts = [solution.init_params([4, 5], np.random.default_rng(seed)) for seed in range(4)]
    assert len({tuple(W.ravel().tolist()) for ((W, _),) in starts}) == 4


# Part 3: training -----------------------------------------------------------


def trains(situation):
    return pytest.mark.criterion("train", situation)


@trains("one")
@pytest.mark.states("A step subtracts `lr` times the gradient.")
def test_the_step_of_the_statement(solution):
    params, losses = solution.train(SHOWN, np.zeros((1, 2)), np.array([0]), 1.0, 1)
    first = SHOWN[0][0], np.array([0.0, 1 - 3 * Q])
    close(params, [first, (np.array([[1.0, 0.0], [Q, 3 - Q]]), np.array([Q, -Q]))])
    close(losses[:1], np.array([math.log1p(math.exp(3))]))


@trains("one")
@pytest.mark.states("changes all layers at once, from one gradient")
def test_all_layers_move_at_once(solution):
    close(solution.train(DEEP, X5, Y5, 0.5, 1)[0], descend(DEEP, X5, Y5, 0.5, 1)[0])


@trains("several")
@pytest.mark.states("a float64 array of `epochs + 1` losses")
def test_the_losses_of_three_steps(solution):
    close(solution.train(DEEP, X5, Y5, 0.125, 3)[1], descend(DEEP, X5, Y5, 0.125, 3)[1])


@trains("several")
@pytest.mark.states("`train` takes exactly `epochs` steps of gradient descent from `params`")
def test_the_network_after_three_steps(solution):
    close(solution.train(DEEP, X5, Y5, 0.125, 3)[0], descend(DEEP, X5, Y5, 0.125, 3)[0])


@trains("several")
@pytest.mark.states("`train` takes exactly `epochs` steps of gradient descent from `params`")
def test_steps_too_small_to_change_the_loss(solution):
    params = [(np.array([[1.0, -1.0]]), np.zeros(2))]
    found, losses = solution.train(params, np.zeros((1, 1)), np.array([0]), 2.0**-70, 5)
    check.close(found[0][1] * 2.0**70, np.array([2.5, -2.5]), rtol=1e-9)
    close(losses, np.full(6, math.log(2)))


@trains("nothing")
@pytest.mark.states("`loss(…, l2)` before the first step and after each step")
def test_no_step_is_one_loss(solution):
    params, losses = solution.train(DEEP, X5, Y5, 0.5, 0, 0.25)
    check.equal(params, DEEP)
    close(losses, np.array([loss_of(DEEP, X5, Y5, 0.25)]))


@trains("penalty")
def test_the_losses_hold_the_penalty(solution):
    close(solution.train(DEEP, X5, Y5, 0.125, 2, 0.5)[1], descend(DEEP, X5, Y5, 0.125, 2, 0.5)[1])


@trains("penalty")
def test_the_penalty_pulls_the_weights(solution):
    close(solution.train(DEEP, X5, Y5, 0.125, 2, 0.5)[0], descend(DEEP, X5, Y5, 0.125, 2, 0.5)[0])


@trains("xor")
@pytest.mark.states(
    "the last loss is below 0.05 and the largest logit of each sample is that of its class"
)
def test_xor_is_learnt(solution):
    draw = np.random.default_rng(7).standard_normal
    begin = [(draw((n, k)) * math.sqrt(2 / n), np.zeros(k)) for n, k in [(2, 8), (8, 2)]]
    params, losses = solution.train(begin, XOR, PARITY, 0.5, 500)
    check.equal(losses.shape, (501,))
    assert losses[-1] < 0.05
    check.equal(logits_of(params, XOR).argmax(axis=1), PARITY)


@trains("random")
@pytest.mark.parametrize("sizes", [[2, 3, 2], [3, 4, 3, 3], [4, 2]], ids=str)
def test_training_random_networks(solution, rng, sizes):
    params, (X, y) = network(rng, sizes), samples(rng, 5, sizes[0], sizes[-1])
    lr, l2 = float(rng.uniform(0.01, 0.3)), float(rng.choice([0.0, 0.2]))
    found = solution.train(params, X, y, lr, 4, l2)
    close(list(found), list(descend(params, X, y, lr, 4, l2)))


# Arguments and calls apart --------------------------------------------------


def apart(situation):
    return pytest.mark.criterion("apart", situation)


@apart("arguments")
@pytest.mark.states("Arguments stay as they were")
def test_arguments_stay_as_they_were(solution):
    params, X, y = copied(DEEP), X5.copy(), Y5.copy()
    _, cache = solution.forward(inout(params), inout(X))
    solution.loss(inout(params), inout(X), inout(y), 0.5)
    solution.backward(inout(params), cache, inout(y), 0.5)
    check.equal([params, X, y], [DEEP, X5, Y5])


@apart("arguments")
@pytest.mark.states("`train` too leaves the `params` that it is given as they were.")
def test_training_leaves_its_start_alone(solution):
    params, X, y = copied(DEEP), X5.copy(), Y5.copy()
    solution.train(inout(params), inout(X), inout(y), 0.5, 2, 0.1)
    check.equal([params, X, y], [DEEP, X5, Y5])


@apart("cache")
@pytest.mark.states("and also twice with the same cache")
def test_the_same_cache_twice(solution):
    _, cache = solution.forward(DEEP, X5)
    first = solution.backward(DEEP, inout(cache), Y5)
    again = solution.backward(DEEP, inout(cache), Y5)
    close(first, gradients(DEEP, X5, Y5))
    close(again, first)


@apart("cache")
def test_the_same_cache_with_other_labels(solution):
    _, cache = solution.forward(DEEP, X5)
    solution.backward(DEEP, inout(cache), Y5)
    close(solution.backward(DEEP, inout(cache), 2 - Y5), gradients(DEEP, X5, 2 - Y5))


@apart("batches")
@pytest.mark.states("Tests call `forward` several times and then `backward` in another order")
def test_caches_of_several_batches(solution):
    caches = [solution.forward(DEEP, X5 * scale)[1] for scale in (1, -1, 0.5)]
    for scale, cache in zip((1, -1, 0.5), caches, strict=True):
        close(solution.backward(DEEP, cache, Y5), gradients(DEEP, X5 * scale, Y5))


def room(part):
    """Bytes of what a cache is built of; a number counts as a float64."""
    if isinstance(part, np.ndarray):
        return part.nbytes
    if isinstance(part, dict):
        return sum(map(room, part.values()))
    if isinstance(part, (list, tuple)):
        return sum(map(room, part))
    return 8


@apart("batches")
@pytest.mark.states("Everything `backward` knows about `X` comes from the cache that it is given.")
def test_the_cache_holds_what_stands_for_the_samples(solution, rng):
    params, (X, _) = network(rng, [40, 3, 2]), samples(rng, 50, 40, 2)
    assert room(solution.forward(params, X)[1]) >= X.nbytes


@apart("batches")
@pytest.mark.states("no call leaves anything behind for the next one")
def test_a_gradient_after_a_loss_and_a_training(solution):
    _, cache = solution.forward(DEEP, X5)
    solution.loss(SHOWN, X5[:2] + 1, Y5[:2] % 2)
    solution.train(SHOWN, X5[:2] + 1, Y5[:2] % 2, 0.5, 1)
    close(solution.backward(DEEP, cache, Y5), gradients(DEEP, X5, Y5))


# Errors ---------------------------------------------------------------------


def errors(situation):
    return pytest.mark.criterion("errors", situation)


def refuses_labels(solution, y):
    with pytest.raises(ValueError):
        solution.loss(DEEP, X5, y)
    with pytest.raises(ValueError):
        grads_of(solution, DEEP, X5, y)
    with pytest.raises(ValueError):
        solution.train(DEEP, X5, y, 0.5, 1)


@errors("samples")
@pytest.mark.parametrize("shape", [(2,), (0, 2), (3, 3), (3, 1), (1, 3, 2)], ids=str)
@pytest.mark.spec
@pytest.mark.states("when `X` is not 2-D with at least one row")
def test_samples_that_do_not_fit(solution, shape):
    X, y = np.ones(shape), np.zeros(shape[0] if len(shape) > 1 else 1, int)
    with pytest.raises(ValueError):
        solution.forward(DEEP, X)
    with pytest.raises(ValueError):
        solution.loss(DEEP, X, y)
    with pytest.raises(ValueError):
        solution.train(DEEP, X, y, 0.5, 1)


@errors("labels")
@pytest.mark.states("when `y` is not 1-D of length `m`, such as a column of shape `(m, 1)`")
def test_labels_in_a_column(solution):
    refuses_labels(solution, Y5[:, None])


@errors("labels")
@pytest.mark.spec
@pytest.mark.states("when `y` is not 1-D of length `m`")
def test_too_few_or_too_many_labels(solution):
    for y in (Y5[:4], Y5[:1], np.append(Y5, 0), np.array(1)):
        refuses_labels(solution, y)


@errors("labels")
@pytest.mark.spec
@pytest.mark.states("has another dtype than an integer one")
def test_labels_that_are_no_integers(solution):
    for y in (Y5.astype(float), Y5 > 0):
        refuses_labels(solution, y)


@errors("labels")
@pytest.mark.parametrize("label", [-1, -3, 3, 100])
@pytest.mark.states("names a class below 0 or above `C − 1`")
def test_labels_that_name_no_class(solution, label):
    y = Y5.copy()
    y[2] = label
    refuses_labels(solution, y)


@errors("numbers")
@pytest.mark.parametrize("l2", [-0.5, math.nan])
@pytest.mark.spec
@pytest.mark.states("when `l2` is below 0 or NaN")
def test_an_l2_out_of_range(solution, l2):
    with pytest.raises(ValueError):
        solution.loss(DEEP, X5, Y5, l2)
    with pytest.raises(ValueError):
        grads_of(solution, DEEP, X5, Y5, l2)
    with pytest.raises(ValueError):
        solution.train(DEEP, X5, Y5, 0.5, 1, l2)


@errors("numbers")
@pytest.mark.parametrize(("lr", "epochs"), [(0.0, 3), (-0.5, 3), (math.nan, 3), (0.5, -1)])
@pytest.mark.spec
@pytest.mark.states("when `lr` is not above 0, or `epochs` is below 0")
def test_training_out_of_range(solution, lr, epochs):
    with pytest.raises(ValueError):
        solution.train(DEEP, X5, Y5, lr, epochs)


@errors("sizes")
@pytest.mark.parametrize("sizes", [[], [3], [3, 0], [0, 3], [2, -1, 2]], ids=str)
@pytest.mark.spec
@pytest.mark.states("when `sizes` has fewer than two entries or an entry below 1")
def test_widths_that_make_no_network(solution, sizes):
    with pytest.raises(ValueError):
        solution.init_params(sizes, np.random.default_rng(0))


# Cost -----------------------------------------------------------------------


def assert_descends(found, params, X, y, lr):
    """One step: a derivative of the last layer by hand, and both losses."""
    (W, b), (V, c) = params[-1], found[0][-1]
    logits = logits_of(params, X)
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    close(c, b - lr * (shares - np.eye(len(b))[y]).mean(axis=0))
    close(found[1], np.array([float(loss_of(p, X, y)) for p in (params, found[0])]))


@pytest.mark.criterion("time", "width")
@pytest.mark.states("no pass for each weight")
def test_time_of_wide_networks(measure):
    def run(solution, n, rng):
        params, (X, y) = network(rng, [8, 5 * n, 4], 0.1), samples(rng, 64, 8, 4)
        assert_descends(solution.train(params, X, y, 0.25, 1), params, X, y, 0.25)

    measure.cpu_slope(run)


@pytest.mark.criterion("time", "depth")
@pytest.mark.states("and none for each layer")
def test_time_of_deep_networks(measure):
    def run(solution, n, rng):
        params, (X, y) = network(rng, [6] * n, 0.5), samples(rng, 64, 6, 6)
        assert_descends(solution.train(params, X, y, 0.25, 1), params, X, y, 0.25)

    measure.cpu_slope(run)


@pytest.mark.criterion("memory", "steps")
@pytest.mark.states("For 2000 samples and widths 32, 48, 48, 10, `train` stays within 24 MiB.")
def test_the_room_of_many_steps(measure):
    kept = {}

    def arguments(m, rng):
        params = network(rng, [32, 48, 48, 10], 0.2)
        kept["data"] = params, *samples(rng, m, 32, 10)
        return *kept["data"], 0.05, 15

    def verify(result, m):
        params, losses = result.fetch()
        start, X, y = kept["data"]
        ends = [float(loss_of(p, X, y)) for p in (start, params)]
        check.equal(losses.shape, (16,))
        close(losses[[0, -1]], np.array(ends))

    measure.peak_memory("train", arguments, verify)


def assert_room(measure, sizes, m, epochs):
    """`train` within the limit, for a batch whose size is not that of the criterion."""
    kept = {}

    def arguments(_, rng):
        kept["data"] = network(rng, sizes, 0.05), *samples(rng, m, sizes[0], sizes[-1])
        return *kept["data"], 0.01, epochs

    def verify(result, _):
        params, losses = result.fetch()
        start, X, y = kept["data"]
        ends = [float(loss_of(p, X, y)) for p in (start, params)]
        check.equal(losses.shape, (epochs + 1,))
        close(losses[[0, -1]], np.array(ends))

    measure.peak_memory("train", arguments, verify)


@pytest.mark.criterion("memory", "history")
@pytest.mark.states("So do 60 steps on 10 samples with widths 300, 300, 10")
def test_the_room_of_a_history(measure):
    assert_room(measure, [300, 300, 10], 10, 60)


@pytest.mark.criterion("memory", "classes")
@pytest.mark.states("and two steps on 4 samples with widths 2, 2, 2000.")
def test_the_room_of_many_classes(measure):
    assert_room(measure, [2, 2, 2000], 4, 2)
