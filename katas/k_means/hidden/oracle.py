"""Lloyd's iteration in fractions, point by point: slow, obvious, independent."""

from fractions import Fraction
from typing import NamedTuple

import numpy as np

from graders.testing import record

NEAR = Fraction(1, 10**6)


@record
class KMeans:
    def __init__(self, centers, labels, inertia, n_iter):
        self.centers, self.labels, self.inertia, self.n_iter = centers, labels, inertia, n_iter


class UndecidedError(Exception):
    """A comparison hangs on rounding."""


class Centre(NamedTuple):
    """A place, and whether float64 holds it exactly however it is computed."""

    place: tuple
    exact: bool


class State(NamedTuple):
    """What kmeans returns when it ends here."""

    centers: np.ndarray
    labels: np.ndarray
    inertia: float


def whole(table):
    """Give the rows as fractions; they must be whole numbers."""
    rows = [tuple(Fraction(v) for v in row) for row in np.asarray(table).tolist()]
    assert all(v.denominator == 1 for row in rows for v in row)
    return rows


def square(a, b):
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True))


def decide(a, b, *, exact):
    """Refuse two numbers that rounding could bring into another order."""
    if not exact and abs(a - b) <= NEAR * max(a, b):
        raise UndecidedError


def nearest(point, centres):
    """Give the index of the nearest centre, the smaller one of equals, and the squared distance."""
    squares = [square(point, centre.place) for centre in centres]
    best = squares.index(min(squares))
    for j, other in enumerate(squares):
        if j != best:
            decide(other, squares[best], exact=centres[j].exact and centres[best].exact)
    return best, squares[best]


def farthest(found, centres, many):
    """Give the indices of the farthest points from their own centres."""
    order = sorted(range(len(found)), key=lambda i: (-found[i][1], i))
    for place in range(many):
        for later in order[place + 1 :]:
            (a, far), (b, less) = found[order[place]], found[later]
            decide(far, less, exact=centres[a].exact and centres[b].exact)
    return order[:many]


def step(points, centres, found):
    """Give the centres after one iteration; found holds label and squared distance of each point."""
    members = [[i for i, (label, _) in enumerate(found) if label == j] for j in range(len(centres))]
    spare = iter(farthest(found, centres, members.count([])))
    moved = []
    for own in members:
        if own:
            place = tuple(sum(points[i][f] for i in own) / len(own) for f in range(len(points[0])))
            moved.append(Centre(place, len(own) & (len(own) - 1) == 0))
        else:
            moved.append(Centre(points[next(spare)], True))
    return moved


def is_still(before, after, tol, *, same):
    """Say whether no centre moved farther than tol; same: whether no label changed either."""
    moves = [square(a.place, b.place) for a, b in zip(before, after, strict=True)]
    exact = all(c.exact for c in before + after)
    if not (exact or (same and max(moves) == 0)):
        decide(max(moves), Fraction(tol) ** 2, exact=False)
    return max(moves) <= Fraction(tol) ** 2


def trajectory(X, init, tol=0, most=100):
    """
    Give what kmeans returns with max_iter = 0, 1, 2, ... as far as it goes.

    X and init hold whole numbers; raises UndecidedError where rounding would decide.
    """
    points = whole(X)
    centres = [Centre(place, True) for place in whole(init)]
    found = [nearest(point, centres) for point in points]
    states, same = [state(centres, found)], False
    for _ in range(most):
        moved = step(points, centres, found)
        still = is_still(centres, moved, tol, same=same)
        centres, before = moved, found
        found = [nearest(point, centres) for point in points]
        same = [label for label, _ in before] == [label for label, _ in found]
        states.append(state(centres, found))
        if still:
            return states
    return states


def state(centres, found):
    places = np.array([[float(v) for v in centre.place] for centre in centres])
    labels = np.array([label for label, _ in found], dtype=np.int64)
    return State(places, labels, float(sum(far for _, far in found)))


def pair_law(X):
    """Give the probability of each ordered pair of values that k-means++ draws first and second."""
    values = [row[0] for row in whole(X)]
    law = {}
    for first in values:
        total = sum((v - first) ** 2 for v in values)
        for second in values:
            share = Fraction((second - first) ** 2, total * len(values))
            pair = float(first), float(second)
            law[pair] = law.get(pair, 0) + share
    return {pair: float(p) for pair, p in law.items() if p}
