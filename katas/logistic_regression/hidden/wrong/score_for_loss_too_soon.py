"""
Mistake: beyond a score of 15 the loss of a sample is the score itself.
Fails: stable
Say: From some score on you leave out the logarithm. How large is what you leave out at 16, compared with 1e-9 of the loss?
Ask: From which score on is log(1 + exp(z)) equal to z in float64?
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass
class Fit:
    """What training gives; leave the class as it is."""

    w: np.ndarray  # (n,), float64
    b: float
    losses: np.ndarray  # (steps + 1,), float64
    converged: bool


def _samples(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or 0 in X.shape:
        raise ValueError("X must be 2-D with rows and columns")
    if not np.isfinite(X).all():
        raise ValueError("X must be finite")
    return X


def _labels(y, m):
    y = np.asarray(y, dtype=np.float64)
    if y.shape != (m,):
        raise ValueError("y must be 1-D with one label a row")
    if not ((y == 0) | (y == 1)).all():
        raise ValueError("labels are 0 or 1")
    return y


def _weights(w, n):
    w = np.asarray(w, dtype=np.float64)
    if w.shape != (n,):
        raise ValueError("w must be 1-D with one weight a column")
    return w


def _not_negative(**numbers):
    for name, value in numbers.items():
        if not value >= 0:
            raise ValueError(f"{name} must not be negative")


def _sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1.0 + e)


def sigmoid(z: ArrayLike) -> np.ndarray | float:
    """Give 1 / (1 + exp(-z)) in the shape of z, as float64."""
    z = np.asarray(z, dtype=np.float64)
    e = np.exp(-np.abs(z))
    p = np.where(z < 0, e, 1.0) / (1.0 + e)
    return p if z.ndim else float(p)


def _loss(X, y, w, b, l2):
    z = X @ w + b
    s = np.where(y == 1, -z, z)
    terms = np.where(s > 15, s, np.log1p(np.exp(np.minimum(s, 15))))
    return float(np.mean(terms) + l2 / 2 * np.sum(w * w))


def _gradients(X, y, w, b, l2):
    residual = _sigmoid(X @ w + b) - y
    return X.T @ residual / len(y) + l2 * w, float(np.mean(residual))


def _size(dw, db):
    return max(float(np.max(np.abs(dw))), abs(db))


def bce_loss(X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float, l2: float = 0.0) -> float:
    """Give the mean cross-entropy of the labels, plus l2 / 2 times the squared weights."""
    X = _samples(X)
    y = _labels(y, X.shape[0])
    w = _weights(w, X.shape[1])
    _not_negative(l2=l2)
    return _loss(X, y, w, b, l2)


def gradients(
    X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float, l2: float = 0.0
) -> tuple[np.ndarray, float]:
    """Give the gradient of bce_loss by w and by b."""
    X = _samples(X)
    y = _labels(y, X.shape[0])
    w = _weights(w, X.shape[1])
    _not_negative(l2=l2)
    return _gradients(X, y, w, b, l2)


def logistic_regression(
    X: ArrayLike, y: ArrayLike, lr: float, epochs: int
) -> tuple[np.ndarray, float]:
    """Give weights and bias after `epochs` steps of gradient descent from zero."""
    X = _samples(X)
    y = _labels(y, X.shape[0])
    if not lr > 0:
        raise ValueError("lr must be above 0")
    _not_negative(epochs=epochs)
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        dw, db = _gradients(X, y, w, b, 0.0)
        w = w - lr * dw
        b = b - lr * db
    return w, float(b)


def predict_proba(X: ArrayLike, w: ArrayLike, b: float) -> np.ndarray:
    """Give the probability of class 1 for each row."""
    X = _samples(X)
    w = _weights(w, X.shape[1])
    return _sigmoid(X @ w + b)


def predict(X: ArrayLike, w: ArrayLike, b: float, threshold: float = 0.5) -> np.ndarray:
    """Give class 1 (int64) where the probability is at least the threshold, else 0."""
    if not 0 <= threshold <= 1:
        raise ValueError("threshold must be between 0 and 1")
    return (predict_proba(X, w, b) >= threshold).astype(np.int64)


def fit(
    X: ArrayLike,
    y: ArrayLike,
    lr: float,
    epochs: int,
    l2: float = 0.0,
    tol: float | None = None,
) -> Fit:
    """Descend at most `epochs` steps; stop where no gradient is larger than tol."""
    X = _samples(X)
    y = _labels(y, X.shape[0])
    if not lr > 0:
        raise ValueError("lr must be above 0")
    _not_negative(epochs=epochs, l2=l2, tol=0.0 if tol is None else tol)
    w, b = np.zeros(X.shape[1]), 0.0
    losses = [_loss(X, y, w, b, l2)]
    converged = False
    for step in range(epochs + 1):
        dw, db = _gradients(X, y, w, b, l2)
        if tol is not None and _size(dw, db) <= tol:
            converged = True
            break
        if step == epochs:
            break
        w = w - lr * dw
        b = b - lr * db
        losses.append(_loss(X, y, w, b, l2))
    return Fit(w, float(b), np.array(losses), converged)


def _newton_step(X, w, b, l2, dw, db):
    m, n = X.shape
    z = X @ w + b
    weight = _sigmoid(z) * _sigmoid(-z) / m
    weighted = X * weight[:, None]
    H = np.empty((n + 1, n + 1))
    H[:n, :n] = X.T @ weighted + l2 * np.eye(n)
    H[:n, n] = H[n, :n] = weighted.sum(axis=0)
    H[n, n] = weight.sum()
    step = np.linalg.solve(H, np.append(dw, db))
    return step[:n], float(step[n])


def _separated(X, y, w, b):
    z = X @ w + b
    return bool(np.all(np.where(y == 1, z > 0, z < 0)))


def _line_search(X, y, w, b, l2, step, loss):
    for _ in range(60):
        new_w, new_b = w - step[0], b - step[1]
        new = _loss(X, y, new_w, new_b, l2)
        if new <= loss + 1e-14:
            return new_w, new_b, new
        step = step[0] / 2, step[1] / 2
    return w, b, loss


def fit_newton(
    X: ArrayLike, y: ArrayLike, l2: float = 0.0, tol: float = 1e-8, max_steps: int = 100
) -> Fit:
    """Give the minimum by Newton's method, with steps that never raise the loss."""
    X = _samples(X)
    y = _labels(y, X.shape[0])
    _not_negative(l2=l2, tol=tol, max_steps=max_steps)
    if np.all(y == y[0]):
        raise ValueError("one class only: no minimum")
    w, b = np.zeros(X.shape[1]), 0.0
    losses = [_loss(X, y, w, b, l2)]
    converged = False
    for step in range(max_steps + 1):
        if l2 == 0 and _separated(X, y, w, b):
            raise ValueError("the classes can be told apart: no minimum")
        dw, db = _gradients(X, y, w, b, l2)
        if _size(dw, db) <= tol:
            converged = True
            break
        if step == max_steps:
            break
        direction = _newton_step(X, w, b, l2, dw, db)
        w, b, loss = _line_search(X, y, w, b, l2, direction, losses[-1])
        losses.append(loss)
    return Fit(w, float(b), np.array(losses), converged)
