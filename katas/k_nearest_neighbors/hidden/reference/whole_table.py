"""Each distance by subtraction, a stable sort, and votes for all labels at once."""

from __future__ import annotations

import numpy as np


def knn(X_train, y_train, X_query, k, metric="l2", weights="uniform"):
    data = _checked(X_train, y_train, X_query, k, metric, weights)
    return _shaped(_labels(*data, k, metric, weights), X_query)


def knn_regress(X_train, y_train, X_query, k, metric="l2", weights="uniform"):
    points, targets, queries = _checked(X_train, y_train, X_query, k, metric, weights)
    targets = targets.astype(np.float64)
    if not np.isfinite(targets).all():
        raise ValueError("a target is NaN or infinite")
    near, shares = _neighbours(points, queries, k, metric, weights)[::2]
    return _shaped((shares * targets[near]).sum(axis=1) / shares.sum(axis=1), X_query)


def knn_chunked(X_train, y_train, X_query, k, metric="l2", weights="uniform", chunk=256):
    if chunk < 1:
        raise ValueError(f"no chunk of {chunk}")
    points, labels, queries = _checked(X_train, y_train, X_query, k, metric, weights)
    answers = np.empty(len(queries), labels.dtype)
    for start in range(0, len(queries), chunk):
        part = slice(start, start + chunk)
        answers[part] = _labels(points, labels, queries[part], k, metric, weights)
    return _shaped(answers, X_query)


def _checked(X_train, y_train, X_query, k, metric, weights):
    """Give points and queries as 2-D float64, and the labels; raise ValueError."""
    points = np.asarray(X_train, dtype=np.float64)
    queries = np.asarray(X_query, dtype=np.float64)
    labels = np.asarray(y_train)
    if points.ndim != 2 or queries.ndim not in (1, 2) or labels.shape != points.shape[:1]:
        raise ValueError("shapes do not fit")
    if queries.shape[-1] != points.shape[1]:
        raise ValueError("train and query differ in their number of features")
    if not 1 <= k <= len(points):
        raise ValueError(f"k is {k}, with {len(points)} training points")
    if not (np.isfinite(points).all() and np.isfinite(queries).all()):
        raise ValueError("a coordinate is NaN or infinite")
    if metric not in ("l1", "l2") or weights not in ("uniform", "distance"):
        raise ValueError(f"no metric {metric!r} or no weights {weights!r}")
    return points, labels, np.atleast_2d(queries)


def _neighbours(points, queries, k, metric, weights):
    """Give indices, distances and weights of the k nearest, each (q, k)."""
    apart = queries[:, None, :] - points[None, :, :]
    table = np.abs(apart).sum(axis=-1) if metric == "l1" else (apart * apart).sum(axis=-1)
    near = np.argsort(table, axis=1, kind="stable")[:, :k]
    distances = np.take_along_axis(table, near, axis=1)
    if metric == "l2":
        distances = np.sqrt(distances)
    return near, distances, _weights(distances, weights)


def _weights(distances, weights):
    if weights == "uniform":
        return np.ones_like(distances)
    same = distances == 0
    shares = 1 / np.where(same, 1.0, distances)
    return np.where(same.any(axis=1, keepdims=True), same, shares)


def _labels(points, labels, queries, k, metric, weights):
    near, distances, shares = _neighbours(points, queries, k, metric, weights)
    names, codes = np.unique(labels, return_inverse=True)
    votes = np.zeros((len(queries), len(names)))
    totals = np.zeros_like(votes)
    rows = np.arange(len(queries))[:, None]
    np.add.at(votes, (rows, codes[near]), shares)
    np.add.at(totals, (rows, codes[near]), np.where(shares > 0, distances, 0))
    is_best = votes == votes.max(axis=1, keepdims=True)
    # The first smallest total among the best: names are sorted, so it is the smallest label.
    return names[np.where(is_best, totals, np.inf).argmin(axis=1)]


def _shaped(answers, X_query):
    return answers if np.ndim(X_query) == 2 else answers[0]
