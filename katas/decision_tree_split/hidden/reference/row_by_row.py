"""Rows change sides one by one, and both sides keep a running score in plain Python."""

from __future__ import annotations

import math
from collections import Counter
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


class Classes:
    """The rows of one side: how often each label occurs, and the sum of f(count)."""

    def __init__(self, f):
        self.f, self.counts, self.n, self.total = f, Counter(), 0, 0.0

    def move(self, label, step):
        count = self.counts[label]
        self.total += self.f(count + step) - self.f(count)
        self.counts[label] = count + step
        self.n += step


class Gini(Classes):
    def __init__(self):
        super().__init__(lambda count: count * count)

    def rest(self):
        """Give n times the impurity."""
        return self.n - self.total / self.n


class Entropy(Classes):
    def __init__(self):
        super().__init__(lambda count: count * math.log2(count) if count else 0.0)

    def rest(self):
        return self.n * math.log2(self.n) - self.total


class Squares:
    """The targets of one side by their sum and their sum of squares."""

    def __init__(self):
        self.n, self.sum, self.squares = 0, 0.0, 0.0

    def move(self, target, step):
        self.n += step
        self.sum += step * target
        self.squares += step * target * target

    def rest(self):
        return self.squares - self.sum * self.sum / self.n


SIDES = {"gini": Gini, "entropy": Entropy, "mse": Squares}


def best_split(X, y, criterion="gini", min_leaf=1):
    rows, targets = checked(X, y, criterion, min_leaf)
    return choose(rows, targets, criterion, min_leaf)


def choose(rows, targets, criterion, min_leaf):
    if all(target == targets[0] for target in targets):
        return None
    if criterion == "mse":  # near zero the squares keep their digits
        middle = sum(targets) / len(targets)
        targets = [target - middle for target in targets]
    everything = SIDES[criterion]()
    for target in targets:
        everything.move(target, 1)
    whole = everything.rest() / len(targets)
    found = [
        Split(feature, threshold, whole - rest / len(targets))
        for feature in range(len(rows[0]))
        for threshold, rest in sweep(rows, targets, feature, criterion, min_leaf)
    ]
    if not found:
        return None
    best = max(split.gain for split in found)
    equal = [split for split in found if best - split.gain <= 1e-9 * whole]
    return min(equal, key=lambda split: (split.feature, split.threshold))


def sweep(rows, targets, feature, criterion, min_leaf):
    order = sorted(range(len(rows)), key=lambda i: rows[i][feature])
    left, right = SIDES[criterion](), SIDES[criterion]()
    for target in targets:
        right.move(target, 1)
    for here, following in zip(order, order[1:]):
        left.move(targets[here], 1)
        right.move(targets[here], -1)
        a, b = rows[here][feature], rows[following][feature]
        if a < b and min(left.n, right.n) >= min_leaf:
            middle = a + (b - a) / 2
            yield (a if middle == b else middle), left.rest() + right.rest()


def checked(X, y, criterion, min_leaf):
    rows, targets = as_rows(X), np.array(y)
    if len(rows) == 0 or len(rows[0]) == 0 or targets.shape != (len(rows),):
        raise ValueError("X must be (n, d) and y (n,)")
    if criterion not in SIDES or min_leaf < 1:
        raise ValueError("unknown criterion, or min_leaf below 1")
    targets = targets.tolist()
    if criterion == "mse" and not all(map(math.isfinite, targets)):
        raise ValueError("targets must be finite")
    return rows, targets


def as_rows(X):
    table = np.array(X, dtype=float)
    if table.ndim != 2 or not np.isfinite(table).all():
        raise ValueError("X must be 2-D and finite")
    return table.tolist()


def grow(X, y, criterion="gini", max_depth=3, min_leaf=1):
    rows, targets = checked(X, y, criterion, min_leaf)
    if max_depth < 0:
        raise ValueError("max_depth below 0")
    root = Node(value_of(targets, criterion), len(rows))
    waiting = [(root, rows, targets, 0)]
    while waiting:
        node, rows, targets, depth = waiting.pop()
        if depth < max_depth:
            node.split = choose(rows, targets, criterion, min_leaf)
        if node.split is None:
            continue
        for side, is_left in (("left", True), ("right", False)):
            kept = [
                i
                for i, row in enumerate(rows)
                if (row[node.split.feature] <= node.split.threshold) == is_left
            ]
            part = [targets[i] for i in kept]
            child = Node(value_of(part, criterion), len(part))
            setattr(node, side, child)
            waiting.append((child, [rows[i] for i in kept], part, depth + 1))
    return root


def value_of(targets, criterion):
    if criterion == "mse":
        return math.fsum(targets) / len(targets)
    counts = Counter(targets)
    return min(counts, key=lambda label: (-counts[label], label))


def predict(tree, X):
    values = []
    for row in as_rows(X):
        node = tree
        while node.split is not None:
            goes_left = row[node.split.feature] <= node.split.threshold
            node = node.left if goes_left else node.right
        values.append(node.value)
    return np.array(values)
