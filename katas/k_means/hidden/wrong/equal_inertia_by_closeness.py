"""
Mistake: inertias that are merely close count as equal.
Fails: best
Say: Two inertias of 1e-12 and 2e-12: are they equal for you? And two that differ in the sixth digit?
Ask: What are the tolerances of numpy.isclose, and beside what are they measured?
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass
class KMeans:
    """What k-means gives; leave the class as it is."""

    centers: np.ndarray  # (k, d), float64
    labels: np.ndarray  # (n,), int64
    inertia: float
    n_iter: int


def _points(X, k):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or 0 in X.shape:
        raise ValueError("X must be 2-D with rows and columns")
    if not np.isfinite(X).all():
        raise ValueError("X must be finite")
    if k < 1 or k > len(X):
        raise ValueError("k must be from 1 to n")
    return X


def _check_init(X, k, init, rng):
    if isinstance(init, str):
        if init != "k-means++":
            raise ValueError("unknown init")
        if rng is None:
            raise ValueError("k-means++ needs an rng")
        return
    centers = np.asarray(init, dtype=np.float64)
    if centers.shape != (k, X.shape[1]) or not np.isfinite(centers).all():
        raise ValueError("init must be k finite centres")


def _check_limits(max_iter, tol):
    if max_iter < 0:
        raise ValueError("max_iter must not be negative")
    if not tol >= 0:
        raise ValueError("tol must not be negative or NaN")


def _squares(X, centers):
    squares = np.empty((len(X), len(centers)))
    for j, center in enumerate(centers):
        difference = X - center
        squares[:, j] = (difference * difference).sum(axis=1)
    return squares


def _assign(X, centers):
    squares = _squares(X, centers)
    labels = squares.argmin(axis=1)
    return labels.astype(np.int64), squares[np.arange(len(X)), labels]


def _move(X, centers, labels, nearest):
    k = len(centers)
    counts = np.bincount(labels, minlength=k)
    moved = np.empty_like(centers)
    full = counts > 0
    for f in range(X.shape[1]):
        sums = np.bincount(labels, weights=X[:, f], minlength=k)
        moved[full, f] = sums[full] / counts[full]
    empty = np.flatnonzero(~full)
    far = np.argsort(-nearest, kind="stable")[: len(empty)]
    moved[empty] = X[far]
    return moved


def kmeans(
    X: ArrayLike,
    k: int,
    init: ArrayLike | str = "k-means++",
    max_iter: int = 100,
    tol: float = 0.0,
    rng: np.random.Generator | None = None,
) -> KMeans:
    X = _points(X, k)
    _check_init(X, k, init, rng)
    _check_limits(max_iter, tol)
    if isinstance(init, str):
        centers = kmeans_pp_init(X, k, rng)
    else:
        centers = np.array(init, dtype=np.float64)
    n_iter = 0
    while n_iter < max_iter:
        labels, nearest = _assign(X, centers)
        moved = _move(X, centers, labels, nearest)
        longest = np.sqrt(((moved - centers) ** 2).sum(axis=1)).max()
        centers = moved
        n_iter += 1
        if longest <= tol:
            break
    labels, nearest = _assign(X, centers)
    return KMeans(centers, labels, float(nearest.sum()), n_iter)


def kmeans_pp_init(X: ArrayLike, k: int, rng: np.random.Generator) -> np.ndarray:
    X = _points(X, k)
    if rng is None:
        raise ValueError("k-means++ needs an rng")
    n = len(X)
    centers = np.empty((k, X.shape[1]))
    centers[0] = X[rng.integers(n)]
    nearest = ((X - centers[0]) ** 2).sum(axis=1)
    for j in range(1, k):
        total = nearest.sum()
        index = rng.choice(n, p=nearest / total) if total > 0 else rng.integers(n)
        centers[j] = X[index]
        nearest = np.minimum(nearest, ((X - centers[j]) ** 2).sum(axis=1))
    return centers


def kmeans_best(
    X: ArrayLike,
    k: int,
    starts: Sequence[ArrayLike | str],
    max_iter: int = 100,
    tol: float = 0.0,
    rng: np.random.Generator | None = None,
) -> KMeans:
    X = _points(X, k)
    _check_limits(max_iter, tol)
    if len(starts) == 0:
        raise ValueError("no starts")
    for start in starts:
        _check_init(X, k, start, rng)
    best = None
    for start in starts:
        found = kmeans(X, k, start, max_iter, tol, rng)
        if best is None or (
            found.inertia < best.inertia and not np.isclose(found.inertia, best.inertia)
        ):
            best = found
    return best
