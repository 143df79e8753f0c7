"""
Mistake: the plain mean of the targets is taken in their own type, and turned into float64 afterwards
Fails: regress
Say: Your answer is float64, but was the mean computed in it? What is 2048 + 1 in float16?
Ask: When in a chain of computations does a conversion to float64 still help?
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike


def _check(X_train, y_train, X_query, k, metric, weights):
    """Give float64 points, the targets, float64 queries (q, d), and whether it was one query."""
    points = np.asarray(X_train, dtype=np.float64)
    labels = np.asarray(y_train)
    queries = np.asarray(X_query, dtype=np.float64)
    if points.ndim != 2:
        raise ValueError("X_train must be 2-D")
    n, d = points.shape
    if labels.shape != (n,):
        raise ValueError("y_train must be of shape (n,)")
    if queries.ndim not in (1, 2) or queries.shape[-1] != d:
        raise ValueError("X_query must be (q, d) or (d,)")
    if not 1 <= k <= n:
        raise ValueError("k must be from 1 to n")
    if not np.isfinite(points).all() or not np.isfinite(queries).all():
        raise ValueError("coordinates must be finite")
    if metric not in ("l2", "l1"):
        raise ValueError("unknown metric")
    if weights not in ("uniform", "distance"):
        raise ValueError("unknown weights")
    single = queries.ndim == 1
    return points, labels, np.atleast_2d(queries), single


def _neighbours(points, queries, k, metric, weights):
    """Give the indices, the distances and the weights of the k nearest, each (q, k)."""
    far = np.zeros((len(queries), len(points)))
    for j in range(points.shape[1]):
        gap = queries[:, j, None] - points[:, j]
        far += gap * gap if metric == "l2" else np.abs(gap)
    near = np.argsort(far, axis=1, kind="stable")[:, :k]
    dist = np.take_along_axis(far, near, axis=1)
    if metric == "l2":
        dist = np.sqrt(dist)
    if weights == "uniform":
        return near, dist, np.ones_like(dist)
    zero = dist == 0
    some = zero.any(axis=1, keepdims=True)
    w = np.where(some, zero, 1 / np.where(zero, 1.0, dist))
    return near, dist, w


def _classify(points, names, codes, queries, k, metric, weights):
    """Give the number of the winning label for each query."""
    near, dist, w = _neighbours(points, queries, k, metric, weights)
    rows = np.arange(len(queries))
    votes = np.zeros((len(queries), len(names)))
    total = np.zeros_like(votes)
    for j in range(k):
        at = codes[near[:, j]]
        votes[rows, at] += w[:, j]
        total[rows, at] += np.where(w[:, j] > 0, dist[:, j], 0.0)
    best = votes == votes.max(axis=1, keepdims=True)
    total[~best] = np.inf
    return total.argmin(axis=1)


def knn(
    X_train: ArrayLike,
    y_train: ArrayLike,
    X_query: ArrayLike,
    k: int,
    metric: str = "l2",
    weights: str = "uniform",
) -> np.ndarray | Any:
    """Give the label of each query: an array for a batch (q, d), one label for a query (d,)."""
    points, labels, queries, single = _check(X_train, y_train, X_query, k, metric, weights)
    names, codes = np.unique(labels, return_inverse=True)
    out = names[_classify(points, names, codes, queries, k, metric, weights)]
    return out[0] if single else out


def knn_regress(
    X_train: ArrayLike,
    y_train: ArrayLike,
    X_query: ArrayLike,
    k: int,
    metric: str = "l2",
    weights: str = "uniform",
) -> np.ndarray | float:
    """Give the mean target of each query's neighbours: float64 for a batch, one float for one."""
    points, targets, queries, single = _check(X_train, y_train, X_query, k, metric, weights)
    if not np.isfinite(targets).all():
        raise ValueError("targets must be finite")
    near, _, w = _neighbours(points, queries, k, metric, weights)
    if weights == "uniform":
        out = targets[near].mean(axis=1).astype(np.float64)
    else:
        out = (w * targets[near]).sum(axis=1) / w.sum(axis=1)
    return out[0] if single else out


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
    if chunk < 1:
        raise ValueError("chunk must be at least 1")
    points, labels, queries, single = _check(X_train, y_train, X_query, k, metric, weights)
    names, codes = np.unique(labels, return_inverse=True)
    out = np.empty(len(queries), dtype=labels.dtype)
    for start in range(0, len(queries), chunk):
        part = queries[start : start + chunk]
        out[start : start + chunk] = names[
            _classify(points, names, codes, part, k, metric, weights)
        ]
    return out[0] if single else out
