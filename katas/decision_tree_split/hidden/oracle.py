"""Every threshold tried on lists of fractions: slow, obvious, independent."""

import math
from collections import Counter
from fractions import Fraction

import numpy as np

from graders.testing import record

EQUAL, APART = 1e-12, 1e-6  # of the impurity; gains between the two hang on rounding


@record
class Split:
    def __init__(self, feature, threshold, gain):
        self.feature, self.threshold, self.gain = feature, threshold, gain


@record
class Node:
    def __init__(self, value, n, split=None, left=None, right=None):
        self.value, self.n, self.split, self.left, self.right = value, n, split, left, right


class UndecidedError(Exception):
    """Rounding could decide here, or a tie where the test wants none."""


def impurity(y, criterion):
    """Give the impurity of a list, exact but for entropy."""
    if criterion == "mse":
        mean = sum(map(Fraction, y)) / len(y)
        return sum((Fraction(target) - mean) ** 2 for target in y) / len(y)
    shares = [Fraction(count, len(y)) for count in Counter(y).values()]
    if criterion == "gini":
        return 1 - sum(p * p for p in shares)
    return -math.fsum(float(p) * math.log2(p) for p in shares)


def candidates(X, y, criterion, min_leaf):
    """Give (gain, feature, threshold) of every split that is allowed."""
    rows, labels = np.asarray(X, dtype=float).tolist(), np.asarray(y).tolist()
    whole = impurity(labels, criterion)
    for feature in range(len(rows[0])):
        values = sorted({row[feature] for row in rows})
        for a, b in zip(values, values[1:], strict=False):
            left = [t for row, t in zip(rows, labels, strict=True) if row[feature] <= a]
            right = [t for row, t in zip(rows, labels, strict=True) if row[feature] > a]
            if min(len(left), len(right)) >= min_leaf:
                share = Fraction(len(left), len(labels))
                kept = impurity(left, criterion) * share + impurity(right, criterion) * (1 - share)
                yield whole - kept, feature, (a + b) / 2


def best(X, y, criterion="gini", min_leaf=1, *, ties=True):
    """Give the best split or None; UndecidedError when rounding (or a tie) could change it."""
    labels = np.asarray(y).tolist()
    found = list(candidates(X, y, criterion, min_leaf))
    if len(set(labels)) == 1 or not found:
        return None
    most, whole = max(gain for gain, _, _ in found), impurity(labels, criterion)
    gaps = [float((most - gain) / whole) for gain, _, _ in found]
    equal = [split for gap, split in zip(gaps, found, strict=True) if gap <= EQUAL]
    if any(EQUAL < gap < APART for gap in gaps) or (not ties and len(equal) > 1):
        raise UndecidedError
    gain, feature, threshold = min(equal, key=lambda split: split[1:])
    return Split(feature, threshold, float(gain))


def tree(X, y, criterion="gini", max_depth=3, min_leaf=1, *, ties=True):
    """Give the root of the whole tree."""
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    split = best(X, y, criterion, min_leaf, ties=ties) if max_depth else None
    node = Node(value(y.tolist(), criterion), len(y), split)
    if split is not None:
        left = X[:, split.feature] <= split.threshold
        options = (criterion, max_depth - 1, min_leaf)
        node.left = tree(X[left], y[left], *options, ties=ties)
        node.right = tree(X[~left], y[~left], *options, ties=ties)
    return node


def value(labels, criterion):
    if criterion == "mse":
        return float(sum(map(Fraction, labels)) / len(labels))
    counts = Counter(labels)
    return min(label for label in counts if counts[label] == max(counts.values()))
