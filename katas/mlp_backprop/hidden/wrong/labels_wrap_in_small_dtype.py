"""
Mistake: labels are compared with the numbers of the classes in the dtype of y, where these wrap around.
Fails: backward
Say: With 300 classes and labels of int8, which number does class 256 have in your comparison?
Ask: Which of NumPy's conversions check that the value fits, and which do not?
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

Params = list[tuple[np.ndarray, np.ndarray]]  # one (W, b) for each layer


def _inputs(params, X):
    X = np.array(X, dtype=np.float64)
    if X.ndim != 2 or len(X) == 0 or X.shape[1] != params[0][0].shape[0]:
        raise ValueError("X does not fit")
    return X


def _labels(y, m, classes):
    y = np.asarray(y)
    if y.shape != (m,) or y.dtype.kind not in "iu":
        raise ValueError("y must be integers, one a sample")
    if y.min() < 0 or y.max() >= classes:
        raise ValueError("y names no class")
    return y


def _check_l2(l2):
    if not l2 >= 0:
        raise ValueError("l2 must be at least 0")


def _log_probabilities(logits):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def _loss(params, logits, y, l2):
    C = logits.shape[1]
    logp = _log_probabilities(logits).ravel()[
        np.arange(len(y)).astype(np.int64) * C + y.astype(np.int64)
    ]
    return float(-logp.mean() + l2 / 2 * sum(float((W * W).sum()) for W, _ in params))


def forward(params: Params, X: ArrayLike) -> tuple[np.ndarray, Any]:
    a = _inputs(params, X)
    activations = [a]
    for W, b in params[:-1]:
        a = np.maximum(a @ W + b, 0.0)
        activations.append(a)
    W, b = params[-1]
    logits = a @ W + b
    return logits, (activations, logits.copy())


def loss(params: Params, X: ArrayLike, y: ArrayLike, l2: float = 0.0) -> float:
    _check_l2(l2)
    logits, _ = forward(params, X)
    return _loss(params, logits, _labels(y, *logits.shape), l2)


def _gradient(params, cache, y, l2):
    activations, logits = cache
    m = len(logits)
    delta = np.exp(_log_probabilities(logits))
    y = y + y.dtype.type(0)
    delta -= y[:, None] == np.arange(delta.shape[1]).astype(y.dtype)
    delta /= m
    grads = []
    for i in reversed(range(len(params))):
        W, _ = params[i]
        a = activations[i]
        grads.append((a.T @ delta + l2 * W, delta.sum(axis=0)))
        if i > 0:
            delta = (delta @ W.T) * (a > 0)
    return grads[::-1]


def backward(params: Params, cache: Any, y: ArrayLike, l2: float = 0.0) -> Params:
    _check_l2(l2)
    return _gradient(params, cache, _labels(y, *cache[1].shape), l2)


def init_params(sizes: Sequence[int], rng: np.random.Generator) -> Params:
    sizes = list(sizes)
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError("sizes needs two entries or more, all at least 1")
    return [
        (rng.standard_normal((n_in, n_out)) * np.sqrt(2 / n_in), np.zeros(n_out))
        for n_in, n_out in zip(sizes, sizes[1:])
    ]


def train(
    params: Params, X: ArrayLike, y: ArrayLike, lr: float, epochs: int, l2: float = 0.0
) -> tuple[Params, np.ndarray]:
    if not lr > 0 or epochs < 0:
        raise ValueError("lr must be above 0, and epochs not below 0")
    _check_l2(l2)
    X = _inputs(params, X)
    y = _labels(y, len(X), params[-1][0].shape[1])
    params = [(W.copy(), b.copy()) for W, b in params]
    losses = np.empty(epochs + 1)
    for epoch in range(epochs):
        logits, cache = forward(params, X)
        losses[epoch] = _loss(params, logits, y, l2)
        grads = _gradient(params, cache, y, l2)
        params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
    losses[epochs] = _loss(params, forward(params, X)[0], y, l2)
    return params, losses
