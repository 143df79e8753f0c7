"""W and b as one matrix, with a column of ones at every input; losses by margins."""

from __future__ import annotations

import numpy as np


def forward(params, X):
    signal = np.asarray(X, dtype=float)
    if signal.ndim != 2 or 0 in signal.shape[:1] or signal.shape[1] != params[0][0].shape[0]:
        raise ValueError("X does not fit the first layer")
    widened, scores = [], []
    for W, b in params:
        if scores:
            signal = np.where(scores[-1] > 0, scores[-1], 0.0)
        widened.append(np.column_stack([signal, np.ones(len(signal))]))
        scores.append(widened[-1] @ np.vstack([W, b]))
    return scores[-1], (widened, scores)


def loss(params, X, y, l2=0.0):
    logits = forward(params, X)[0]
    chosen = one_hot(y, logits.shape)
    check_at_least_zero(l2)
    return cost(logits, chosen) + penalty(params, l2)


def backward(params, cache, y, l2=0.0):
    widened, scores = cache
    chosen = one_hot(y, scores[-1].shape)
    check_at_least_zero(l2)
    back = (probabilities(scores[-1]) - chosen) / len(chosen)
    grads = [None] * len(params)
    for layer in range(len(params) - 1, -1, -1):
        both = np.einsum("mi,mo->io", widened[layer], back, optimize=True)
        grads[layer] = (both[:-1] + l2 * params[layer][0], both[-1])
        if layer > 0:
            back = np.where(scores[layer - 1] > 0, back @ params[layer][0].T, 0.0)
    return grads


def init_params(sizes, rng):
    widths = list(sizes)
    if len(widths) < 2 or any(width < 1 for width in widths):
        raise ValueError("a network needs two widths or more, each at least 1")
    params = []
    for layer in range(1, len(widths)):
        shape = widths[layer - 1], widths[layer]
        params.append((rng.normal(0.0, (2 / shape[0]) ** 0.5, shape), np.zeros(shape[1])))
    return params


def train(params, X, y, lr, epochs, l2=0.0):
    if not lr > 0:
        raise ValueError("lr is not above 0")
    if epochs < 0:
        raise ValueError("epochs is below 0")
    check_at_least_zero(l2)
    network = [(W + 0.0, b + 0.0) for W, b in params]
    losses = []
    for _ in range(epochs):
        logits, cache = forward(network, X)
        losses.append(cost(logits, one_hot(y, logits.shape)) + penalty(network, l2))
        for (W, b), (dW, db) in zip(network, backward(network, cache, y, l2), strict=True):
            W -= lr * dW
            b -= lr * db
    losses.append(loss(network, X, y, l2))
    return network, np.array(losses, dtype=float)


def probabilities(logits):
    shares = np.exp(logits - logits.max(axis=1)[:, None])
    return shares / shares.sum(axis=1)[:, None]


def cost(logits, chosen):
    """Mean of log Σ exp(zₖ − zₜ), with the largest margin taken out."""
    margins = logits - np.where(chosen, logits, 0.0).sum(axis=1)[:, None]
    top = margins.max(axis=1)
    return float(np.mean(top + np.log(np.exp(margins - top[:, None]).sum(axis=1))))


def penalty(params, l2):
    return float(sum((l2 / 2) * np.vdot(W, W) for W, _ in params))


def one_hot(y, shape):
    labels = np.asarray(y)
    if labels.shape != shape[:1] or not np.issubdtype(labels.dtype, np.integer):
        raise ValueError("y is not one integer for each sample")
    if np.any(labels < 0) or np.any(labels >= shape[1]):
        raise ValueError("y names a class that the network does not have")
    return labels[:, None] == np.arange(shape[1])


def check_at_least_zero(l2):
    if l2 < 0 or l2 != l2:
        raise ValueError("l2 is below 0 or NaN")
