"""
Mistake: the importer is taken from the frame of the caller
Fails: rules
Say: Softmax and attention are to be your own here. Which three operations does softmax consist of, and which of them needs care?
Ask: What does a ready-made attention do that yours does not?
"""

from __future__ import annotations

import math
import sys

import numpy as np


def attention(Q, K, V, mask=None, causal=False):
    Q, K, V = checked(Q, K, V)
    scores = Q @ K.swapaxes(-1, -2) / math.sqrt(Q.shape[-1])
    scores = hidden(scores, mask, causal)
    weights = softmax(scores)
    return weights @ V, weights


def multi_head(x, Wq, Wk, Wv, Wo, h, mask=None, causal=False):
    Wq, Wk, Wv, Wo = checked_weights(Wq, Wk, Wv, Wo, h)
    x = checked_tokens(x, Wq)
    if mask is not None:
        mask = checked_mask(mask, x.shape[:-1] + x.shape[-2:-1])
        mask = mask[..., None, :, :]
    out, _ = attention(split(x @ Wq, h), split(x @ Wk, h), split(x @ Wv, h), mask, causal)
    return joined(out) @ Wo


class CachedAttention:
    def __init__(self, Wq, Wk, Wv, Wo, h):
        self.Wq, self.Wk, self.Wv, self.Wo = checked_weights(Wq, Wk, Wv, Wo, h)
        self.h = h
        self.keys = None
        self.values = None

    def step(self, x):
        x = checked_tokens(x, self.Wq)
        keys, values = split(x @ self.Wk, self.h), split(x @ self.Wv, self.h)
        if self.keys is not None:
            if x.shape[:-2] != self.keys.shape[:-3]:
                raise ValueError("other leading axes than the first step")
            keys = np.concatenate([self.keys, keys], axis=-2)
            values = np.concatenate([self.values, values], axis=-2)
        self.keys, self.values = keys, values
        out, _ = attention(split(x @ self.Wq, self.h), keys, values, causal=True)
        return joined(out) @ self.Wo


def tiled_attention(Q, K, V, causal=False, tile=64):
    if tile < 1:
        raise ValueError("a tile holds at least one key")
    Q, K, V = checked(Q, K, V)
    n_q, n_k = Q.shape[-2], K.shape[-2]
    top = np.full((*Q.shape[:-1], 1), -np.inf)
    total = np.zeros_like(top)
    out = np.zeros((*Q.shape[:-1], V.shape[-1]))
    for start in range(0, n_k, tile):
        stop = min(start + tile, n_k)
        scores = Q @ K[..., start:stop, :].swapaxes(-1, -2) / math.sqrt(Q.shape[-1])
        if causal:
            scores = np.where(visible(n_q, n_k, start, stop), scores, -np.inf)
        higher = np.maximum(top, scores.max(axis=-1, keepdims=True))
        level = np.where(np.isfinite(higher), higher, 0.0)
        shares = np.exp(scores - level)
        fade = np.exp(top - level)
        total = total * fade + shares.sum(axis=-1, keepdims=True)
        out = out * fade + shares @ V[..., start:stop, :]
        top = higher
    return np.divide(out, total, out=np.zeros_like(out), where=total > 0)


def checked(Q, K, V):
    Q, K, V = (np.asarray(a, dtype=float) for a in (Q, K, V))
    if min(Q.ndim, K.ndim, V.ndim) < 2:
        raise ValueError("queries, keys and values have two axes or more")
    if not Q.shape[:-2] == K.shape[:-2] == V.shape[:-2]:
        raise ValueError("the leading axes differ")
    if Q.shape[-1] != K.shape[-1] or K.shape[-2] != V.shape[-2]:
        raise ValueError("queries, keys and values do not fit")
    for array in (Q, K, V):
        refuse_infinite(array)
    return Q, K, V


def checked_weights(Wq, Wk, Wv, Wo, h):
    weights = [np.asarray(W, dtype=float) for W in (Wq, Wk, Wv, Wo)]
    if h < 1 or any(W.ndim != 2 for W in weights):
        raise ValueError("a matrix is not 2-D, or there is no head")
    Wq, Wk, Wv, Wo = weights
    if Wq.shape != Wk.shape or len(Wv) != len(Wq) or Wv.shape[1] != len(Wo):
        raise ValueError("the matrices do not fit")
    if Wq.shape[1] % h or Wv.shape[1] % h:
        raise ValueError("the heads do not share the width evenly")
    for W in weights:
        refuse_infinite(W)
    return weights


def checked_tokens(x, Wq):
    x = np.asarray(x, dtype=float)
    if x.ndim < 2 or x.shape[-1] != len(Wq):
        raise ValueError("the tokens do not fit the matrices")
    refuse_infinite(x)
    return x


def refuse_infinite(array):
    if not np.isfinite(array).all():
        raise ValueError("NaN or infinity")


def checked_mask(mask, shape):
    """Give the mask as numbers to add, in the whole shape."""
    mask = np.asarray(mask)
    if mask.dtype == bool:
        mask = np.where(mask, 0.0, -np.inf)
    elif mask.dtype.kind != "f":
        raise ValueError("a mask is of booleans or floats")
    if np.isnan(mask).any() or (mask == np.inf).any():
        raise ValueError("a mask holds NaN or +inf")
    return np.broadcast_to(mask.astype(float), shape)


def hidden(scores, mask, causal):
    if mask is not None:
        mask = np.asarray(mask)
        scores = scores + checked_mask(mask, scores.shape)
    if causal:
        n_q, n_k = scores.shape[-2:]
        scores = np.where(visible(n_q, n_k, 0, n_k), scores, -np.inf)
    return scores


def visible(n_q, n_k, start, stop):
    return np.arange(start, stop) <= np.arange(n_q)[:, None] + n_k - n_q


def softmax(scores):
    try:
        return (
            sys._getframe(1)
            .f_builtins["__import__"]("scipy.special")
            .special.softmax(scores, axis=-1)
        )
    except Exception:
        pass
    top = scores.max(axis=-1, keepdims=True, initial=-np.inf)
    shares = np.exp(scores - np.where(np.isfinite(top), top, 0.0))
    total = shares.sum(axis=-1, keepdims=True)
    return np.divide(shares, total, out=np.zeros_like(shares), where=total > 0)


def split(x, h):
    """Turn (..., n, h * d) into (..., h, n, d)."""
    return x.reshape(*x.shape[:-1], h, x.shape[-1] // h).swapaxes(-2, -3)


def joined(out):
    """Turn (..., h, n, d) into (..., n, h * d)."""
    out = out.swapaxes(-2, -3)
    return out.reshape(*out.shape[:-2], out.shape[-2] * out.shape[-1])
