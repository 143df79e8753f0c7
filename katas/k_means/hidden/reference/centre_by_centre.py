"""Squares centre by centre, means by counting, and draws on the line of added squares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass
class KMeans:
    """What k-means gives; leave the class as it is."""

    centers: np.ndarray  # (k, d), float64
    labels: np.ndarray  # (n,), int64
    inertia: float
    n_iter: int


def kmeans(X, k, init="k-means++", max_iter=100, tol=0.0, rng=None):
    points = _table(X, "X")
    _refuse(points, k, max_iter, tol)
    centers = _first_centers(points, k, init, rng)
    labels, squares = _nearest(points, centers)
    for n_iter in range(1, max_iter + 1):
        before, centers = centers, _means(points, centers, labels, squares)
        labels, squares = _nearest(points, centers)
        if np.square(centers - before).sum(axis=1).max() <= tol * tol:
            return KMeans(centers, labels, squares.sum(), n_iter)
    return KMeans(centers, labels, squares.sum(), max_iter)


def kmeans_pp_init(X, k, rng):
    points = _table(X, "X")
    _refuse(points, k)
    if rng is None:
        raise ValueError("no generator to draw from")
    centers = np.empty((k, points.shape[1]))
    squares = np.ones(len(points))  # equal chances at first
    for j in range(k):
        ends = squares.cumsum()
        if ends[-1] == 0:
            ends = np.arange(1.0, len(points) + 1)
        # Draws of [0, 1) end in front of the last point with a share, and never at one without.
        place = np.searchsorted(ends, rng.random() * ends[-1], side="right")
        centers[j] = points[min(place, np.searchsorted(ends, ends[-1]))]
        to_new = np.square(points - centers[j]).sum(axis=1)
        squares = to_new if j == 0 else np.minimum(squares, to_new)
    return centers


def kmeans_best(X, k, starts, max_iter=100, tol=0.0, rng=None):
    if len(starts) == 0:
        raise ValueError("nowhere to start")
    runs = [kmeans(X, k, init, max_iter, tol, rng) for init in starts]
    return min(runs, key=lambda run: run.inertia)


def _table(values, name):
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or table.size == 0 or not np.isfinite(table).all():
        raise ValueError(f"{name} is no finite table")
    return table


def _refuse(points, k, max_iter=0, tol=0.0):
    if not 1 <= k <= len(points):
        raise ValueError(f"k is {k}, with {len(points)} points")
    if max_iter < 0 or tol < 0 or tol != tol:
        raise ValueError("max_iter or tol is out of range")


def _first_centers(points, k, init, rng):
    if isinstance(init, str) and init == "k-means++":
        return kmeans_pp_init(points, k, rng)
    if isinstance(init, str):
        raise ValueError(f"no init {init!r}")
    centers = _table(init, "init").copy()
    if centers.shape != (k, points.shape[1]):
        raise ValueError("init does not fit k and X")
    return centers


def _nearest(points, centers):
    """Give label and squared distance; a later centre must be nearer to be taken."""
    labels = np.zeros(len(points), dtype=np.int64)
    squares = np.full(len(points), np.inf)
    for j, center in enumerate(centers):
        to_center = np.square(points - center).sum(axis=1)
        nearer = to_center < squares
        labels[nearer] = j
        squares[nearer] = to_center[nearer]
    return labels, squares


def _means(points, centers, labels, squares):
    k = len(centers)
    counts = np.bincount(labels, minlength=k)
    sums = [np.bincount(labels, weights=column, minlength=k) for column in points.T]
    means = np.stack(sums, axis=1) / np.maximum(counts, 1)[:, None]
    empty = np.flatnonzero(counts == 0)
    if len(empty):
        means[empty] = points[np.lexsort((np.arange(len(points)), -squares))[: len(empty)]]
    return means
