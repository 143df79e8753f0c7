"""Softmax, its logarithm, cross-entropy, and the gradient of the mean loss."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


def softmax(x: ArrayLike, axis: int = -1) -> np.ndarray:
    """Give the probabilities along `axis`, in the shape of x."""
    # TODO: part 1
    raise NotImplementedError


def log_softmax(x: ArrayLike, axis: int = -1) -> np.ndarray:
    """Give the natural logarithms of the probabilities along `axis`, in the shape of x."""
    # TODO: part 1
    raise NotImplementedError


def cross_entropy(
    logits: ArrayLike,
    targets: ArrayLike,
    reduction: str = "mean",
    ignore_index: int = -100,
    label_smoothing: float = 0.0,
) -> float | np.ndarray:
    """Give the loss: one float for "mean" and "sum", an array of shape (n,) for "none"."""
    # TODO: part 2, then part 3
    raise NotImplementedError


def grad(
    logits: ArrayLike,
    targets: ArrayLike,
    ignore_index: int = -100,
    label_smoothing: float = 0.0,
) -> np.ndarray:
    """Give the derivative of the mean loss by each logit, shape (n, C)."""
    # TODO: part 4
    raise NotImplementedError
