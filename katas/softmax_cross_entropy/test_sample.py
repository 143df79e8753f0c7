"""What the statement shows; run it with `kata test`."""

import math

import numpy as np
import pytest
from solution import cross_entropy, grad, log_softmax, softmax

INF = math.inf


@pytest.mark.parametrize(
    ("x", "axis", "expected"),
    [
        ([0, 0, 0, 0], -1, [0.25, 0.25, 0.25, 0.25]),
        ([[0, 5], [0, 5]], 0, [[0.5, 0.5], [0.5, 0.5]]),
        ([7, -INF, 7], -1, [0.5, 0.0, 0.5]),
    ],
    ids=str,
)
def test_probabilities(x, axis, expected):
    found = softmax(x, axis=axis)
    assert found.dtype == np.float64
    np.testing.assert_allclose(found, expected, rtol=1e-10)


def test_logarithms_of_probabilities():
    np.testing.assert_allclose(log_softmax([0, 1000]), [-1000, 0], rtol=1e-10, atol=1e-11)


@pytest.mark.parametrize(
    ("logits", "target", "expected"),
    [([0, 0], 1, math.log(2)), ([1000, 0], 1, 1000.0), ([0, 0, -INF], 1, math.log(2))],
    ids=str,
)
def test_the_loss_of_one_sample(logits, target, expected):
    assert cross_entropy([logits], [target]) == pytest.approx(expected, rel=1e-10)


def test_the_loss_of_each_sample():
    found = cross_entropy([[0, 0], [1000, 0]], [1, 1], reduction="none")
    np.testing.assert_allclose(found, [math.log(2), 1000], rtol=1e-10)


def test_ignored_samples():
    assert cross_entropy([[0, 0], [0, 9]], [1, -100]) == pytest.approx(math.log(2), rel=1e-10)
    assert cross_entropy([[3, 0], [1, 1]], [0, 0], ignore_index=0) == 0.0


def test_smoothed_labels():
    found = cross_entropy([[1000, 0]], [0], label_smoothing=0.5)
    assert found == pytest.approx(250, rel=1e-10)


@pytest.mark.parametrize(
    ("logits", "targets", "expected"),
    [
        ([[0, 0]], [1], [[0.5, -0.5]]),
        ([[0, 0], [1000, 0]], [1, 0], [[0.25, -0.25], [0, 0]]),
    ],
    ids=str,
)
def test_the_gradient(logits, targets, expected):
    np.testing.assert_allclose(grad(logits, targets), expected, rtol=1e-10, atol=1e-11)


def test_a_target_that_names_no_class_is_refused():
    with pytest.raises(ValueError):
        cross_entropy([[0, 0]], [-1])
