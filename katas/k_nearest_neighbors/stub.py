"""k nearest neighbours: classify, predict a number, and stay within a memory cap."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike


def knn(
    X_train: ArrayLike,
    y_train: ArrayLike,
    X_query: ArrayLike,
    k: int,
    metric: str = "l2",
    weights: str = "uniform",
) -> np.ndarray | Any:
    """Give the label of each query: an array for a batch (q, d), one label for a query (d,)."""
    # TODO: part 1
    raise NotImplementedError


def knn_regress(
    X_train: ArrayLike,
    y_train: ArrayLike,
    X_query: ArrayLike,
    k: int,
    metric: str = "l2",
    weights: str = "uniform",
) -> np.ndarray | float:
    """Give the mean target of each query's neighbours: float64 for a batch, one float for one."""
    # TODO: part 2
    raise NotImplementedError


def knn_chunked(
    X_train: ArrayLike,
    y_train: ArrayLike,
    X_query: ArrayLike,
    k: int,
    metric: str = "l2",
    weights: str = "uniform",
    chunk: int = 256,
) -> np.ndarray | Any:
    """Give what knn gives, with at most `chunk` queries at a time."""
    # TODO: part 3
    raise NotImplementedError
