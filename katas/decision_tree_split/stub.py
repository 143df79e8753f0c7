"""Split a decision tree: the best split, a tree of them, and its predictions."""

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


def best_split(
    X: ArrayLike, y: ArrayLike, criterion: str = "gini", min_leaf: int = 1
) -> Split | None:
    """Give the split with the largest gain, or None where there is none."""
    # TODO: part 1, and part 3
    raise NotImplementedError


def grow(
    X: ArrayLike,
    y: ArrayLike,
    criterion: str = "gini",
    max_depth: int = 3,
    min_leaf: int = 1,
) -> Node:
    """Give the root of a tree of best splits; the root has depth 0."""
    # TODO: part 2
    raise NotImplementedError


def predict(tree: Node, X: ArrayLike) -> np.ndarray:
    """Give the value of the leaf that each row of X comes to."""
    # TODO: part 2
    raise NotImplementedError
