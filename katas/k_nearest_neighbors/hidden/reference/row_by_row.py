"""The expanded square by one matrix product, a partition for each row, votes in a dict."""

from __future__ import annotations

import numpy as np

METRICS = ("l1", "l2")
WEIGHTS = ("uniform", "distance")


def knn(X_train, y_train, X_query, k, metric="l2", weights="uniform"):
    return knn_chunked(X_train, y_train, X_query, k, metric, weights)


def knn_chunked(X_train, y_train, X_query, k, metric="l2", weights="uniform", chunk=256):
    return _ask(X_train, y_train, X_query, k, (metric, weights), chunk=chunk, answer=_winner)


def knn_regress(X_train, y_train, X_query, k, metric="l2", weights="uniform"):
    targets = np.array(y_train, dtype=float)
    if np.isnan(targets).any() or np.isinf(targets).any():
        raise ValueError("targets must be finite")
    return _ask(X_train, targets, X_query, k, (metric, weights), chunk=256, answer=_mean)


def _ask(X_train, y_train, X_query, k, options, *, chunk, answer):
    """Give answer(targets, distances, weights) for the neighbours of each query."""
    train, query = np.array(X_train, dtype=float), np.array(X_query, dtype=float)
    targets = np.array(y_train)
    _refuse(train, targets, query, k, options, chunk)
    metric, weights = options
    batch = query.reshape(-1, train.shape[1])
    answers = np.empty(len(batch), dtype=targets.dtype)
    norms = np.square(train).sum(1)
    for start in range(0, len(batch), chunk):
        block = batch[start : start + chunk]
        keys = _manhattan(block, train) if metric == "l1" else _squares(block, train, norms)
        for offset, row in enumerate(keys):
            near = _nearest(row, k)
            distances = row[near] if metric == "l1" else np.sqrt(row[near])
            if weights == "distance" and (distances == 0).any():
                near = near[distances == 0]
                distances = np.zeros(len(near))
                shares = np.ones(len(near))
            else:
                shares = np.ones(len(near)) if weights == "uniform" else 1 / distances
            answers[start + offset] = answer(targets[near], distances, shares)
    return answers if query.ndim == 2 else answers[0]


def _refuse(train, targets, query, k, options, chunk):
    metric, weights = options
    if train.ndim != 2 or targets.ndim != 1 or len(targets) != len(train):
        raise ValueError("X_train must be (n, d) and y_train (n,)")
    if query.ndim not in (1, 2) or query.shape[-1] != train.shape[1]:
        raise ValueError("X_query must be (q, d) or (d,)")
    if k < 1 or k > len(train) or chunk < 1:
        raise ValueError("k or chunk out of range")
    if metric not in METRICS or weights not in WEIGHTS:
        raise ValueError("unknown metric or weights")
    for values in (train, query):
        if np.isnan(values).any() or np.isinf(values).any():
            raise ValueError("coordinates must be finite")


def _manhattan(block, train):
    table = np.zeros((len(block), len(train)))
    for feature in range(train.shape[1]):
        table += np.abs(block[:, feature, None] - train[:, feature])
    return table


def _squares(block, train, norms):
    """Give (a - b)^2 as a^2 - 2ab + b^2; rounding must not push it below zero."""
    table = block @ (-2 * train.T)
    table += norms
    table += np.square(block).sum(1)[:, None]
    return np.maximum(table, 0, out=table)


def _nearest(row, k):
    """Give the k nearest, equal distances by index."""
    edge = np.partition(row, k - 1)[k - 1]
    inside = np.flatnonzero(row < edge)
    return np.concatenate([inside, np.flatnonzero(row == edge)[: k - len(inside)]])


def _winner(labels, distances, shares):
    tally = {}
    for label, distance, share in zip(labels, distances, shares):
        votes, total = tally.get(label, (0.0, 0.0))
        tally[label] = votes + share, total + distance
    return min(tally, key=lambda label: (-tally[label][0], tally[label][1], label))


def _mean(targets, distances, shares):
    return shares @ targets / shares.sum()
