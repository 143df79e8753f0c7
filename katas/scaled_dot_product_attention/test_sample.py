"""What the statement shows; run it with `kata test`."""

import math

import numpy as np
import pytest
from solution import CachedAttention, attention, multi_head, tiled_attention

A = math.log(3) / 2
Z, EYE = [[0, 0], [0, 0]], [[1, 0], [0, 1]]
X = np.array([[1.0, 2.0], [3.0, 6.0], [5.0, -2.0], [0.0, 1.0]])


def assert_close(found, expected):
    assert isinstance(found, np.ndarray)
    assert found.dtype == np.float64
    assert found.shape == np.shape(expected)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize(
    ("arguments", "options", "out", "weights"),
    [
        (([[0]], [[1], [2]], [[10], [30]]), {}, [[20]], [[0.5, 0.5]]),
        (([[1] * 4], [[0] * 4, [A] * 4], [[4], [8]]), {}, [[7]], [[0.25, 0.75]]),
        (([[0], [0]], [[1], [2]], [[10], [30]]), {"causal": True}, [[10], [20]], [[1, 0], [0.5, 0.5]]),
        (([[0]], [[1], [2]], [[10], [30]]), {"mask": [[False, True]]}, [[30]], [[0, 1]]),
        (([[0]], [[1], [2]], [[10], [30]]), {"mask": [[False, False]]}, [[0]], [[0, 0]]),
    ],
    ids=["equal", "scaled", "causal", "mask", "nothing"],
)  # fmt: skip
def test_attention(arguments, options, out, weights):
    found = attention(*arguments, **options)
    assert isinstance(found, tuple)
    assert_close(found[0], out)
    assert_close(found[1], weights)


@pytest.mark.parametrize(
    ("causal", "expected"), [(False, [[2, 4], [2, 4]]), (True, [[1, 2], [2, 4]])], ids=["all", "causal"]
)  # fmt: skip
def test_many_heads(causal, expected):
    assert_close(multi_head([[1, 2], [3, 6]], Z, Z, EYE, EYE, 2, causal=causal), expected)


def test_token_by_token_is_all_at_once():
    cached = CachedAttention(EYE, EYE, EYE, EYE, 2)
    found = np.concatenate([cached.step(X[:1]), cached.step(X[1:3]), cached.step(X[3:])])
    assert_close(found, multi_head(X, EYE, EYE, EYE, EYE, 2, causal=True))


@pytest.mark.parametrize("tile", [1, 2, 3, 100])
def test_tiles_change_nothing(tile):
    out, _ = attention(X, X[:3], X[1:], causal=True)
    assert_close(tiled_attention(X, X[:3], X[1:], causal=True, tile=tile), out)


def test_a_mask_of_whole_numbers_is_refused():
    with pytest.raises(ValueError):
        attention([[0]], [[1], [2]], [[10], [30]], mask=[[0, 1]])
