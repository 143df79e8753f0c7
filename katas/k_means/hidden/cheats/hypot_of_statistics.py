"""
Mistake: math.hypot is taken from another module that imported it.
Fails: rules
Say: You reach a ready-made distance by another road. Which steps lie between two points and their squared distance?
Ask: Does the order of distances need the root that a norm takes?
"""

from __future__ import annotations

import statistics
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
    points = checked(X, k)
    if max_iter < 0 or not tol >= 0:
        raise ValueError("max_iter and tol must not be negative")
    centers = starting(points, k, init, rng)
    n_iter = 0
    while n_iter < max_iter:
        labels, squares = assign(points, centers)
        moved = updated(points, centers, labels, squares)
        n_iter += 1
        longest = np.sqrt(((moved - centers) ** 2).sum(axis=1).max())
        centers = moved
        if longest <= tol:
            break
    labels, squares = assign(points, centers)
    return KMeans(centers, labels, float(squares.sum()), n_iter)


def checked(X, k):
    points = np.array(X, dtype=float)
    if points.ndim != 2 or 0 in points.shape:
        raise ValueError("X must have the shape (n, d)")
    if not np.isfinite(points).all():
        raise ValueError("a coordinate is NaN or infinite")
    if k < 1 or k > len(points):
        raise ValueError("k is out of range")
    return points


def starting(points, k, init, rng):
    if isinstance(init, str):
        if init != "k-means++":
            raise ValueError("unknown init")
        return kmeans_pp_init(points, k, rng)
    centers = np.array(init, dtype=float)
    if centers.shape != (k, points.shape[1]) or not np.isfinite(centers).all():
        raise ValueError("init must be finite centres of the shape (k, d)")
    return centers


def squares_to(points, center):
    return np.array([statistics.hypot(*apart) ** 2 for apart in points - center])


def assign(points, centers):
    table = np.empty((len(points), len(centers)))
    for j, center in enumerate(centers):
        table[:, j] = squares_to(points, center)
    labels = table.argmin(axis=1)
    return labels, table[np.arange(len(points)), labels]


def updated(points, centers, labels, squares):
    moved = centers.copy()
    spare = iter(np.argsort(-squares, kind="stable"))
    for j in range(len(centers)):
        members = points[labels == j]
        moved[j] = members.mean(axis=0) if len(members) else points[next(spare)]
    return moved


def kmeans_pp_init(X, k, rng):
    points = checked(X, k)
    if rng is None:
        raise ValueError("k-means++ needs a generator")
    chosen = [rng.integers(len(points))]
    nearest = squares_to(points, points[chosen[0]])
    while len(chosen) < k:
        total = nearest.sum()
        chances = nearest / total if total > 0 else None
        chosen.append(rng.choice(len(points), p=chances))
        nearest = np.minimum(nearest, squares_to(points, points[chosen[-1]]))
    return points[chosen]


def kmeans_best(X, k, starts, max_iter=100, tol=0.0, rng=None):
    best = None
    for init in starts:
        found = kmeans(X, k, init, max_iter, tol, rng)
        if best is None or found.inertia < best.inertia:
            best = found
    if best is None:
        raise ValueError("no starts")
    return best
