"""
Mistake: equal labels and a depth of 0 are answered before the arguments are checked.
Fails: errors
Say: You have an answer ready before you have looked at the arguments. Does a wrong min_leaf become right because the labels are equal?
Ask: Where should arguments be checked in a function with several early answers?
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass
class Split:
    feature: int
    threshold: float
    gain: float


@dataclass
class Node:
    value: Any
    n: int
    split: Split | None = None
    left: Node | None = None
    right: Node | None = None


def best_split(X, y, criterion="gini", min_leaf=1):
    if np.ndim(y) == 1 and len(set(np.asarray(y).tolist())) == 1 and len(X) == len(y):
        return None
    X, y = checked(X, y, criterion, min_leaf)
    return choose(X, y, criterion, min_leaf)


def grow(X, y, criterion="gini", max_depth=3, min_leaf=1):
    if max_depth <= 0:
        return Node(value(np.asarray(y), criterion), len(y))
    X, y = checked(X, y, criterion, min_leaf)
    return branch(X, y, criterion, max_depth, min_leaf)


def predict(tree, X):
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or not np.isfinite(X).all():
        raise ValueError("X must be 2-D and finite")
    return np.array([descend(tree, row) for row in X])


def checked(X, y, criterion, min_leaf):
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    if X.ndim != 2 or X.size == 0 or y.shape != (len(X),):
        raise ValueError("shapes do not fit")
    if criterion not in ("gini", "entropy", "mse"):
        raise ValueError("unknown criterion")
    if min_leaf < 1:
        raise ValueError("min_leaf is below 1")
    if criterion == "mse":
        y = y.astype(float)
    if not np.isfinite(X).all() or (criterion == "mse" and not np.isfinite(y).all()):
        raise ValueError("NaN or infinity")
    return X, y


def choose(X, y, criterion, min_leaf):
    if (y == y[0]).all():
        return None
    splits = []
    for feature in range(X.shape[1]):
        splits += sweep(X[:, feature], y, feature, criterion, min_leaf)
    if not splits:
        return None
    whole = impurities(y, criterion)[-1]
    most = max(split.gain for split in splits)
    for split in splits:
        if split.gain >= most - 1e-9 * whole:
            return split


def sweep(column, y, feature, criterion, min_leaf):
    """Give every split of a feature, by ascending threshold."""
    order = np.argsort(column, kind="stable")
    column, y, n = column[order], y[order], len(y)
    left, right = impurities(y, criterion), impurities(y[::-1], criterion)
    splits = []
    for i in range(min_leaf, n - min_leaf + 1):
        a, b = column[i - 1], column[i]
        if a == b:
            continue
        gain = left[-1] - i / n * left[i - 1] - (n - i) / n * right[n - i - 1]
        threshold = (a + b) / 2 if (a + b) / 2 < b else a
        splits.append(Split(feature, float(threshold), float(gain)))
    return splits


def impurities(y, criterion):
    """Give the impurity of y[:1], y[:2] and so on."""
    n = np.arange(1, len(y) + 1)
    if criterion == "mse":
        y = y - y.mean()
        return np.cumsum(y * y) / n - (np.cumsum(y) / n) ** 2
    total, counts, totals = 0.0, {}, []
    for label in y.tolist():
        count = counts.get(label, 0)
        total += score(count + 1, criterion) - score(count, criterion)
        counts[label] = count + 1
        totals.append(total)
    if criterion == "gini":
        return 1 - np.array(totals) / n**2
    return np.log2(n) - np.array(totals) / n


def score(count, criterion):
    if criterion == "gini":
        return count * count
    return count * np.log2(count) if count else 0.0


def branch(X, y, criterion, depth, min_leaf):
    split = choose(X, y, criterion, min_leaf) if depth > 0 else None
    if split is None:
        return Node(value(y, criterion), len(y))
    left = X[:, split.feature] <= split.threshold
    return Node(
        value(y, criterion),
        len(y),
        split,
        branch(X[left], y[left], criterion, depth - 1, min_leaf),
        branch(X[~left], y[~left], criterion, depth - 1, min_leaf),
    )


def value(y, criterion):
    if criterion == "mse":
        return float(y.mean())
    labels, counts = np.unique(y, return_counts=True)
    return labels[counts.argmax()].item()


def descend(node, row):
    while node.split is not None:
        if row[node.split.feature] <= node.split.threshold:
            node = node.left
        else:
            node = node.right
    return node.value
