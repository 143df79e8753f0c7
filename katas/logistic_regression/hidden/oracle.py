"""Loss, gradient and descent in long decimals, sample by sample: slow, obvious, independent."""

from decimal import Decimal, localcontext

import numpy as np
from graders.testing import record


@record
class Fit:
    def __init__(self, w, b, losses, converged):
        self.w, self.b, self.losses, self.converged = w, b, losses, converged


# 1 + exp(-s) must keep exp(-s) down to the smallest float64, some 324 places behind the 1.
_LOSS_DIGITS = 400


def _sigma(z):
    return 1 / (1 + (-z).exp())


def sigma(z):
    """Give 1 / (1 + exp(-z)) of one number."""
    with localcontext(prec=60):
        return float(_sigma(Decimal(z)))


def sigmas(z):
    z = np.asarray(z)
    return np.array([sigma(v) for v in z.ravel().tolist()], dtype=float).reshape(z.shape)


def _exact(values):
    return [Decimal(v) if not isinstance(v, bool) else Decimal(int(v)) for v in values]


def _rows(X):
    return [_exact(row) for row in np.asarray(X).tolist()]


def _scores(rows, w, b):
    return [sum((x * v for x, v in zip(row, w, strict=True)), b) for row in rows]


def _loss(rows, labels, w, b, l2):
    signed = [z if label else -z for z, label in zip(_scores(rows, w, b), labels, strict=True)]
    total = sum((1 + (-s).exp()).ln() for s in signed)
    return total / len(labels) + l2 / 2 * sum(v * v for v in w)


def _gradient(rows, labels, w, b, l2):
    m = len(labels)
    errors = [_sigma(z) - label for z, label in zip(_scores(rows, w, b), labels, strict=True)]
    by_w = [
        sum(e * row[j] for e, row in zip(errors, rows, strict=True)) / m + l2 * v
        for j, v in enumerate(w)
    ]
    return by_w, sum(errors) / m


def _labels(y):
    return [int(v) for v in np.asarray(y).tolist()]


def loss(X, y, w, b, l2=0.0):
    """Give the mean cross-entropy with the penalty."""
    with localcontext(prec=_LOSS_DIGITS):
        w, (b, l2) = _exact(np.asarray(w).tolist()), _exact([b, l2])
        return float(_loss(_rows(X), _labels(y), w, b, l2))


def gradient(X, y, w, b, l2=0.0):
    """Give dw and db."""
    with localcontext(prec=60):
        w, (b, l2) = _exact(np.asarray(w).tolist()), _exact([b, l2])
        dw, db = _gradient(_rows(X), _labels(y), w, b, l2)
        return np.array(dw, dtype=float), float(db)


def size(X, y, w, b, l2=0.0):
    """Give the largest entry of the gradient without its sign."""
    dw, db = gradient(X, y, w, b, l2)
    return max(*np.abs(dw).tolist(), abs(db))


def descend(X, y, lr, epochs, l2=0.0):
    """Give w, b and the losses of so many steps from zero."""
    with localcontext(prec=40):
        rows, labels, (lr, l2) = _rows(X), _labels(y), _exact([lr, l2])
        w, b = [Decimal(0)] * len(rows[0]), Decimal(0)
        losses = [_loss(rows, labels, w, b, l2)]
        for _ in range(epochs):
            dw, db = _gradient(rows, labels, w, b, l2)
            w, b = [v - lr * d for v, d in zip(w, dw, strict=True)], b - lr * db
            losses.append(_loss(rows, labels, w, b, l2))
        return np.array(w, dtype=float), float(b), np.array(losses, dtype=float)


def steadiest(X, l2=0.0):
    """Give a learning rate with which the loss must fall: one over a bound of the curvature."""
    A = np.column_stack([X, np.ones(len(X))])
    return 1 / (np.linalg.eigvalsh(A.T @ A / len(X))[-1] / 4 + l2)


def samples(rng, m, n, most=3):
    """Give whole features and labels that no line separates: each corner occurs with both labels."""
    corners = np.vstack([np.zeros(n), np.eye(n)])
    X = np.vstack([corners, corners, rng.integers(-most, most + 1, (m, n))]).astype(float)
    y = np.concatenate([np.zeros(n + 1), np.ones(n + 1), rng.integers(0, 2, m)]).astype(int)
    order = rng.permutation(len(y))
    return X[order], y[order]
