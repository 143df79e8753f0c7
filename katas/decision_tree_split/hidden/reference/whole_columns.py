"""The impurity of every prefix of a sorted column at once, from the left and from the right."""

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
    return _best(*_checked(X, y, criterion, min_leaf), criterion, min_leaf)


def grow(X, y, criterion="gini", max_depth=3, min_leaf=1):
    X, y = _checked(X, y, criterion, min_leaf)
    if max_depth < 0:
        raise ValueError(f"no depth of {max_depth}")
    return _grown(X, y, criterion, max_depth, min_leaf)


def predict(tree, X):
    X = _finite(X)
    return np.array([_leaf(tree, row).value for row in X])


def _finite(X):
    X = np.asarray(X, dtype=np.float64)
    if X.ndim != 2 or not np.isfinite(X).all():
        raise ValueError("X must be 2-D and finite")
    return X


def _checked(X, y, criterion, min_leaf):
    """Give X as float64, and y as float64 targets or as codes with their labels."""
    if criterion not in ("gini", "entropy", "mse"):
        raise ValueError(f"no criterion {criterion!r}")
    X, y = _finite(X), np.asarray(y)
    if X.size == 0 or y.shape != X.shape[:1] or min_leaf < 1:
        raise ValueError("no data, shapes that do not fit, or min_leaf below 1")
    if criterion == "mse":
        y = y.astype(np.float64)
        if not np.isfinite(y).all():
            raise ValueError("targets must be finite")
    return X, y


def _best(X, y, criterion, min_leaf):
    if (y == y[0]).all():
        return None
    if criterion != "mse":
        y = np.unique(y, return_inverse=True)[1]
    whole = _impurities(y, criterion)[-1]
    found = []
    for feature in range(X.shape[1]):
        thresholds, gains = _sweep(X[:, feature], y, criterion, min_leaf)
        found += [Split(feature, float(t), float(whole + g)) for t, g in zip(thresholds, gains)]
    if not found:
        return None
    least = max(split.gain for split in found) - 1e-9 * whole
    return next(split for split in found if split.gain >= least)


def _sweep(column, y, criterion, min_leaf):
    """Give the thresholds of a column, ascending, and minus the impurity that each leaves."""
    order = np.argsort(column, kind="stable")
    column, y, n = column[order], y[order], len(y)
    left = np.flatnonzero(column[1:] > column[:-1]) + 1
    left = left[(left >= min_leaf) & (n - left >= min_leaf)]
    below, above = column[left - 1], column[left]
    middle = (below + above) / 2
    rest = left * _impurities(y, criterion)[left - 1]
    rest = rest + (n - left) * _impurities(y[::-1], criterion)[n - left - 1]
    return np.where(middle < above, middle, below), -rest / n


def _impurities(y, criterion):
    """Give the impurity of y[:1], y[:2], ... in one pass."""
    n = np.arange(1, len(y) + 1)
    if criterion == "mse":
        y = y - y.mean()
        return np.maximum(np.cumsum(y * y) / n - (np.cumsum(y) / n) ** 2, 0)
    before = _met_before(y)
    if criterion == "gini":
        return 1 - np.cumsum(2 * before + 1) / n**2
    return np.log2(n) - np.cumsum(_xlogx(before + 1) - _xlogx(before)) / n


def _met_before(codes):
    """Give for each element how many equal ones stand before it."""
    order = np.argsort(codes, kind="stable")
    ranked = codes[order]
    place = np.arange(len(codes))
    starts = np.maximum.accumulate(np.where(np.diff(ranked, prepend=-1) > 0, place, 0))
    before = np.empty_like(place)
    before[order] = place - starts
    return before


def _xlogx(count):
    return count * np.log2(np.maximum(count, 1))


def _grown(X, y, criterion, depth, min_leaf):
    split = _best(X, y, criterion, min_leaf) if depth > 0 else None
    node = Node(_value(y, criterion), len(y), split)
    if split is not None:
        left = X[:, split.feature] <= split.threshold
        node.left = _grown(X[left], y[left], criterion, depth - 1, min_leaf)
        node.right = _grown(X[~left], y[~left], criterion, depth - 1, min_leaf)
    return node


def _value(y, criterion):
    if criterion == "mse":
        return float(y.mean())
    labels, counts = np.unique(y, return_counts=True)
    return labels[counts.argmax()].item()


def _leaf(node, row):
    while node.split is not None:
        node = node.left if row[node.split.feature] <= node.split.threshold else node.right
    return node
