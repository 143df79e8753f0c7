"""
Mistake: logaddexp is taken from the compiled module.
Fails: rules
Say: You reach a ready-made loss by another road. What is log(1 + exp(t)) for a large t, and which small rest can log1p take?
Ask: What does logaddexp do inside, and why is it its own ufunc?
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy._core import _multiarray_umath


@dataclass
class Fit:
    w: np.ndarray
    b: float
    losses: np.ndarray
    converged: bool


def sigmoid(z):
    z = np.asarray(z, dtype=np.float64)
    small = np.exp(-np.abs(z))
    return np.where(z < 0, small, 1.0)[()] / (1.0 + small)


def bce_loss(X, y, w, b, l2=0.0):
    X, y = _data(X, y)
    w = _weights(X, w)
    _refuse_below_zero(l2, "l2")
    return _loss(X, y, w, b, l2)


def gradients(X, y, w, b, l2=0.0):
    X, y = _data(X, y)
    w = _weights(X, w)
    _refuse_below_zero(l2, "l2")
    return _gradients(X, y, w, b, l2)


def logistic_regression(X, y, lr, epochs):
    found = fit(X, y, lr, epochs)
    return found.w, found.b


def fit(X, y, lr, epochs, l2=0.0, tol=None):
    X, y = _data(X, y)
    _refuse_below_zero(l2, "l2")
    if not (np.isfinite(lr) and lr > 0) or epochs < 0:
        raise ValueError("lr must be positive and epochs not negative")
    if tol is not None:
        _refuse_below_zero(tol, "tol")
    w, b = np.zeros(X.shape[1]), 0.0
    losses = [_loss(X, y, w, b, l2)]
    for step in range(epochs + 1):
        dw, db = _gradients(X, y, w, b, l2)
        if tol is not None and _largest(dw, db) <= tol:
            return Fit(w, b, np.array(losses), True)
        if step < epochs:
            w, b = w - lr * dw, b - lr * db
            losses.append(_loss(X, y, w, b, l2))
    return Fit(w, b, np.array(losses), False)


def predict_proba(X, w, b):
    X = _features(X)
    return sigmoid(X @ _weights(X, w) + b)


def predict(X, w, b, threshold=0.5):
    if not 0 <= threshold <= 1:
        raise ValueError(f"no threshold of {threshold}")
    return (predict_proba(X, w, b) >= threshold).astype(np.int64)


def fit_newton(X, y, l2=0.0, tol=1e-8, max_steps=100):
    X, y = _data(X, y)
    _refuse_below_zero(l2, "l2")
    _refuse_below_zero(tol, "tol")
    if max_steps < 0:
        raise ValueError("max_steps is negative")
    if y.min() == y.max():
        raise ValueError("one class only: there is no minimum")
    m, n = X.shape
    A = np.column_stack([X, np.ones(m)])
    ridge = np.diag([l2] * n + [0.0])
    v = np.zeros(n + 1)
    losses = [_loss(X, y, v[:n], v[n], l2)]
    for step in range(max_steps + 1):
        z = A @ v
        if l2 == 0 and np.all(np.where(y == 1, z, -z) > 0):
            raise ValueError("the classes can be separated: there is no minimum")
        p = sigmoid(z)
        slope = A.T @ (p - y) / m + ridge @ v
        if np.abs(slope).max() <= tol:
            return Fit(v[:n], v[n], np.array(losses), True)
        if step == max_steps:
            break
        curvature = A.T @ (A * (p * sigmoid(-z))[:, None]) / m + ridge
        direction = np.linalg.solve(curvature, slope)
        v, loss = _downhill(lambda u: _loss(X, y, u[:n], u[n], l2), v, direction, losses[-1])
        losses.append(loss)
    return Fit(v[:n], v[n], np.array(losses), False)


def _downhill(loss_at, v, direction, before):
    """Halve the step until the loss does not rise; at the end rounding alone decides: stay."""
    share = 1.0
    for _ in range(60):
        trial = v - share * direction
        loss = loss_at(trial)
        if loss <= before:
            return trial, loss
        share /= 2
    return v, before


def _loss(X, y, w, b, l2):
    z = X @ w + b
    t = np.where(y == 1, -z, z)
    each = _multiarray_umath.logaddexp(0, t)
    return each.mean() + l2 / 2 * (w @ w)


def _gradients(X, y, w, b, l2):
    error = sigmoid(X @ w + b) - y
    return X.T @ error / len(y) + l2 * w, error.mean()


def _largest(dw, db):
    return max(np.abs(dw).max(), abs(db))


def _features(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or 0 in X.shape:
        raise ValueError(f"X must have the shape (m, n), not {X.shape}")
    if not np.isfinite(X).all():
        raise ValueError("X holds NaN or infinity")
    return X


def _data(X, y):
    X, y = _features(X), np.asarray(y, dtype=np.float64)
    if y.shape != X.shape[:1]:
        raise ValueError(f"y must have the shape {X.shape[:1]}, not {y.shape}")
    if not np.isin(y, (0.0, 1.0)).all():
        raise ValueError("labels are 0 and 1")
    return X, y


def _weights(X, w):
    w = np.asarray(w, dtype=np.float64)
    if w.shape != X.shape[1:]:
        raise ValueError(f"w must have the shape {X.shape[1:]}, not {w.shape}")
    return w


def _refuse_below_zero(value, name):
    if not (np.isfinite(value) and value >= 0):
        raise ValueError(f"{name} must be finite and not negative")
