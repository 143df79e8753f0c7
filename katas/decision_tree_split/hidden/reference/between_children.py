"""Squared errors by the distance of the two means, classes by a table of scores; one generator of gaps."""

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


class Data:
    """Checked rows; `labels` are the sorted classes, or None for targets."""

    def __init__(self, X, y, criterion, min_leaf):
        if criterion not in {"gini", "entropy", "mse"} or min_leaf < 1:
            raise ValueError("criterion or min_leaf")
        self.criterion, self.min_leaf, self.X = criterion, min_leaf, table(X)
        y = np.asarray(y)
        if not self.X.shape[0] or not self.X.shape[1] or y.shape != (self.X.shape[0],):
            raise ValueError("X and y do not fit")
        if criterion == "mse":
            self.labels, self.y = None, y.astype(np.float64)
            if np.isnan(self.y).any() or np.isinf(self.y).any():
                raise ValueError("targets must be finite")
        else:
            self.labels = sorted(set(y.tolist()))
            codes = {label: code for code, label in enumerate(self.labels)}
            self.y = np.array([codes[label] for label in y.tolist()])

    def split(self, rows):
        y = self.y[rows]
        if y.min() == y.max():
            return None
        whole, found = self.whole(y), []
        for feature in range(self.X.shape[1]):
            values = self.X[rows, feature]
            order = values.argsort(kind="mergesort")
            gains = self.gains(y[order], whole)
            found += self.gaps(feature, values[order].tolist(), gains)
        best = max((split.gain for split in found), default=None)
        return next((s for s in found if best - s.gain <= 1e-9 * whole), None)

    def gaps(self, feature, values, gains):
        for size in range(self.min_leaf, len(values) - self.min_leaf + 1):
            a, b = values[size - 1], values[size]
            if a < b:
                middle = 0.5 * (a + b)
                yield Split(feature, middle if middle != b else a, gains[size - 1])

    def whole(self, y):
        if self.labels is None:
            return float(np.square(y - y.mean()).mean())
        p = np.bincount(y) / len(y)
        p = p[p > 0]
        return float(1 - p @ p if self.criterion == "gini" else -(p @ np.log2(p)))

    def gains(self, y, whole):
        """Give the gain of the first row against the others, the first two, and so on."""
        n = len(y)
        size = np.arange(1, n)
        if self.labels is None:
            sums = np.cumsum(y - y.mean())[:-1]
            # The two sums are opposites, so the means are sums / size and -sums / (n - size).
            return (np.square(sums / size + sums / (n - size)) * size * (n - size) / n**2).tolist()
        count = np.arange(n + 1)
        if self.criterion == "gini":
            score = (count * count).astype(float)
        else:
            score = count * np.log2(np.maximum(count, 1))
        left, right = self.carried(y.tolist(), score.tolist())
        if self.criterion == "gini":
            rest = n - left / size - right / (n - size)
        else:
            rest = score[size] + score[n - size] - left - right
        return (whole - rest / n).tolist()

    def carried(self, codes, score):
        """Give the sum of the scores of all counts, left and right of each place."""
        here, there = [0] * len(self.labels), [0] * len(self.labels)
        for code in codes:
            there[code] += 1
        left, right, lefts, rights = 0.0, sum(score[c] for c in there), [], []
        for code in codes[:-1]:
            a, b = here[code], there[code]
            left += score[a + 1] - score[a]
            right += score[b - 1] - score[b]
            here[code], there[code] = a + 1, b - 1
            lefts.append(left)
            rights.append(right)
        return np.array(lefts), np.array(rights)

    def node(self, rows, depth):
        node = Node(self.value(self.y[rows]), len(rows))
        node.split = self.split(rows) if depth else None
        if node.split:
            is_left = self.X[rows, node.split.feature] <= node.split.threshold
            node.left = self.node(rows[is_left], depth - 1)
            node.right = self.node(rows[~is_left], depth - 1)
        return node

    def value(self, y):
        return float(y.mean()) if self.labels is None else self.labels[np.bincount(y).argmax()]


def table(X):
    X = np.array(X, dtype=np.float64)
    if X.ndim != 2 or np.isnan(X).any() or np.isinf(X).any():
        raise ValueError("X must be 2-D and finite")
    return X


def best_split(X, y, criterion="gini", min_leaf=1):
    data = Data(X, y, criterion, min_leaf)
    return data.split(np.arange(len(data.X)))


def grow(X, y, criterion="gini", max_depth=3, min_leaf=1):
    data = Data(X, y, criterion, min_leaf)
    if max_depth < 0:
        raise ValueError("max_depth")
    return data.node(np.arange(len(data.X)), max_depth)


def predict(tree, X):
    X = table(X)
    found = [None] * len(X)
    waiting = [(tree, np.arange(len(X)))]
    while waiting:
        node, rows = waiting.pop()
        if node.split is None:
            for row in rows:
                found[row] = node.value
        else:
            is_left = X[rows, node.split.feature] <= node.split.threshold
            waiting += [(node.left, rows[is_left]), (node.right, rows[~is_left])]
    return np.array(found)
