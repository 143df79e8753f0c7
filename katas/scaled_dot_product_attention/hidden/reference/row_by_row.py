"""One query at a time over the keys that it sees; tiles in two passes; a buffer that doubles."""

from __future__ import annotations

import numpy as np


def attention(Q, K, V, mask=None, causal=False):
    Q, K, V = arrays(Q, K, V)
    leading, n_q, n_k = Q.shape[:-2], Q.shape[-2], K.shape[-2]
    seen, bias = seen_and_bias(mask, (*leading, n_q, n_k))
    if causal:
        seen = seen & np.tri(n_q, n_k, n_k - n_q, dtype=bool)
    out, weights = np.zeros((*leading, n_q, V.shape[-1])), np.zeros((*leading, n_q, n_k))
    for place in np.ndindex(*leading, n_q):
        keys = np.flatnonzero(seen[place])
        if len(keys):
            block = place[:-1]
            scores = K[block][keys] @ Q[place] * Q.shape[-1] ** -0.5 + bias[place][keys]
            shares = np.exp(scores - scores.max())
            weights[place][keys] = shares / shares.sum()
            out[place] = weights[place][keys] @ V[block][keys]
    return out, weights


def multi_head(x, Wq, Wk, Wv, Wo, h, mask=None, causal=False):
    Wq, Wk, Wv, Wo = matrices(Wq, Wk, Wv, Wo, h)
    x = tokens(x, Wq)
    if mask is not None:
        seen, bias = seen_and_bias(mask, (*x.shape[:-1], x.shape[-2]))
        mask = np.where(seen, bias, -np.inf)
    outs = []
    for q, k, v in zip(*(np.split(x @ W, h, axis=-1) for W in (Wq, Wk, Wv))):
        out, _ = attention(q, k, v, mask, causal)
        outs.append(out)
    return np.concatenate(outs, axis=-1) @ Wo


class CachedAttention:
    def __init__(self, Wq, Wk, Wv, Wo, h):
        self.Wq, self.Wk, self.Wv, self.Wo = matrices(Wq, Wk, Wv, Wo, h)
        self.h = h
        self.keys = self.values = None
        self.count = 0

    def step(self, x):
        x = tokens(x, self.Wq)
        if self.keys is None:
            self.keys = np.empty((*x.shape[:-2], 4, self.Wk.shape[1]))
            self.values = np.empty((*x.shape[:-2], 4, self.Wv.shape[1]))
        if x.shape[:-2] != self.keys.shape[:-2]:
            raise ValueError("another batch")
        self._remember(x)
        keys, values = self.keys[..., : self.count, :], self.values[..., : self.count, :]
        outs = []
        for q, k, v in zip(*(np.split(a, self.h, axis=-1) for a in (x @ self.Wq, keys, values))):
            out, _ = attention(q, k, v, causal=True)
            outs.append(out)
        return np.concatenate(outs, axis=-1) @ self.Wo

    def _remember(self, x):
        first, self.count = self.count, self.count + x.shape[-2]
        while self.count > self.keys.shape[-2]:
            self.keys = np.concatenate([self.keys, self.keys], axis=-2)
            self.values = np.concatenate([self.values, self.values], axis=-2)
        self.keys[..., first : self.count, :] = x @ self.Wk
        self.values[..., first : self.count, :] = x @ self.Wv


def tiled_attention(Q, K, V, causal=False, tile=64):
    if tile < 1:
        raise ValueError("tile")
    Q, K, V = arrays(Q, K, V)
    best = np.full(Q.shape[:-1], -np.inf)
    for _, scores in tiles(Q, K, causal, tile):
        best = np.maximum(best, scores.max(axis=-1))
    best[best == -np.inf] = 0
    total, out = np.zeros(best.shape), np.zeros((*best.shape, V.shape[-1]))
    for part, scores in tiles(Q, K, causal, tile):
        shares = np.exp(scores - best[..., None])
        total += shares.sum(axis=-1)
        out += np.einsum("...ij,...jc->...ic", shares, V[..., part, :])
    total[total == 0] = 1
    return out / total[..., None]


def tiles(Q, K, causal, tile):
    """Give slices of the keys with the scores of all queries."""
    n_q, n_k = Q.shape[-2], K.shape[-2]
    for start in range(0, n_k, tile):
        part = slice(start, min(start + tile, n_k))
        scores = np.einsum("...id,...jd->...ij", Q, K[..., part, :]) * Q.shape[-1] ** -0.5
        if causal:
            seen = np.tri(n_q, part.stop - start, n_k - n_q - start, dtype=bool)
            scores[..., ~seen] = -np.inf
        yield part, scores


def arrays(*given):
    Q, K, V = (finite(a) for a in given)
    if Q.ndim < 2 or not Q.ndim == K.ndim == V.ndim:
        raise ValueError("axes")
    if K.shape != (*Q.shape[:-2], K.shape[-2], Q.shape[-1]) or V.shape[:-1] != K.shape[:-1]:
        raise ValueError("shapes")
    return Q, K, V


def finite(given):
    array = np.array(given, dtype=np.float64)
    if not np.isfinite(array).all():
        raise ValueError("not finite")
    return array


def matrices(Wq, Wk, Wv, Wo, h):
    Wq, Wk, Wv, Wo = found = [finite(W) for W in (Wq, Wk, Wv, Wo)]
    if [W.ndim for W in found] != [2, 2, 2, 2] or Wq.shape != Wk.shape:
        raise ValueError("matrices")
    if Wv.shape != (Wq.shape[0], Wo.shape[0]):
        raise ValueError("matrices")
    if h < 1 or Wq.shape[1] % h != 0 or Wv.shape[1] % h != 0:
        raise ValueError("heads")
    return found


def tokens(x, Wq):
    x = finite(x)
    if x.ndim < 2 or x.shape[-1] != Wq.shape[0]:
        raise ValueError("tokens")
    return x


def seen_and_bias(mask, shape):
    mask = np.asarray(True if mask is None else mask)
    if mask.dtype == bool:
        seen, bias = mask, np.zeros(1)
    elif np.issubdtype(mask.dtype, np.floating):
        seen = mask != -np.inf
        bias = np.where(seen, mask, 0).astype(np.float64)
        if not np.isfinite(bias).all():
            raise ValueError("a mask of NaN or infinity")
    else:
        raise ValueError("a mask of another type")
    return np.broadcast_to(seen, shape), np.broadcast_to(bias, shape)
