"""The largest logit is taken out, and everything else follows from the logarithm."""

from __future__ import annotations

import numpy as np


def softmax(x, axis=-1):
    return np.exp(log_softmax(x, axis))


def log_softmax(x, axis=-1):
    x = np.asarray(x, dtype=np.float64)
    top = x.max(axis=axis, keepdims=True)
    # The maximum is NaN, +inf or -inf exactly where a slice has no softmax.
    if not np.isfinite(top).all():
        raise ValueError("NaN, +inf, or nothing but masked classes")
    shifted = x - top
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def cross_entropy(logits, targets, reduction="mean", ignore_index=-100, label_smoothing=0.0):
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(f"no reduction {reduction!r}")
    logits, targets, kept = _checked(logits, targets, ignore_index, label_smoothing)
    each = np.zeros(len(targets))
    each[kept] = _losses(log_softmax(logits[kept]), targets[kept], label_smoothing)
    if reduction == "none":
        return each
    return each.sum() if reduction == "sum" else each.sum() / max(1, kept.sum())


def grad(logits, targets, ignore_index=-100, label_smoothing=0.0):
    logits, targets, kept = _checked(logits, targets, ignore_index, label_smoothing)
    slopes = softmax(logits[kept]) - label_smoothing / logits.shape[1]
    slopes[np.arange(len(slopes)), targets[kept]] -= 1 - label_smoothing
    # With smoothing, a masked class has a loss of infinity: no slope is asked for there.
    answer = np.zeros(logits.shape)
    answer[kept] = slopes / max(1, kept.sum())
    return answer


def _losses(logarithms, targets, smoothing):
    hard = -logarithms[np.arange(len(targets)), targets]
    if smoothing == 0:
        return hard
    soft = -logarithms.mean(axis=1)
    return soft if smoothing == 1 else (1 - smoothing) * hard + smoothing * soft


def _checked(logits, targets, ignore_index, label_smoothing):
    """Give float64 logits, targets, and which samples are kept."""
    logits, targets = np.asarray(logits, dtype=np.float64), np.asarray(targets)
    if logits.ndim != 2 or logits.shape[1] == 0 or targets.shape != logits.shape[:1]:
        raise ValueError("logits must be (n, C) and targets (n,)")
    if targets.dtype.kind not in "iu":
        raise ValueError("targets must be integers")
    if not 0 <= label_smoothing <= 1:
        raise ValueError("label_smoothing must be from 0 to 1")
    kept = targets != ignore_index
    named = targets[kept]
    if ((named < 0) | (named >= logits.shape[1])).any():
        raise ValueError("a target names no class")
    return logits, targets, kept
