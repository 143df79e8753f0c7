"""The target's own exp is left out of the sum, and log1p takes the rest; labels are never a table."""

from __future__ import annotations

import numpy as np


def softmax(x, axis=-1):
    powers, _ = scaled(x, axis)
    powers /= np.sum(powers, axis=axis, keepdims=True)
    return powers


def log_softmax(x, axis=-1):
    powers, below = scaled(x, axis)
    first = np.expand_dims(np.argmax(below, axis=axis), axis)
    np.put_along_axis(powers, first, 0.0, axis=axis)
    return below - np.log1p(np.sum(powers, axis=axis, keepdims=True))


def scaled(x, axis):
    """Give exp(x - largest) and x - largest, both new arrays."""
    x = np.array(x, dtype=np.float64)
    if np.any(np.isnan(x)) or np.any(np.isposinf(x)):
        raise ValueError("logits must not be NaN or +inf")
    if np.any(np.all(np.isneginf(x), axis=axis)):
        raise ValueError("all classes are masked")
    x -= np.amax(x, axis=axis, keepdims=True)
    return np.exp(x), x


def cross_entropy(logits, targets, reduction="mean", ignore_index=-100, label_smoothing=0.0):
    rows, names, at, shape = selected(logits, targets, ignore_index, label_smoothing)
    logs = log_softmax(rows)
    found = -np.take_along_axis(logs, names[:, None], axis=1)[:, 0]
    if label_smoothing > 0:
        hard = 0.0 if label_smoothing == 1 else (1 - label_smoothing) * found
        found = hard - label_smoothing * np.mean(logs, axis=1)
    match reduction:
        case "none":
            answer = np.zeros(shape[0])
            answer[at] = found
            return answer
        case "sum":
            return float(np.sum(found))
        case "mean":
            return float(np.mean(found)) if at.size else 0.0
    raise ValueError(f"unknown reduction {reduction!r}")


def grad(logits, targets, ignore_index=-100, label_smoothing=0.0):
    rows, names, at, shape = selected(logits, targets, ignore_index, label_smoothing)
    slopes = softmax(rows)
    slopes -= label_smoothing / shape[1]
    np.subtract.at(slopes, (np.arange(at.size), names), 1 - label_smoothing)
    answer = np.zeros(shape)
    if at.size:
        answer[at] = slopes / at.size
    return answer


def selected(logits, targets, ignore_index, label_smoothing):
    """Give the rows and targets that count, where they stand, and the shape of all."""
    table, names = np.asarray(logits, dtype=np.float64), np.asarray(targets)
    if table.ndim != 2 or names.ndim != 1 or len(table) != len(names) or not table.shape[1]:
        raise ValueError("logits (n, C) and targets (n,) do not fit")
    if names.dtype.kind not in ("i", "u"):
        raise ValueError("targets must be integers")
    if not 0.0 <= label_smoothing <= 1.0:
        raise ValueError("label_smoothing is a share")
    (at,) = np.nonzero(names != ignore_index)
    rows, names = table[at], names[at].astype(np.int64)
    if names.size and not (names.min() >= 0 and names.max() < table.shape[1]):
        raise ValueError("no such class")
    return rows, names, at, table.shape
