"""Each tile gives (maximum, sum, output), two of which merge into one; heads by einsum."""

import functools

import numpy as np

EMPTY = -np.inf


def attention(Q, K, V, mask=None, causal=False):
    Q, K, V = _fit(Q, K, V)
    n_q, n_k = Q.shape[-2], K.shape[-2]
    add = _addend(mask, Q.shape[:-1] + (n_k,))
    if causal:
        add = np.where(_edge(n_q, n_k)[:, None] >= np.arange(n_k), add, EMPTY)
    scores = np.einsum("...qd,...kd->...qk", Q / np.sqrt(Q.shape[-1]), K) + add
    hidden = np.isneginf(scores)
    blind = hidden.all(axis=-1)
    scores[blind] = 0.0
    if n_k:
        scores -= scores.max(axis=-1, keepdims=True)
    weights = np.exp(scores)
    if n_k:
        weights /= weights.sum(axis=-1)[..., None]
    weights[blind] = 0.0
    return np.einsum("...qk,...kc->...qc", weights, V), weights


def _edge(n_q, n_k):
    """Give the last key that each query may see."""
    return np.arange(n_q) + (n_k - n_q)


def _addend(mask, shape):
    if mask is None:
        return np.zeros(shape)
    mask = np.asarray(mask)
    if mask.dtype == np.bool_:
        add = np.zeros(mask.shape)
        add[~mask] = EMPTY
    elif mask.dtype in (np.float64, np.float32, np.float16, np.longdouble):
        add = mask.astype(np.float64)
        if (np.isnan(add) | np.isposinf(add)).any():
            raise ValueError("mask: NaN or +inf")
    else:
        raise ValueError(f"mask: {mask.dtype}")
    return np.broadcast_to(add, shape)


def multi_head(x, Wq, Wk, Wv, Wo, h, mask=None, causal=False):
    layer = CachedAttention(Wq, Wk, Wv, Wo, h)
    x = layer.tokens(x)
    add = _addend(mask, x.shape[:-1] + (x.shape[-2],))
    outs = np.stack(
        [attention(x @ q, x @ k, x @ v, add, causal)[0] @ o for q, k, v, o in layer.heads]
    )
    return outs.sum(axis=0)


class CachedAttention:
    def __init__(self, Wq, Wk, Wv, Wo, h):
        Wq, Wk, Wv, Wo = (_real(W) for W in (Wq, Wk, Wv, Wo))
        if h < 1:
            raise ValueError("h")
        if not (Wq.ndim == Wk.ndim == Wv.ndim == Wo.ndim == 2):
            raise ValueError("2-D")
        if Wq.shape != Wk.shape or Wv.shape != (len(Wq), len(Wo)):
            raise ValueError("the matrices do not fit")
        if Wq.shape[1] % h or Wv.shape[1] % h:
            raise ValueError("h does not divide")
        columns = [np.split(W, h, axis=1) for W in (Wq, Wk, Wv)]
        self.heads = list(zip(*columns, np.split(Wo, h, axis=0)))
        self.d_model = len(Wq)
        self.past = None

    def tokens(self, x):
        x = _real(x)
        if x.ndim < 2 or x.shape[-1] != self.d_model:
            raise ValueError("x")
        return x

    def step(self, x):
        x = self.tokens(x)
        if self.past is not None and self.past[0][0].shape[:-2] != x.shape[:-2]:
            raise ValueError("leading axes")
        new = [(x @ k, x @ v) for _, k, v, _ in self.heads]
        if self.past is not None:
            new = [
                (np.concatenate([K, k], axis=-2), np.concatenate([V, v], axis=-2))
                for (K, V), (k, v) in zip(self.past, new)
            ]
        self.past = new
        result = 0.0
        for (q, _, _, o), (K, V) in zip(self.heads, self.past):
            result = result + attention(x @ q, K, V, causal=True)[0] @ o
        return result


def tiled_attention(Q, K, V, causal=False, tile=64):
    if not tile >= 1:
        raise ValueError("tile")
    Q, K, V = _fit(Q, K, V)
    edge = _edge(Q.shape[-2], K.shape[-2]) if causal else None
    parts = (
        _part(
            Q, K[..., a : a + tile, :], V[..., a : a + tile, :], None if edge is None else edge - a
        )
        for a in range(0, K.shape[-2], tile)
    )
    nothing = (
        np.full(Q.shape[:-1], EMPTY), np.zeros(Q.shape[:-1]), np.zeros(Q.shape[:-1] + V.shape[-1:])
    )  # fmt: skip
    _, total, out = functools.reduce(_merged, parts, nothing)
    return out / np.where(total == 0, 1.0, total)[..., None]


def _part(Q, K, V, edge):
    scores = Q @ np.moveaxis(K, -1, -2) / Q.shape[-1] ** 0.5
    if edge is not None:
        scores[..., np.arange(K.shape[-2]) > edge[:, None]] = EMPTY
    top = scores.max(axis=-1)
    shares = np.exp(scores - np.where(top == EMPTY, 0.0, top)[..., None])
    return top, shares.sum(axis=-1), shares @ V


def _merged(left, right):
    top = np.maximum(left[0], right[0])
    level = np.where(top == EMPTY, 0.0, top)
    a, b = np.exp(left[0] - level), np.exp(right[0] - level)
    return top, a * left[1] + b * right[1], a[..., None] * left[2] + b[..., None] * right[2]


def _real(values):
    array = np.asarray(values, np.float64)
    if np.isfinite(array).all():
        return array
    raise ValueError("NaN or infinity")


def _fit(Q, K, V):
    Q, K, V = map(_real, (Q, K, V))
    if any(a.ndim < 2 for a in (Q, K, V)):
        raise ValueError("axes")
    if K.shape[:-1] != V.shape[:-1] or Q.shape[:-2] != K.shape[:-2]:
        raise ValueError("keys and values")
    if Q.shape[-1] != K.shape[-1]:
        raise ValueError("d_k")
    return Q, K, V
