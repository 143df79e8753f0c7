"""What the statement shows; run it with `kata test`."""

import math

import numpy as np
import pytest
from solution import (
    bce_loss,
    fit,
    fit_newton,
    gradients,
    logistic_regression,
    predict,
    predict_proba,
    sigmoid,
)

X, Y = [[1], [2], [3], [4]], [0, 1, 1, 1]


def test_sigmoid_of_one_number_is_one_number():
    assert isinstance(sigmoid(0), float)
    assert sigmoid(0) == pytest.approx(0.5, rel=1e-9)


def test_sigmoid_far_out_without_a_warning():
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        found = sigmoid([-1000.0, 0.0, 1000.0])
    assert found.tolist() == pytest.approx([0, 0.5, 1])


def test_the_loss_at_the_start_is_log_2():
    assert bce_loss([[1], [2]], [0, 1], [0], 0) == pytest.approx(math.log(2), rel=1e-9)


def test_a_large_loss():
    assert bce_loss([[800]], [0], [1], 0) == pytest.approx(800, rel=1e-9)


def test_a_penalty_leaves_the_intercept_alone():
    assert bce_loss([[0]], [1], [3], 0, l2=2) == pytest.approx(math.log(2) + 9, rel=1e-9)
    dw, db = gradients([[0]], [1], [3], 0, l2=2)
    assert dw.tolist() == pytest.approx([6])
    assert db == pytest.approx(-0.5)


def test_the_gradient_at_zero():
    dw, db = gradients(X, Y, [0], 0)
    assert dw.shape == (1,)
    assert dw.tolist() == pytest.approx([-1])
    assert db == pytest.approx(-0.25)


def test_one_step():
    weights, bias = logistic_regression(X, Y, 0.5, 1)
    assert weights.tolist() == pytest.approx([0.5])
    assert bias == pytest.approx(0.125)


def test_predictions():
    p = predict_proba([[0], [1]], [math.log(3)], 0)
    assert p.tolist() == pytest.approx([0.5, 0.75], rel=1e-9)
    found = predict([[-1], [0], [1]], [2], 0)
    assert found.dtype == np.int64
    assert found.tolist() == [0, 1, 1]


def test_a_history_of_losses():
    found = fit(X, Y, 0.5, 1)
    assert found.w.tolist() == pytest.approx([0.5])
    assert found.losses.shape == (2,)
    assert found.losses[0] == pytest.approx(math.log(2), rel=1e-9)
    assert not found.converged


@pytest.mark.parametrize(("tol", "entries"), [(0, 1), (None, 10)])
def test_a_tol_of_zero_is_a_tol(tol, entries):
    found = fit([[1], [1]], [0, 1], 0.5, 9, tol=tol)
    assert found.losses.shape == (entries,)
    assert bool(found.converged) is (tol == 0)


def test_the_minimum_by_hand():
    found = fit_newton([[0]] * 4 + [[1]] * 4, [0, 0, 0, 1, 0, 1, 1, 1])
    assert found.w.tolist() == pytest.approx([2 * math.log(3)], rel=1e-6)
    assert found.b == pytest.approx(-math.log(3), rel=1e-6)
    assert found.converged


def test_no_minimum():
    with pytest.raises(ValueError):
        fit_newton([[1], [2], [3]], [0, 0, 1])
    assert fit_newton([[1], [2], [3]], [0, 0, 1], l2=0.1).converged


def test_a_column_of_labels_is_refused():
    with pytest.raises(ValueError):
        bce_loss([[1], [2]], [[0], [1]], [0], 0)
