"""Blocks of points against all centres, sums by np.add.at, and draws without rng.choice."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

NUMBERS = 1 << 18  # so many differences at a time


@dataclass
class KMeans:
    """What k-means gives; leave the class as it is."""

    centers: np.ndarray  # (k, d), float64
    labels: np.ndarray  # (n,), int64
    inertia: float
    n_iter: int


def kmeans(X, k, init="k-means++", max_iter=100, tol=0.0, rng=None):
    if max_iter < 0:
        raise ValueError("max_iter is negative")
    if math.isnan(tol) or tol < 0:
        raise ValueError("tol is negative or NaN")
    X = as_table(X, "X")
    check_k(k, X)
    if isinstance(init, str):
        if init != "k-means++":
            raise ValueError(f"I know no start called {init!r}")
        centers = kmeans_pp_init(X, k, rng)
    else:
        centers = as_table(init, "init")
        if centers.shape != (k, X.shape[1]):
            raise ValueError(f"init has the shape {centers.shape}")
    found = KMeans(centers, *measured(X, centers), 0)
    while found.n_iter < max_iter:
        before = found.centers
        found = after_one_iteration(X, found)
        if max(math.fsum(row) for row in (found.centers - before) ** 2) <= tol**2:
            break
    found.inertia = float(np.sum(found.inertia))
    return found


def after_one_iteration(X, found):
    """Give the next state; inertia is kept point by point."""
    k = len(found.centers)
    sums, counts = np.zeros_like(found.centers), np.zeros(k)
    np.add.at(sums, found.labels, X)
    np.add.at(counts, found.labels, 1)
    left = found.inertia.copy()
    for j in range(k):
        if counts[j] > 0:
            sums[j] /= counts[j]
        else:
            farthest = left.argmax()
            left[farthest] = -1  # taken
            sums[j] = X[farthest]
    return KMeans(sums, *measured(X, sums), found.n_iter + 1)


def measured(X, centers):
    """Give for each point its nearest centre and the square of the distance."""
    rows = max(1, NUMBERS // centers.size)
    labels, squares = np.empty(len(X), np.int64), np.empty(len(X))
    for start in range(0, len(X), rows):
        block = slice(start, start + rows)
        table = np.sum((X[block, None] - centers) ** 2, axis=-1)
        labels[block], squares[block] = table.argmin(axis=1), table.min(axis=1)
    return labels, squares


def kmeans_pp_init(X, k, rng):
    X = as_table(X, "X")
    check_k(k, X)
    if rng is None:
        raise ValueError("no rng")
    near = None
    centers = []
    for _ in range(k):
        if near is None or not near.any():
            new = X[rng.integers(len(X))]
        else:
            able = np.flatnonzero(near)
            ends = np.cumsum(near[able])
            place = np.searchsorted(ends, rng.uniform(0, ends[-1]), side="right")
            new = X[able[min(place, len(able) - 1)]]
        centers.append(new)
        squares = np.sum((X - new) ** 2, axis=1)
        near = squares if near is None else np.minimum(near, squares)
    return np.array(centers)


def kmeans_best(X, k, starts, max_iter=100, tol=0.0, rng=None):
    runs = []
    for start in starts:
        runs.append(kmeans(X, k, start, max_iter, tol, rng))
    if not runs:
        raise ValueError("starts is empty")
    return runs[int(np.argmin([run.inertia for run in runs]))]


def as_table(values, name):
    table = np.array(values, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"{name} is not 2-D")
    if table.shape[0] == 0 or table.shape[1] == 0:
        raise ValueError(f"{name} is empty")
    if np.isnan(table).any() or np.isinf(table).any():
        raise ValueError(f"{name} holds NaN or infinity")
    return table


def check_k(k, X):
    if k < 1:
        raise ValueError("k is below 1")
    if k > len(X):
        raise ValueError("more centres than points")
