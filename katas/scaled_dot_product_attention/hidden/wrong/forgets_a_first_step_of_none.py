"""
Mistake: a first step of no tokens does not set the leading axes
Fails: errors
Say: A first step without tokens leaves no mark in your version, so that the next one may have other leading axes. Which step sets them?
Ask: What is the shape of the output of a first step of no tokens?
"""

from __future__ import annotations

import math

import numpy as np


def _real(a, name):
    a = np.asarray(a).astype(np.float64)
    if not np.all(np.isfinite(a)):
        raise ValueError(f"{name} must be finite")
    return a


def _qkv(Q, K, V):
    Q, K, V = _real(Q, "Q"), _real(K, "K"), _real(V, "V")
    if min(Q.ndim, K.ndim, V.ndim) < 2:
        raise ValueError("at least two axes")
    if not Q.shape[:-2] == K.shape[:-2] == V.shape[:-2]:
        raise ValueError("leading axes differ")
    if Q.shape[-1] != K.shape[-1] or K.shape[-2] != V.shape[-2]:
        raise ValueError("shapes do not fit")
    return Q, K, V


def _mask(mask, shape):
    mask = np.asarray(mask)
    if mask.dtype.kind not in "bf":
        raise ValueError("mask of booleans or floats")
    if mask.dtype.kind == "f":
        mask = mask.astype(np.float64)
        if np.any(np.isnan(mask)) or np.any(mask == np.inf):
            raise ValueError("mask holds NaN or +inf")
    else:
        mask = np.where(mask, 0.0, -np.inf)
    return np.broadcast_to(mask, shape)


def _softmax(s):
    top = s.max(axis=-1, keepdims=True, initial=-np.inf)
    top = np.where(np.isneginf(top), 0.0, top)
    e = np.exp(s - top)
    total = e.sum(axis=-1, keepdims=True)
    return e / np.where(total == 0, 1.0, total)


def attention(Q, K, V, mask=None, causal=False):
    Q, K, V = _qkv(Q, K, V)
    scores = Q @ np.swapaxes(K, -1, -2) / math.sqrt(Q.shape[-1])
    n_q, n_k = scores.shape[-2:]
    if mask is not None:
        scores = scores + _mask(mask, scores.shape)
    if causal:
        seen = np.arange(n_k) <= np.arange(n_q)[:, None] + (n_k - n_q)
        scores = np.where(seen, scores, -np.inf)
    weights = _softmax(scores)
    return weights @ V, weights


def _weights(Wq, Wk, Wv, Wo, h):
    if h < 1:
        raise ValueError("h < 1")
    Ws = [_real(W, "W").copy() for W in (Wq, Wk, Wv, Wo)]
    if any(W.ndim != 2 for W in Ws):
        raise ValueError("W must be 2-D")
    Wq, Wk, Wv, Wo = Ws
    if any(W.shape[1] % h for W in Ws[:3]):
        raise ValueError("h does not divide")
    if Wq.shape != Wk.shape or Wv.shape[0] != Wq.shape[0] or Wo.shape[0] != Wv.shape[1]:
        raise ValueError("W do not fit")
    return Ws


def _tokens(x, d_model):
    x = _real(x, "x")
    if x.ndim < 2 or x.shape[-1] != d_model:
        raise ValueError("x does not fit")
    return x


def _split(a, h):
    a = a.reshape(*a.shape[:-1], h, a.shape[-1] // h)
    return np.swapaxes(a, -2, -3)


def _join(a):
    a = np.swapaxes(a, -2, -3)
    return a.reshape(*a.shape[:-2], a.shape[-2] * a.shape[-1])


def multi_head(x, Wq, Wk, Wv, Wo, h, mask=None, causal=False):
    Wq, Wk, Wv, Wo = _weights(Wq, Wk, Wv, Wo, h)
    x = _tokens(x, Wq.shape[0])
    if mask is not None:
        n = x.shape[-2]
        mask = _mask(mask, (*x.shape[:-2], n, n))[..., None, :, :]
        mask = np.broadcast_to(mask, (*x.shape[:-2], h, n, n))
    out, _ = attention(_split(x @ Wq, h), _split(x @ Wk, h), _split(x @ Wv, h), mask, causal)
    return _join(out) @ Wo


class CachedAttention:
    def __init__(self, Wq, Wk, Wv, Wo, h):
        self._W = _weights(Wq, Wk, Wv, Wo, h)
        self._h = h
        self._K = self._V = None

    def step(self, x):
        Wq, Wk, Wv, Wo = self._W
        x = _tokens(x, Wq.shape[0])
        K, V = _split(x @ Wk, self._h), _split(x @ Wv, self._h)
        if self._K is not None:
            if K.shape[:-2] != self._K.shape[:-2]:
                raise ValueError("leading axes differ from those of the first step")
            K = np.concatenate([self._K, K], axis=-2)
            V = np.concatenate([self._V, V], axis=-2)
        out, _ = attention(_split(x @ Wq, self._h), K, V, causal=True)
        if K.shape[-2]:
            self._K, self._V = K, V
        return _join(out) @ Wo


def tiled_attention(Q, K, V, causal=False, tile=64):
    if tile < 1:
        raise ValueError("tile < 1")
    Q, K, V = _qkv(Q, K, V)
    n_q, n_k = Q.shape[-2], K.shape[-2]
    last = np.arange(n_q)[:, None] + (n_k - n_q)
    out = np.zeros((*Q.shape[:-1], V.shape[-1]))
    total = np.zeros((*Q.shape[:-1], 1))
    top = np.full((*Q.shape[:-1], 1), -np.inf)
    for start in range(0, n_k, tile):
        stop = min(start + tile, n_k)
        s = Q @ np.swapaxes(K[..., start:stop, :], -1, -2) / math.sqrt(Q.shape[-1])
        if causal:
            s = np.where(np.arange(start, stop) <= last, s, -np.inf)
        new = np.maximum(top, s.max(axis=-1, keepdims=True))
        safe = np.where(np.isneginf(new), 0.0, new)
        old = np.exp(top - safe)
        e = np.exp(s - safe)
        total = total * old + e.sum(axis=-1, keepdims=True)
        out = out * old + e @ V[..., start:stop, :]
        top = new
    return out / np.where(total == 0, 1.0, total)
