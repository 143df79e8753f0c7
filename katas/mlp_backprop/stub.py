"""Backpropagation through an MLP: forward, loss, gradients, initialisation and training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

Params = list[tuple[np.ndarray, np.ndarray]]  # one (W, b) for each layer


def forward(params: Params, X: ArrayLike) -> tuple[np.ndarray, Any]:
    """Give the logits (m, C), and a cache of what backward will need."""
    # TODO: part 1
    raise NotImplementedError


def loss(params: Params, X: ArrayLike, y: ArrayLike, l2: float = 0.0) -> float:
    """Give the mean cross-entropy plus l2 / 2 times the squares of all weights."""
    # TODO: part 1
    raise NotImplementedError


def backward(params: Params, cache: Any, y: ArrayLike, l2: float = 0.0) -> Params:
    """Give the derivatives of the loss, one (dW, db) for each layer."""
    # TODO: part 2
    raise NotImplementedError


def init_params(sizes: Sequence[int], rng: np.random.Generator) -> Params:
    """Give a network of these widths: normal weights of variance 2 / n_in, and biases of 0."""
    # TODO: part 3
    raise NotImplementedError


def train(
    params: Params, X: ArrayLike, y: ArrayLike, lr: float, epochs: int, l2: float = 0.0
) -> tuple[Params, np.ndarray]:
    """Give the network after `epochs` steps, and the losses before the first and after each."""
    # TODO: part 3
    raise NotImplementedError
