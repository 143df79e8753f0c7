"""
Mistake: integer labels become float64, where large neighbours are one number.
Fails: data
Say: Are 2**53 and 2**53 + 1 two classes in your code? What do labels have to do with float64?
Ask: Which of the operations on labels need more than equality?
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike


@dataclass
class Split:
    """One question: is the feature at most the threshold? Leave this class as it is."""

    feature: int
    threshold: float
    gain: float


@dataclass
class Node:
    """A node of the tree; a leaf has no split. Leave this class as it is."""

    value: Any  # the most frequent label, or the mean target
    n: int  # rows
    split: Split | None = None
    left: Node | None = None
    right: Node | None = None


def _features(X):
    X = np.asarray(X)
    if X.ndim != 2:
        raise ValueError("X must be 2-D")
    X = X.astype(np.float64)
    if not np.isfinite(X).all():
        raise ValueError("X must be finite")
    return X


def _checked(X, y, criterion, min_leaf):
    X = _features(X)
    if X.shape[0] < 1 or X.shape[1] < 1:
        raise ValueError("X has no rows or no features")
    y = np.asarray(y)
    if y.shape != (len(X),):
        raise ValueError("y must be 1-D, one a row")
    if criterion not in ("gini", "entropy", "mse"):
        raise ValueError("unknown criterion")
    if min_leaf < 1:
        raise ValueError("min_leaf must be at least 1")
    if criterion == "mse":
        y = y.astype(np.float64)
        if not np.isfinite(y).all():
            raise ValueError("y must be finite")
    return X, y


def _mse_gains(y):
    n = len(y)
    mean = y[0] + (y - y[0]).mean()
    y = y - mean
    y = y - y.mean()
    sums = np.cumsum(y)[:-1]
    left = np.arange(1, n)
    right = n - left
    difference = sums / left - (sums[-1] + y[-1] - sums) / right
    return left / n * (right / n) * difference**2, (y * y).mean()


def _ranks(codes):
    """How many rows before this one have its class."""
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    first = np.searchsorted(ordered, ordered)
    ranks = np.empty(len(codes), dtype=np.int64)
    ranks[order] = np.arange(len(codes)) - first
    return ranks


def _class_gains(codes, criterion):
    n = len(codes)
    ranks = _ranks(codes)
    counts = np.bincount(codes)
    left = np.arange(1, n)
    right = n - left
    if criterion == "gini":
        own = np.cumsum(2 * ranks + 1)[:-1]
        rest = counts[codes] - ranks
        total = int((counts**2).sum())
        other = total - np.cumsum(2 * rest - 1)[:-1]
        impurity = 1 - total / n**2
        return impurity - (n - own / left - other / right) / n, impurity
    table = np.arange(n + 1, dtype=np.float64)
    table[1:] *= np.log2(table[1:])
    own = np.cumsum(table[ranks + 1] - table[ranks])[:-1]
    rest = counts[codes] - ranks
    total = table[counts].sum()
    other = total - np.cumsum(table[rest] - table[rest - 1])[:-1]
    impurity = np.log2(n) - total / n
    children = table[left] - own + table[right] - other
    return impurity - children / n, impurity


def _best(X, y, criterion, min_leaf):
    if (y == y[0]).all():
        return None
    n = len(y)
    if criterion != "mse":
        y = y.astype(np.float64) if y.dtype.kind in "iu" else y
        y = np.unique(y, return_inverse=True)[1].reshape(-1)
    found = []
    for feature in range(X.shape[1]):
        order = np.argsort(X[:, feature], kind="stable")
        x = X[order, feature]
        gains, impurity = (
            _mse_gains(y[order]) if criterion == "mse" else _class_gains(y[order], criterion)
        )
        left = np.arange(1, n)
        good = np.flatnonzero((x[:-1] < x[1:]) & (left >= min_leaf) & (n - left >= min_leaf))
        if len(good):
            found.append((feature, x, good, gains[good], impurity))
    if not found:
        return None
    largest = max(gains.max() for _, _, _, gains, _ in found)
    for feature, x, good, gains, impurity in found:
        near = np.flatnonzero(largest - gains <= 1e-9 * impurity)
        if len(near):
            a, b = x[good[near[0]]], x[good[near[0]] + 1]
            middle = (a + b) / 2
            threshold = middle if middle < b else a
            return Split(feature, float(threshold), float(gains[near[0]]))


def best_split(
    X: ArrayLike, y: ArrayLike, criterion: str = "gini", min_leaf: int = 1
) -> Split | None:
    X, y = _checked(X, y, criterion, min_leaf)
    return _best(X, y, criterion, min_leaf)


def _value(y, criterion):
    if criterion == "mse":
        return float(y[0] + (y - y[0]).mean())
    labels, counts = np.unique(y, return_counts=True)
    return labels[np.argmax(counts)]


def _grow(X, y, criterion, depth, min_leaf):
    node = Node(_value(y, criterion), len(y))
    split = _best(X, y, criterion, min_leaf) if depth > 0 else None
    if split is not None:
        left = X[:, split.feature] <= split.threshold
        node.split = split
        node.left = _grow(X[left], y[left], criterion, depth - 1, min_leaf)
        node.right = _grow(X[~left], y[~left], criterion, depth - 1, min_leaf)
    return node


def grow(
    X: ArrayLike,
    y: ArrayLike,
    criterion: str = "gini",
    max_depth: int = 3,
    min_leaf: int = 1,
) -> Node:
    X, y = _checked(X, y, criterion, min_leaf)
    if max_depth < 0:
        raise ValueError("max_depth must be at least 0")
    return _grow(X, y, criterion, max_depth, min_leaf)


def predict(tree: Node, X: ArrayLike) -> np.ndarray:
    X = _features(X)
    values = []
    for row in X:
        node = tree
        while node.split is not None:
            node = node.left if row[node.split.feature] <= node.split.threshold else node.right
        values.append(node.value)
    return np.array(values)
