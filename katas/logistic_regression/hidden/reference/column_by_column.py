"""No matrix at all: sums over columns, elimination by hand, and every formula from one softplus."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np


@dataclass
class Fit:
    w: np.ndarray
    b: float
    losses: np.ndarray
    converged: bool


def softplus(t):
    """Give log(1 + exp(t))."""
    return np.fmax(t, 0.0) + np.log1p(np.exp(-np.fabs(t)))


def sigmoid(z):
    scores = np.asarray(z).astype(np.float64)
    answer = np.exp(-softplus(-scores))
    nothing = np.isnan(scores)
    if np.ndim(answer) == 0:
        return math.nan if nothing else float(answer)
    answer[nothing] = np.nan
    return answer


def bce_loss(X, y, w, b, l2=0.0):
    columns, is_one = prepare(X, y)
    weights = checked_weights(columns, w)
    at_least_zero(l2)
    return loss_of(columns, is_one, weights, b, l2)


def gradients(X, y, w, b, l2=0.0):
    columns, is_one = prepare(X, y)
    weights = checked_weights(columns, w)
    at_least_zero(l2)
    *dw, db = slopes(columns, is_one, weights, b, l2)
    return np.array(dw), db


def logistic_regression(X, y, lr, epochs):
    weights, bias, _, _ = descend(X, y, lr, epochs, 0.0, None)
    return np.array(weights), bias


def fit(X, y, lr, epochs, l2=0.0, tol=None):
    weights, bias, losses, converged = descend(X, y, lr, epochs, l2, tol)
    return Fit(np.array(weights), bias, np.array(losses), converged)


def descend(X, y, lr, epochs, l2, tol):
    columns, is_one = prepare(X, y)
    at_least_zero(l2)
    if tol is not None:
        at_least_zero(tol)
    if epochs < 0 or lr <= 0 or lr != lr:
        raise ValueError("epochs or lr")
    weights, bias, losses = [0.0] * len(columns), 0.0, []
    while True:
        losses.append(loss_of(columns, is_one, weights, bias, l2))
        *dw, db = slopes(columns, is_one, weights, bias, l2)
        if tol is not None and all(abs(s) <= tol for s in (*dw, db)):
            return weights, bias, losses, True
        if len(losses) > epochs:
            return weights, bias, losses, False
        weights = [v - lr * s for v, s in zip(weights, dw)]
        bias -= lr * db


def predict_proba(X, w, b):
    columns = columns_of(X)
    return sigmoid(score(columns, checked_weights(columns, w), b))


def predict(X, w, b, threshold=0.5):
    if not (threshold >= 0 and threshold <= 1):
        raise ValueError("threshold")
    return np.array([int(p >= threshold) for p in predict_proba(X, w, b)], dtype=np.int64)


def fit_newton(X, y, l2=0.0, tol=1e-8, max_steps=100):
    columns, is_one = prepare(X, y)
    at_least_zero(l2)
    at_least_zero(tol)
    m, n = len(is_one), len(columns)
    if max_steps < 0:
        raise ValueError("max_steps")
    if is_one.all() or not is_one.any():
        raise ValueError("one class: no minimum")
    v = [0.0] * (n + 1)
    losses = [loss_of(columns, is_one, v[:n], v[n], l2)]
    while True:
        # Less than log 2 in all means less than log 2 for each: every sample is on its side.
        if l2 == 0 and losses[-1] * m < math.log(2) * (1 - 1e-9):
            raise ValueError("separated: no minimum")
        down = slopes(columns, is_one, v[:n], v[n], l2)
        converged = max(map(abs, down)) <= tol
        if converged or len(losses) > max_steps:
            return Fit(np.array(v[:n]), v[n], np.array(losses), converged)
        step = solve(curvatures(columns, score(columns, v[:n], v[n]), l2), down)
        v, loss = sink(lambda u: loss_of(columns, is_one, u[:n], u[n], l2), v, step, losses[-1])
        losses.append(loss)


def sink(loss_at, v, step, before):
    for halvings in range(70):
        trial = [a - s / 2**halvings for a, s in zip(v, step)]
        loss = loss_at(trial)
        if loss <= before:
            return trial, loss
    return v, before


def score(columns, weights, bias):
    total = np.full(len(columns[0]), float(bias))
    for column, weight in zip(columns, weights):
        total += column * weight
    return total


def loss_of(columns, is_one, weights, bias, l2):
    z = score(columns, weights, bias)
    data = float(softplus(np.where(is_one, -z, z)).sum()) / len(z)
    return data + l2 * math.fsum(v * v for v in weights) / 2


def slopes(columns, is_one, weights, bias, l2):
    """Give the derivatives by each weight, and by the bias last."""
    z = score(columns, weights, bias)
    away = np.where(is_one, -sigmoid(-z), sigmoid(z))
    by_weights = [float((c * away).mean()) + l2 * v for c, v in zip(columns, weights)]
    return [*by_weights, float(away.mean())]


def curvatures(columns, z, l2):
    spread = np.exp(-softplus(z) - softplus(-z))
    sides = [*columns, np.ones(len(z))]
    table = [[float((a * b * spread).mean()) for a in sides] for b in sides]
    for j in range(len(columns)):
        table[j][j] += l2
    return table


def solve(table, right):
    """Eliminate with the largest pivot of each column."""
    rows = [[*row, value] for row, value in zip(table, right)]
    size = len(rows)
    for j in range(size):
        pivot = max(range(j, size), key=lambda i: abs(rows[i][j]))
        rows[j], rows[pivot] = rows[pivot], rows[j]
        for i in range(j + 1, size):
            factor = rows[i][j] / rows[j][j]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[j])]
    answer = [0.0] * size
    for j in reversed(range(size)):
        known = sum(rows[j][k] * answer[k] for k in range(j + 1, size))
        answer[j] = (rows[j][size] - known) / rows[j][j]
    return answer


def columns_of(X):
    table = np.asarray(X).astype(float)
    if table.ndim != 2 or not table.size or not np.isfinite(table).all():
        raise ValueError("X")
    return [table[:, j].copy() for j in range(table.shape[1])]


def prepare(X, y):
    columns, labels = columns_of(X), np.asarray(y)
    if labels.ndim != 1 or len(labels) != len(columns[0]) or set(labels.tolist()) - {0, 1}:
        raise ValueError("y")
    return columns, labels == 1


def checked_weights(columns, w):
    weights = np.asarray(w)
    if weights.ndim != 1 or len(weights) != len(columns):
        raise ValueError("w")
    return [float(v) for v in weights]


def at_least_zero(value):
    if not value >= 0:
        raise ValueError("below zero")
