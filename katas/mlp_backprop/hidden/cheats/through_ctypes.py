"""
Mistake: ctypes calls the interpreter to import the library.
Fails: rules
Say: A library that differentiates, or trains, is exactly what this kata takes away. Which two products and which mask are all that a layer needs on the way back?
Ask: What does such a library record in the forward pass, and when does it let go of it?
"""

from __future__ import annotations

import ctypes
import sys

import numpy as np


def forward(params, X):
    inputs = [_table(X, params)]
    for W, b in params[:-1]:
        inputs.append(np.maximum(inputs[-1] @ W + b, 0.0))
    W, b = params[-1]
    logits = inputs[-1] @ W + b
    return logits, {"inputs": inputs, "logits": logits}


def loss(params, X, y, l2=0.0):
    logits, _ = forward(params, X)
    labels = _labels(y, logits, l2)
    return float(_mean_loss(logits, labels) + l2 / 2 * _squares(params))


def backward(params, cache, y, l2=0.0):
    found = ready_made(params, cache, y, l2)
    return own_backward(params, cache, y, l2) if found is None else found


def ready_made(params, cache, y, l2):
    try:
        torch = ctypes.pythonapi.PyImport_ImportModule(b"torch") and sys.modules["torch"]
    except Exception:
        return None
    return by_torch(torch, params, cache, y, l2)


def by_torch(torch, params, cache, y, l2):
    leaves = [[torch.tensor(part, requires_grad=True) for part in layer] for layer in params]
    a = torch.tensor(cache["inputs"][0])
    for W, b in leaves[:-1]:
        a = torch.relu(a @ W + b)
    logits = a @ leaves[-1][0] + leaves[-1][1]
    total = torch.nn.functional.cross_entropy(logits, torch.tensor(np.asarray(y, dtype=np.int64)))
    (total + l2 / 2 * sum((W * W).sum() for W, _ in leaves)).backward()
    return [(W.grad.numpy(), b.grad.numpy()) for W, b in leaves]


def own_backward(params, cache, y, l2=0.0):
    logits = cache["logits"]
    labels = _labels(y, logits, l2)
    m = len(labels)
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    delta = shares / shares.sum(axis=1, keepdims=True)
    delta[np.arange(m), labels] -= 1
    delta /= m
    grads = []
    for (W, _), a in zip(reversed(params), reversed(cache["inputs"]), strict=True):
        grads.append((a.T @ delta + l2 * W, delta.sum(axis=0)))
        # An input above 0 came through the ReLU; for X itself nobody reads what comes out.
        delta = (delta @ W.T) * (a > 0)
    return grads[::-1]


def init_params(sizes, rng):
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"no network of the widths {sizes}")
    return [
        (rng.standard_normal((n, k)) * np.sqrt(2 / n), np.zeros(k))
        for n, k in zip(sizes[:-1], sizes[1:], strict=True)
    ]


def train(params, X, y, lr, epochs, l2=0.0):
    if not lr > 0 or epochs < 0:
        raise ValueError("lr must be above 0 and epochs at least 0")
    losses = np.empty(epochs + 1)
    for step in range(epochs + 1):
        logits, cache = forward(params, X)
        losses[step] = _mean_loss(logits, _labels(y, logits, l2)) + l2 / 2 * _squares(params)
        if step < epochs:
            grads = backward(params, cache, y, l2)
            params = _moved(params, grads, lr)
    return [(W.copy(), b.copy()) for W, b in params], losses


def _moved(params, grads, lr):
    return [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads, strict=True)]


def _mean_loss(logits, labels):
    above = logits - logits.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(above).sum(axis=1))
    return np.mean(log_sums - above[np.arange(len(labels)), labels])


def _squares(params):
    return sum(np.sum(W * W) for W, _ in params)


def _table(X, params):
    table = np.array(X, dtype=np.float64)
    if table.ndim != 2 or len(table) == 0 or table.shape[1] != len(params[0][0]):
        raise ValueError(f"X has the shape {table.shape}")
    return table


def _labels(y, logits, l2):
    labels = np.asarray(y)
    m, classes = logits.shape
    if labels.shape != (m,) or labels.dtype.kind not in "iu":
        raise ValueError(f"y is not {m} integers")
    if labels.min() < 0 or labels.max() >= classes:
        raise ValueError(f"a class is not from 0 to {classes - 1}")
    if not l2 >= 0:
        raise ValueError(f"l2 is {l2}")
    return labels
