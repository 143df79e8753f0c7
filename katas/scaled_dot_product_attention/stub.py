"""Scaled dot-product attention: with masks, in many heads, token by token, and in tiles."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


def attention(
    Q: ArrayLike,
    K: ArrayLike,
    V: ArrayLike,
    mask: ArrayLike | None = None,
    causal: bool = False,
) -> tuple[np.ndarray, np.ndarray]:
    """Give (out, weights): shapes (..., n_q, d_v) and (..., n_q, n_k)."""
    # TODO: part 1
    raise NotImplementedError


def multi_head(
    x: ArrayLike,
    Wq: ArrayLike,
    Wk: ArrayLike,
    Wv: ArrayLike,
    Wo: ArrayLike,
    h: int,
    mask: ArrayLike | None = None,
    causal: bool = False,
) -> np.ndarray:
    """Give the self-attention of the tokens x with h heads, shape (..., n, d_out)."""
    # TODO: part 2
    raise NotImplementedError


class CachedAttention:
    """Causal self-attention that remembers the keys and values of earlier tokens."""

    def __init__(self, Wq: ArrayLike, Wk: ArrayLike, Wv: ArrayLike, Wo: ArrayLike, h: int) -> None:
        # TODO: part 3
        raise NotImplementedError

    def step(self, x: ArrayLike) -> np.ndarray:
        """Take the next tokens, shape (..., m, d_model); give their output, (..., m, d_out)."""
        # TODO: part 3
        raise NotImplementedError


def tiled_attention(
    Q: ArrayLike, K: ArrayLike, V: ArrayLike, causal: bool = False, tile: int = 64
) -> np.ndarray:
    """Give the out of attention, looking at no more than `tile` keys at a time."""
    # TODO: part 4
    raise NotImplementedError
