"""What the statement shows; run it with `kata test`."""

import numpy as np
import pytest
from solution import Node, Split, best_split, grow, predict

LINE = [[1], [2], [4], [8]]


@pytest.mark.parametrize(
    ("y", "options", "threshold", "gain"),
    [
        ([0, 0, 1, 1], (), 3.0, 0.5),
        (["a", "a", "b", "c"], ("entropy",), 3.0, 1.0),
        ([5, 5, 5, 9], ("mse",), 6.0, 3.0),
        ([5, 5, 5, 9], ("mse", 2), 3.0, 1.0),
    ],
    ids=["gini", "entropy", "mse", "min_leaf"],
)
def test_the_best_split(y, options, threshold, gain):
    split = best_split(LINE, y, *options)
    assert isinstance(split, Split)
    assert split.feature == 0
    assert split.threshold == threshold
    assert split.gain == pytest.approx(gain, rel=1e-9)


def test_exclusive_or_is_split_without_gain():
    split = best_split([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    assert (split.feature, split.threshold) == (0, 0.5)
    assert split.gain == pytest.approx(0.0, abs=1e-9)


def test_equal_labels_need_no_split():
    assert best_split([[1], [2]], [7, 7]) is None


def test_a_tree_and_its_predictions():
    tree = grow(LINE, [0, 0, 1, 1])
    assert isinstance(tree, Node)
    assert (tree.value, tree.n, tree.split.threshold) == (0, 4, 3.0)
    for leaf, value in ((tree.left, 0), (tree.right, 1)):
        assert (leaf.value, leaf.n) == (value, 2)
        assert leaf.split is leaf.left is leaf.right is None
    found = predict(tree, [[3], [3.5]])
    assert isinstance(found, np.ndarray)
    assert found.tolist() == [0, 1]


@pytest.mark.parametrize("options", [("variance",), ("gini", 0)], ids=["criterion", "min_leaf"])
def test_what_is_refused(options):
    with pytest.raises(ValueError):
        best_split(LINE, [0, 0, 1, 1], *options)
