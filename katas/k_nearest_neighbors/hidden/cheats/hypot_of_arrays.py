"""
Mistake: np.hypot takes the squares, the sum and the root.
Fails: rules
Say: The distance is ready-made, coordinate by coordinate. Which three steps lie between two arrays and their distance?
Ask: Which numerical care does a ready-made norm take that yours does not, and does it matter here?
"""

from __future__ import annotations

import numpy as np


def knn(X_train, y_train, X_query, k, metric="l2", weights="uniform"):
    points, labels, queries = checked(X_train, y_train, X_query, k, metric, weights)
    answers = classify(points, labels, queries, k, metric, weights)
    return answers if np.ndim(X_query) == 2 else answers[0]


def knn_regress(X_train, y_train, X_query, k, metric="l2", weights="uniform"):
    points, targets, queries = checked(X_train, y_train, X_query, k, metric, weights)
    if not np.isfinite(targets).all():
        raise ValueError("a target is NaN or infinite")
    answers = np.empty(len(queries))
    for i, row in enumerate(distance_table(queries, points, metric)):
        near, shares = neighbours(row, k, weights)
        answers[i] = (shares * targets[near]).sum() / shares.sum()
    return answers if np.ndim(X_query) == 2 else answers[0]


def knn_chunked(X_train, y_train, X_query, k, metric="l2", weights="uniform", chunk=256):
    if chunk < 1:
        raise ValueError("chunk is below 1")
    points, labels, queries = checked(X_train, y_train, X_query, k, metric, weights)
    answers = np.empty(len(queries), dtype=labels.dtype)
    for start in range(0, len(queries), chunk):
        block = queries[start : start + chunk]
        answers[start : start + chunk] = classify(points, labels, block, k, metric, weights)
    return answers if np.ndim(X_query) == 2 else answers[0]


def checked(X_train, y_train, X_query, k, metric, weights):
    points = np.asarray(X_train, dtype=float)
    queries = np.asarray(X_query, dtype=float)
    labels = np.asarray(y_train)
    if points.ndim != 2 or queries.ndim not in (1, 2) or labels.shape != (len(points),):
        raise ValueError("shapes do not fit")
    if queries.shape[-1] != points.shape[1]:
        raise ValueError("another number of features")
    if k < 1 or k > len(points):
        raise ValueError("k is out of range")
    if not np.isfinite(points).all() or not np.isfinite(queries).all():
        raise ValueError("a coordinate is NaN or infinite")
    if metric not in ("l2", "l1") or weights not in ("uniform", "distance"):
        raise ValueError("unknown metric or weights")
    return points, labels, np.atleast_2d(queries)


def distance_table(queries, points, metric):
    apart = queries[:, None, :] - points[None, :, :]
    if metric == "l1":
        return np.abs(apart).sum(axis=2)
    return np.hypot.reduce(apart, axis=2)


def neighbours(row, k, weights):
    near = np.argsort(row, kind="stable")[:k]
    if weights == "uniform":
        return near, np.ones(k)
    if row[near[0]] == 0:
        near = near[row[near] == 0]
        return near, np.ones(len(near))
    return near, 1 / row[near]


def classify(points, labels, queries, k, metric, weights):
    answers = np.empty(len(queries), dtype=labels.dtype)
    for i, row in enumerate(distance_table(queries, points, metric)):
        near, shares = neighbours(row, k, weights)
        answers[i] = vote(labels[near], row[near], shares)
    return answers


def vote(labels, distances, shares):
    votes, totals = {}, {}
    for label, distance, share in zip(labels, distances, shares):
        votes[label] = votes.get(label, 0) + share
        totals[label] = totals.get(label, 0) + distance
    return min(votes, key=lambda label: (-votes[label], totals[label], label))
