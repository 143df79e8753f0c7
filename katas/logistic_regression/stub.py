"""Logistic regression: probabilities, loss, gradients, descent, and Newton's method."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass
class Fit:
    """What training gives; leave the class as it is."""

    w: np.ndarray  # (n,), float64
    b: float
    losses: np.ndarray  # (steps + 1,), float64
    converged: bool


def sigmoid(z: ArrayLike) -> np.ndarray | float:
    """Give 1 / (1 + exp(-z)) in the shape of z, as float64."""
    # TODO: part 1
    raise NotImplementedError


def bce_loss(X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float, l2: float = 0.0) -> float:
    """Give the mean cross-entropy of the labels, plus l2 / 2 times the squared weights."""
    # TODO: part 1, and l2 in part 2
    raise NotImplementedError


def gradients(
    X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float, l2: float = 0.0
) -> tuple[np.ndarray, float]:
    """Give the gradient of bce_loss by w and by b."""
    # TODO: part 1, and l2 in part 2
    raise NotImplementedError


def logistic_regression(
    X: ArrayLike, y: ArrayLike, lr: float, epochs: int
) -> tuple[np.ndarray, float]:
    """Give weights and bias after `epochs` steps of gradient descent from zero."""
    # TODO: part 1
    raise NotImplementedError


def predict_proba(X: ArrayLike, w: ArrayLike, b: float) -> np.ndarray:
    """Give the probability of class 1 for each row."""
    # TODO: part 1
    raise NotImplementedError


def predict(X: ArrayLike, w: ArrayLike, b: float, threshold: float = 0.5) -> np.ndarray:
    """Give class 1 (int64) where the probability is at least the threshold, else 0."""
    # TODO: part 1
    raise NotImplementedError


def fit(
    X: ArrayLike,
    y: ArrayLike,
    lr: float,
    epochs: int,
    l2: float = 0.0,
    tol: float | None = None,
) -> Fit:
    """Descend at most `epochs` steps; stop where no gradient is larger than tol."""
    # TODO: part 2
    raise NotImplementedError


def fit_newton(
    X: ArrayLike, y: ArrayLike, l2: float = 0.0, tol: float = 1e-8, max_steps: int = 100
) -> Fit:
    """Give the minimum by Newton's method, with steps that never raise the loss."""
    # TODO: part 3
    raise NotImplementedError
