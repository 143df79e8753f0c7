"""Softmax as it stands in the book, in decimals of 60 digits: slow, obvious, independent."""

from decimal import Decimal, localcontext

import numpy as np

DIGITS = 60
INFINITE = Decimal("Infinity")


def decimals(row):
    return [Decimal(v) for v in np.asarray(row).tolist()]


def _shares(row):
    """Give exp(x_k) of each logit and their sum; a decimal has room for exp(10 000)."""
    powers = [v.exp() for v in row]
    return powers, sum(powers)


def _log_shares(row):
    """Give x_k - log(sum of exp(x_j)); a masked class stays at minus infinity."""
    logarithm = _shares(row)[1].ln()
    return [v - logarithm for v in row]


def _along(function, x, axis):
    """Give function(row) for each row along an axis, rounded to float64 at the very end."""
    moved = np.moveaxis(np.asarray(x), axis, -1)
    rows = moved.reshape(-1, moved.shape[-1])
    with localcontext() as context:
        context.prec = DIGITS
        found = [[float(v) for v in function(decimals(row))] for row in rows]
    return np.moveaxis(np.array(found, dtype=float).reshape(moved.shape), -1, axis)


def probabilities(x, axis=-1):
    def shares(row):
        powers, total = _shares(row)
        return [power / total for power in powers]

    return _along(shares, x, axis)


def logarithms(x, axis=-1):
    return _along(_log_shares, x, axis)


def _loss(row, target, smoothing):
    """Give the sum of q_k * (-log p_k), where a q of 0 costs nothing."""
    smoothing = Decimal(smoothing)
    total = Decimal(0)
    for k, logarithm in enumerate(_log_shares(row)):
        q = smoothing / len(row) + (1 - smoothing) * (k == target)
        if q:
            total -= q * logarithm
    return total


def losses(logits, targets, *, ignored=-100, smoothing=0.0):
    """Give the loss of each sample, 0 where it is ignored."""
    with localcontext() as context:
        context.prec = DIGITS
        return np.array(
            [
                0.0 if t == ignored else float(_loss(decimals(row), t, smoothing))
                for row, t in zip(np.asarray(logits), np.asarray(targets).tolist(), strict=True)
            ],
            dtype=float,
        )


def mean(logits, targets, *, ignored=-100, smoothing=0.0):
    kept = [t for t in np.asarray(targets).tolist() if t != ignored]
    each = losses(logits, targets, ignored=ignored, smoothing=smoothing)
    return float(each.sum() / len(kept)) if kept else 0.0


def slopes(logits, targets, *, ignored=-100, smoothing=0.0):
    """Give the derivative of the mean loss by differences of 1e-20: no formula for it is used."""
    logits, targets = np.asarray(logits), np.asarray(targets).tolist()
    kept = sum(t != ignored for t in targets)
    found = np.zeros(logits.shape)
    h = Decimal("1e-20")
    with localcontext() as context:
        context.prec = DIGITS
        for i, t in enumerate(targets):
            row = decimals(logits[i])
            for k in range(len(row)) if t != ignored else ():
                above, below = ([*row[:k], row[k] + step, *row[k + 1 :]] for step in (h, -h))
                difference = _loss(above, t, smoothing) - _loss(below, t, smoothing)
                found[i, k] = float(difference / (2 * h) / kept)
    return found


def sixteenths(rng, shape, most=4):
    """Give random multiples of 1/16, to which whole numbers can be added without rounding."""
    return rng.integers(-most * 16, most * 16 + 1, shape) / 16
