"""
Mistake: targets are cast to int64 before they are looked at
Fails: errors
Say: You cast the targets first and check them afterwards. What does 2**64 - 100 become in int64?
Ask: Which casts of NumPy raise when a number does not fit, and which say nothing?
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


def _shifted(x: np.ndarray, axis: int) -> np.ndarray:
    """Subtract the largest logit along axis; refuse what has no probabilities."""
    top = x.max(axis=axis, keepdims=True)
    if not np.isfinite(top).all():
        raise ValueError("logits hold NaN or +inf, or only masked classes")
    return x - top


def softmax(x: ArrayLike, axis: int = -1) -> np.ndarray:
    """Give the probabilities along `axis`, in the shape of x."""
    x = np.asarray(x, dtype=np.float64)
    e = np.exp(_shifted(x, axis))
    return e / e.sum(axis=axis, keepdims=True)


def log_softmax(x: ArrayLike, axis: int = -1) -> np.ndarray:
    """Give the natural logarithms of the probabilities along `axis`, in the shape of x."""
    x = np.asarray(x, dtype=np.float64)
    z = _shifted(x, axis)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def _prepare(logits, targets, ignore_index, label_smoothing):
    """Check everything; give the clean logits, the clean targets and which rows count."""
    logits = np.array(logits, dtype=np.float64)
    targets = np.asarray(targets)
    if targets.size == 0 and targets.ndim == 1:
        targets = targets.astype(np.int64)
    if logits.ndim != 2 or logits.shape[1] < 1:
        raise ValueError("logits must be 2-D with at least one column")
    n, classes = logits.shape
    if targets.shape != (n,):
        raise ValueError("targets must be of shape (n,)")
    if not np.issubdtype(targets.dtype, np.integer):
        raise ValueError("targets must be integers")
    if not 0 <= label_smoothing <= 1:
        raise ValueError("label_smoothing must be from 0 to 1")
    targets = targets.astype(np.int64)
    keep = targets != ignore_index
    if ((targets[keep] < 0) | (targets[keep] >= classes)).any():
        raise ValueError("a target names no class")
    clean = np.where(keep, targets, 0).astype(np.int64)
    logits[~keep] = 0.0
    return logits, clean, keep


def cross_entropy(
    logits: ArrayLike,
    targets: ArrayLike,
    reduction: str = "mean",
    ignore_index: int = -100,
    label_smoothing: float = 0.0,
) -> float | np.ndarray:
    """Give the loss: one float for "mean" and "sum", an array of shape (n,) for "none"."""
    if reduction not in ("none", "sum", "mean"):
        raise ValueError("unknown reduction")
    logits, targets, keep = _prepare(logits, targets, ignore_index, label_smoothing)
    nll = -log_softmax(logits, axis=1)
    own = nll[np.arange(len(nll)), targets]
    if label_smoothing > 0:
        loss = label_smoothing * nll.mean(axis=1)
        if label_smoothing < 1:
            loss = loss + (1 - label_smoothing) * own
    else:
        loss = own
    loss = np.where(keep, loss, 0.0)
    if reduction == "none":
        return loss
    total = float(loss.sum())
    if reduction == "sum":
        return total
    return total / max(1, int(keep.sum()))


def grad(
    logits: ArrayLike,
    targets: ArrayLike,
    ignore_index: int = -100,
    label_smoothing: float = 0.0,
) -> np.ndarray:
    """Give the derivative of the mean loss by each logit, shape (n, C)."""
    logits, targets, keep = _prepare(logits, targets, ignore_index, label_smoothing)
    slope = softmax(logits, axis=1) - label_smoothing / logits.shape[1]
    slope[np.arange(len(slope)), targets] -= 1 - label_smoothing
    slope[~keep] = 0.0
    return slope / max(1, int(keep.sum()))
