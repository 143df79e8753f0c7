"""Exact neighbours and votes on Python integers and fractions: slow, obvious, independent."""

import math
from fractions import Fraction

import numpy as np

MARGIN = 1e-9


class UndecidedError(Exception):
    """Rounding could decide here, or a tie where the test wants none."""


def exact(rows):
    """Give the coordinates as whole numbers or fractions, without rounding."""
    return [[_exact(v) for v in row] for row in np.asarray(rows).tolist()]


def _exact(value):
    whole = int(value)
    return whole if whole == value else Fraction(value)


def neighbours(points, query, k, metric, *, ties=True):
    """Give (distance, index) of the k nearest; a whole distance is an int."""
    if metric == "l2":
        keys = [sum((a - b) ** 2 for a, b in zip(p, query, strict=True)) for p in points]
    else:
        keys = [sum(abs(a - b) for a, b in zip(p, query, strict=True)) for p in points]
    ranked = sorted((key, i) for i, key in enumerate(keys))
    for (near, _), (far, _) in zip(ranked[k - 1 : k], ranked[k : k + 1], strict=False):
        if not isinstance(near + far, int) and _close(float(near), float(far)):
            raise UndecidedError
        # Roots that are not whole may differ by a digit although the squares are equal.
        if near == far and (not ties or (metric == "l2" and isinstance(_root(near), float))):
            raise UndecidedError
    return [(_root(key) if metric == "l2" else key, i) for key, i in ranked[:k]]


def _root(square):
    if isinstance(square, int) and math.isqrt(square) ** 2 == square:
        return math.isqrt(square)
    return math.sqrt(square)


def _close(a, b):
    return abs(a - b) <= MARGIN * max(abs(a), abs(b), MARGIN)


def label_of(points, labels, query, k, metric="l2", weights="uniform", *, ties=True):
    """Give the winning label; UndecidedError when rounding could change it."""
    found = neighbours(points, query, k, metric, ties=ties)
    if weights == "distance" and found[0][0] == 0:
        found, weights = [(d, i) for d, i in found if d == 0], "uniform"
    voters = {}
    for distance, index in found:
        voters.setdefault(labels[index], []).append(distance)
    best, *others = sorted(voters)
    for other in others:
        if _beats(voters[other], voters[best], weights, ties=ties):
            best = other
    return best


def _beats(challenger, holder, weights, *, ties):
    """Say whether the larger label of two wins: more weight, or as much and nearer in total."""
    order = _compare(_weight(challenger, weights), _weight(holder, weights))
    if order == 0 and not ties:
        raise UndecidedError
    if order == 0 and weights == "distance" and not _sums_exactly(challenger, holder):
        raise UndecidedError
    return order > 0 or (order == 0 and _compare(_total(challenger), _total(holder)) < 0)


def _compare(a, b):
    if isinstance(a, float) or isinstance(b, float):
        if _close(float(a), float(b)):
            raise UndecidedError
        return -1 if a < b else 1
    return (a > b) - (a < b)


def _weight(distances, weights):
    if weights == "uniform":
        return len(distances)
    if all(isinstance(d, int) for d in distances):
        return sum(Fraction(1, d) for d in distances)
    return math.fsum(1 / d for d in distances)


def _sums_exactly(*sides):
    """Say whether float64 finds equal sums of 1 / d equal, in whatever order they are added."""
    if len(sides[0]) <= 2 and sorted(sides[0]) == sorted(sides[1]):
        return True
    return all(d & (d - 1) == 0 for side in sides for d in side)


def _total(distances):
    return sum(distances) if all(isinstance(d, int) for d in distances) else math.fsum(distances)


def target_of(points, targets, query, k, metric="l2", weights="uniform"):
    """Give the weighted mean of the neighbours' targets."""
    found = neighbours(points, query, k, metric)
    if weights == "distance" and found[0][0] == 0:
        found, weights = [(d, i) for d, i in found if d == 0], "uniform"
    shares = [1 if weights == "uniform" else 1 / d for d, _ in found]
    parts = [w * float(targets[i]) for w, (_, i) in zip(shares, found, strict=True)]
    return math.fsum(parts) / math.fsum(shares)


def labelled(X, y, Q, k, metric="l2", weights="uniform", *, ties=True):
    """Give the queries whose answer does not hang on rounding (nor on a tie), and their labels."""
    points, labels = exact(X), np.asarray(y).tolist()
    kept, answers = [], []
    for row, query in zip(Q, exact(Q), strict=True):
        try:
            answers.append(label_of(points, labels, query, k, metric, weights, ties=ties))
        except UndecidedError:
            continue
        kept.append(row)
    return np.array(kept).reshape(-1, np.shape(Q)[1]), np.array(answers, np.asarray(y).dtype)


def predicted(X, y, Q, k, metric="l2", weights="uniform"):
    """Give the queries on whole coordinates that do not hang on rounding, and their answers."""
    points, targets = exact(X), np.asarray(y).tolist()
    kept, answers = [], []
    for row, query in zip(Q, exact(Q), strict=True):
        try:
            answers.append(target_of(points, targets, query, k, metric, weights))
        except UndecidedError:
            continue
        kept.append(row)
    return np.array(kept).reshape(-1, np.shape(Q)[1]), np.array(answers, dtype=float)
