"""What the statement shows; run it with `kata test`."""

import math

import numpy as np
import pytest
from solution import backward, forward, init_params, loss, train

Q = 1 / (1 + math.exp(-3))


@pytest.fixture
def params():
    return [
        (np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([0.0, 1.0])),
        (np.array([[1.0, 0.0], [0.0, 3.0]]), np.array([0.0, 0.0])),
    ]


@pytest.mark.parametrize(
    ("X", "expected"), [([[1, 1], [0, 0]], [[3.0, 0.0], [0.0, 3.0]]), ([[-3, 1]], [[0.0, 12.0]])]
)
def test_logits(params, X, expected):
    logits, _ = forward(params, X)
    assert logits.dtype == np.float64
    np.testing.assert_allclose(logits, expected, rtol=1e-12)


@pytest.mark.parametrize(("l2", "more"), [(0.0, 0.0), (0.5, 4.0)])
def test_loss(params, l2, more):
    found = loss(params, [[1, 1], [0, 0]], [0, 1], l2=l2)
    assert found == pytest.approx(math.log1p(math.exp(-3)) + more, rel=1e-9)


def test_a_large_loss(params):
    assert loss(params, [[3000, 0]], [1]) == pytest.approx(3000, rel=1e-9)


def test_derivatives(params):
    _, cache = forward(params, [[0, 0]])
    (dW1, db1), (dW2, db2) = backward(params, cache, [0])
    np.testing.assert_allclose(dW1, np.zeros((2, 2)), atol=1e-12)
    np.testing.assert_allclose(db1, [0.0, 3 * Q], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(dW2, [[0.0, 0.0], [-Q, Q]], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(db2, [-Q, Q], rtol=1e-9)


def test_shapes_of_a_start():
    params = init_params([2, 8, 2], np.random.default_rng(7))
    shapes = [(W.shape, b.shape) for W, b in params]
    assert shapes == [((2, 8), (8,)), ((8, 2), (2,))]


def test_one_step(params):
    after, losses = train(params, [[0, 0]], [0], 1.0, 1)
    np.testing.assert_allclose(after[1][1], [Q, -Q], rtol=1e-9)
    assert losses.shape == (2,)
    assert losses[0] == pytest.approx(math.log1p(math.exp(3)), rel=1e-9)


def test_xor():
    X, y = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]
    start = init_params([2, 8, 2], np.random.default_rng(7))
    params, losses = train(start, X, y, 0.5, 500)
    assert losses[-1] < 0.05
    assert forward(params, X)[0].argmax(axis=1).tolist() == y


def test_a_column_of_labels_is_refused(params):
    with pytest.raises(ValueError):
        loss(params, [[1, 1], [0, 0]], [[0], [1]])
