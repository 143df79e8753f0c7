"""Expanded squares by a matrix product around the middle, and sums over sorted labels."""

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
    data = read(X, k)
    if max_iter < 0 or not tol >= 0:
        raise ValueError("max_iter and tol must be 0 or more")
    if isinstance(init, str):
        start = drawn(init, data, k, rng)
    else:
        start = np.array(init, dtype=float)
    if start.shape != (k, data.shape[1]) or not np.all(np.isfinite(start)):
        raise ValueError("the start does not fit")
    middle = np.floor(data.mean(axis=0))  # a whole number, so that whole coordinates stay whole
    cloud = data - middle
    norms = np.einsum("ij,ij->i", cloud, cloud)
    centers, steps, moving = start - middle, 0, True
    while moving and steps < max_iter:
        new = means_of(cloud, *label(cloud, norms, centers), len(centers))
        moving = (((new - centers) ** 2).sum(1) > tol**2).any()
        centers, steps = new, steps + 1
    labels, far = label(cloud, norms, centers)
    return KMeans(centers + middle, labels, float(far.sum()), steps)


def read(X, k):
    data = np.array(X, dtype=float)
    if data.ndim != 2 or min(data.shape) < 1 or not np.all(np.isfinite(data)):
        raise ValueError("X must be a finite table")
    if k not in range(1, len(data) + 1):
        raise ValueError("k must be between 1 and n")
    return data


def drawn(init, data, k, rng):
    if init != "k-means++":
        raise ValueError(f"init {init!r}")
    return kmeans_pp_init(data, k, rng)


def label(cloud, norms, centers):
    """Rank by |a|² - 2ab + |b|², then measure the distance to the winner by subtraction."""
    table = cloud @ (-2 * centers.T)
    table += norms[:, None]
    table += (centers * centers).sum(axis=1)
    labels = table.argmin(axis=1)
    apart = cloud - centers[labels]
    return labels, np.einsum("ij,ij->i", apart, apart)


def means_of(cloud, labels, far, k):
    order = labels.argsort(kind="stable")
    sizes = np.bincount(labels, minlength=k)
    filled = np.flatnonzero(sizes)
    starts = (np.cumsum(sizes) - sizes)[filled]
    means = np.empty((k, cloud.shape[1]))
    means[filled] = np.add.reduceat(cloud[order], starts, axis=0) / sizes[filled, None]
    outermost = np.argsort(-far, kind="stable")
    means[sizes == 0] = cloud[outermost[: k - len(filled)]]
    return means


def kmeans_pp_init(X, k, rng):
    data = read(X, k)
    if rng is None:
        raise ValueError("rng is missing")
    picks = [int(rng.integers(0, len(data)))]
    shortest = np.full(len(data), np.inf)
    for _ in range(k - 1):
        apart = data - data[picks[-1]]
        shortest = np.minimum(shortest, (apart * apart).sum(axis=1))
        if shortest.any():
            picks.append(int(rng.choice(len(data), p=shortest / shortest.sum())))
        else:
            picks.append(int(rng.integers(0, len(data))))
    return data[picks]


def kmeans_best(X, k, starts, max_iter=100, tol=0.0, rng=None):
    if not len(starts):
        raise ValueError("at least one start is needed")
    best, *others = (kmeans(X, k, start, max_iter=max_iter, tol=tol, rng=rng) for start in starts)
    for other in others:
        best = other if other.inertia < best.inertia else best
    return best
