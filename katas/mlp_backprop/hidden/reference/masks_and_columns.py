"""Samples as columns, the masks of the ReLU in the cache, and one step for each kind of box."""

from __future__ import annotations

from itertools import pairwise

import numpy as np


def forward(params, X):
    rows = np.asarray(X, dtype=np.float64)
    if rows.ndim != 2 or not rows.shape[0] or rows.shape[1] != params[0][0].shape[0]:
        raise ValueError("X must be a table with a column for each input of the network")
    signal, taken, masks = rows.T, [], []
    for at, (W, b) in enumerate(params):
        if at:
            masks.append(signal > 0)
            signal = signal * masks[-1]
        taken.append(signal)
        signal = W.T @ signal + b[:, np.newaxis]
    return signal.T.copy(), (taken, masks, log_shares(signal))


def loss(params, X, y, l2=0.0):
    _, (_, _, logs) = forward(params, X)
    return total_loss(params, logs, checked(y, logs, l2), l2)


def backward(params, cache, y, l2=0.0):
    taken, masks, logs = cache
    classes = checked(y, logs, l2)
    told = np.exp(logs)
    told[classes, range(len(classes))] -= 1.0
    told = told / len(classes)
    grads = []
    for at in reversed(range(len(params))):
        W = params[at][0]
        grads.insert(0, (l2 * W + (told @ taken[at].T).T, told.sum(axis=1)))
        if at:
            told = np.where(masks[at - 1], W @ told, 0.0)
    return grads


def init_params(sizes, rng):
    if len(sizes) < 2 or any(size < 1 for size in sizes):
        raise ValueError("at least two widths, each at least 1")
    scaled = (rng.standard_normal(pair) * (2 / pair[0]) ** 0.5 for pair in pairwise(sizes))
    return [(W, np.zeros(W.shape[1])) for W in scaled]


def train(params, X, y, lr, epochs, l2=0.0):
    if epochs < 0 or not lr > 0:
        raise ValueError("epochs below 0, or lr not above 0")
    losses = [loss(params, X, y, l2)]
    for _ in range(epochs):
        grads = backward(params, forward(params, X)[1], y, l2)
        params = [
            tuple(part - lr * slope for part, slope in zip(*both, strict=True))
            for both in zip(params, grads, strict=True)
        ]
        losses.append(loss(params, X, y, l2))
    return params, np.array(losses)


def log_shares(scores):
    below = scores - np.max(scores, axis=0)
    return below - np.log(np.sum(np.exp(below), axis=0))


def total_loss(params, logs, classes, l2):
    fit = -sum(logs[c, i] for i, c in enumerate(classes)) / len(classes)
    return float(fit + 0.5 * l2 * sum(float((W**2).sum()) for W, _ in params))


def checked(y, logs, l2):
    classes = np.asarray(y)
    if classes.ndim != 1 or classes.dtype.kind not in "ui" or len(classes) != logs.shape[1]:
        raise ValueError("y must have one integer for each sample")
    if not np.isin(classes, np.arange(len(logs))).all():
        raise ValueError("y names a class that is not there")
    if not l2 >= 0:
        raise ValueError("l2 must be at least 0")
    return classes
