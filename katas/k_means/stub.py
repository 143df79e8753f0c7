"""k-means: Lloyd's iteration, k-means++, and the best of several starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass
class KMeans:
    """What k-means gives; leave the class as it is."""

    centers: np.ndarray  # (k, d), float64
    labels: np.ndarray  # (n,), int64
    inertia: float
    n_iter: int


def kmeans(
    X: ArrayLike,
    k: int,
    init: ArrayLike | str = "k-means++",
    max_iter: int = 100,
    tol: float = 0.0,
    rng: np.random.Generator | None = None,
) -> KMeans:
    """Iterate from `init` until no centre moves farther than tol, or max_iter is reached."""
    # TODO: part 1, and "k-means++" in part 2
    raise NotImplementedError


def kmeans_pp_init(X: ArrayLike, k: int, rng: np.random.Generator) -> np.ndarray:
    """Give k points of X as starting centres, each drawn in proportion to D²."""
    # TODO: part 2
    raise NotImplementedError


def kmeans_best(
    X: ArrayLike,
    k: int,
    starts: Sequence[ArrayLike | str],
    max_iter: int = 100,
    tol: float = 0.0,
    rng: np.random.Generator | None = None,
) -> KMeans:
    """Give the run with the smallest inertia, the first of equal ones."""
    # TODO: part 3
    raise NotImplementedError
