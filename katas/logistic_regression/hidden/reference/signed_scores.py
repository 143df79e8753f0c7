"""Scores with the sign of their label, one vector for w and b, and reweighted least squares."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Fit(NamedTuple):
    w: np.ndarray
    b: float
    losses: np.ndarray
    converged: bool


class Problem:
    """The checked data with a column of ones; v is w with b at its end."""

    def __init__(self, X, y, l2=0.0):
        X = table(X)
        labels = np.array(y)
        if labels.shape != (len(X),):
            raise ValueError("one label a sample")
        if not ((labels == 0) | (labels == 1)).all():
            raise ValueError("labels are 0 or 1")
        self.signs = np.where(labels == 1, 1.0, -1.0)
        self.rows = np.hstack([X, np.ones((len(X), 1))])
        self.penalties = np.append(np.full(X.shape[1], number(l2)), 0.0)

    def loss(self, v):
        margins = self.signs * (self.rows @ v)
        tails = np.log1p(np.exp(-abs(margins)))
        return float((tails - np.minimum(margins, 0)).mean() + (self.penalties * v**2).sum() / 2)

    def pulls(self, v):
        """Give how far each probability is from its label: p - y, without cancellation."""
        return -self.signs * sigmoid(-self.signs * (self.rows @ v))

    def gradient(self, v):
        return self.pulls(v) @ self.rows / len(self.rows) + self.penalties * v

    def newton_step(self, v):
        """Give the step as a least-squares problem, with a row for each penalised weight."""
        scores = self.rows @ v
        roots = np.sqrt(np.maximum(sigmoid(scores) * sigmoid(-scores), 1e-280))
        strong = np.sqrt(len(self.rows) * self.penalties)
        tall = np.vstack([self.rows * roots[:, None], np.diag(strong)])
        wanted = np.concatenate([-self.pulls(v) / roots, -strong * v])
        return np.linalg.lstsq(tall, wanted, rcond=None)[0]


def sigmoid(z):
    z = np.array(z, dtype=float)
    flat = z.reshape(-1)
    answer = np.empty_like(flat)
    right = flat >= 0
    answer[right] = 1 / (1 + np.exp(-flat[right]))
    grown = np.exp(flat[~right])
    answer[~right] = grown / (1 + grown)
    return answer.reshape(z.shape) if z.ndim else float(answer[0])


def bce_loss(X, y, w, b, l2=0.0):
    return Problem(X, y, l2).loss(joined(X, w, b))


def gradients(X, y, w, b, l2=0.0):
    slope = Problem(X, y, l2).gradient(joined(X, w, b))
    return slope[:-1], float(slope[-1])


def logistic_regression(X, y, lr, epochs):
    return fit(X, y, lr, epochs)[:2]


def fit(X, y, lr, epochs, l2=0.0, tol=None):
    problem = Problem(X, y, l2)
    tol = -1.0 if tol is None else number(tol)
    if not lr > 0 or epochs < 0:
        raise ValueError("lr or epochs out of range")
    return walk(problem, lambda v, slope: v - lr * slope, epochs, tol)


def fit_newton(X, y, l2=0.0, tol=1e-8, max_steps=100):
    problem = Problem(X, y, l2)
    tol = number(tol)
    if max_steps < 0 or abs(problem.signs.sum()) == len(problem.signs):
        raise ValueError("no steps, or one class only")

    def move(v, slope):
        if l2 == 0 and (problem.signs * (problem.rows @ v) > 0).all():
            raise ValueError("no minimum: a line separates the classes")
        step = problem.newton_step(v)
        before = problem.loss(v)
        while problem.loss(v + step) > before and (v + step != v).any():
            step = step / 2
        return v + step

    found = walk(problem, move, max_steps, tol)
    at = np.append(found.w, found.b)
    if l2 == 0 and (problem.signs * (problem.rows @ at) > 0).all():
        raise ValueError("no minimum: a line separates the classes")
    return found


def walk(problem, move, steps, tol):
    v = np.zeros(problem.rows.shape[1])
    losses = [problem.loss(v)]
    slope = problem.gradient(v)
    while abs(slope).max() > tol and len(losses) <= steps:
        v = move(v, slope)
        losses.append(problem.loss(v))
        slope = problem.gradient(v)
    return Fit(v[:-1], float(v[-1]), np.array(losses), bool(abs(slope).max() <= tol))


def predict_proba(X, w, b):
    return sigmoid(np.dot(table(X), joined(X, w, b)[:-1]) + b)


def predict(X, w, b, threshold=0.5):
    if threshold < 0 or threshold > 1 or threshold != threshold:
        raise ValueError("the threshold is a probability")
    return np.where(predict_proba(X, w, b) >= threshold, 1, 0).astype("int64")


def table(X):
    X = np.array(X, dtype=float)
    if X.ndim != 2 or X.size == 0 or np.isnan(X).any() or np.isinf(X).any():
        raise ValueError("X is a finite table of (m, n)")
    return X


def joined(X, w, b):
    w = np.array(w, dtype=float)
    if w.shape != np.shape(X)[1:]:
        raise ValueError("one weight a feature")
    return np.append(w, b)


def number(value):
    if not value >= 0:
        raise ValueError("below zero")
    return float(value)
