"""Attention by its definition, entry by entry, in decimals of 50 digits: slow, obvious, independent."""

from decimal import Context, Decimal, setcontext

import numpy as np

# The exponents of decimals are wide enough for exp(1e9), so nothing has to be shifted.
setcontext(Context(prec=50, Emin=-(10**12), Emax=10**12))


def attended(Q, K, V, mask=None, causal=False):
    """Give (out, weights) for arrays of any leading axes."""
    Q, K, V = (np.asarray(a, dtype=float) for a in (Q, K, V))
    leading, (n_q, n_k) = Q.shape[:-2], (Q.shape[-2], K.shape[-2])
    out, weights = np.zeros((*leading, n_q, V.shape[-1])), np.zeros((*leading, n_q, n_k))
    bias = np.broadcast_to(_bias(mask), weights.shape)
    for place in np.ndindex(*leading):
        for i in range(n_q):
            seen = [j for j in range(n_k) if bias[place][i, j] != -np.inf]
            if causal:
                seen = [j for j in seen if j <= i + n_k - n_q]
            shares = _shares(Q[place][i], K[place], bias[place][i], seen)
            for j, share in shares.items():
                weights[place][i, j] = share
            for c in range(V.shape[-1]):
                parts = (share * Decimal(float(V[place][j, c])) for j, share in shares.items())
                out[place][i, c] = sum(parts, Decimal(0))
    return out, weights


def _bias(mask):
    if mask is None:
        return np.zeros(())
    mask = np.asarray(mask)
    return np.where(mask, 0.0, -np.inf) if mask.dtype == bool else mask.astype(float)


def _shares(query, keys, bias, seen):
    root = Decimal(len(query)).sqrt()
    tops = {j: (_dot(query, keys[j]) / root + Decimal(float(bias[j]))).exp() for j in seen}
    whole = sum(tops.values(), Decimal(0))
    return {j: top / whole for j, top in tops.items()}


def _dot(a, b):
    products = (Decimal(float(p)) * Decimal(float(q)) for p, q in zip(a, b, strict=True))
    return sum(products, Decimal(0))


def headed(x, Wq, Wk, Wv, Wo, h, mask=None, causal=False):
    """Give the multi-head self-attention, one element of the batch and one head at a time."""
    x, Wq, Wk, Wv, Wo = (np.asarray(a, dtype=float) for a in (x, Wq, Wk, Wv, Wo))
    d_k, d_v, n = Wq.shape[1] // h, Wv.shape[1] // h, x.shape[-2]
    result = np.zeros((*x.shape[:-1], Wo.shape[1]))
    bias = np.broadcast_to(_bias(mask), (*x.shape[:-1], n))
    for place in np.ndindex(*x.shape[:-2]):
        for i in range(h):
            q, k = (x[place] @ W[:, i * d_k : (i + 1) * d_k] for W in (Wq, Wk))
            v = x[place] @ Wv[:, i * d_v : (i + 1) * d_v]
            out, _ = attended(q, k, v, bias[place], causal)
            # Side by side and then times Wo is the sum over heads of out times its rows of Wo.
            result[place] += out @ Wo[i * d_v : (i + 1) * d_v]
    return result
