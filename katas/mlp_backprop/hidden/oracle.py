"""
The truth without a single derivative formula: the loss, evaluated at complex weights.

For a function that is analytic near x, f(x + ih) = f(x) + ih·f'(x) + O(h²), so that
the imaginary part over h is the derivative. Nothing is subtracted, hence h = 1e-200
costs no digit, where a central difference is left with about ten.
"""

import numpy as np

STEP = 1e-200


def logits_of(params, X):
    """Layer by layer; where z is complex, its real part alone decides about the bend."""
    a = np.array(X, dtype=np.float64)
    for depth, (W, b) in enumerate(params):
        z = a @ W + b
        a = z if depth == len(params) - 1 else np.where(z.real > 0, z, 0)
    return a


def loss_of(params, X, y, l2=0.0):
    total = 0.0
    for row, label in zip(logits_of(params, X), y, strict=True):
        top = row[np.argmax(row.real)]
        total = total + np.log(np.sum(np.exp(row - top))) + top - row[label]
    return total / len(y) + l2 / 2 * sum(np.sum(W * W) for W, _ in params)


def gradients(params, X, y, l2=0.0):
    """Move one entry at a time by a little into the imaginary direction."""
    tilted = [tuple(part.astype(np.complex128) for part in layer) for layer in params]
    grads = []
    for layer in tilted:
        slopes = tuple(np.zeros(part.shape) for part in layer)
        for part, slope in zip(layer, slopes, strict=True):
            for place in np.ndindex(part.shape):
                part[place] += 1j * STEP
                slope[place] = loss_of(tilted, X, y, l2).imag / STEP
                part[place] = part[place].real
        grads.append(slopes)
    return grads


def descend(params, X, y, lr, epochs, l2=0.0):
    """The network after `epochs` steps, and the losses before the first and after each."""
    losses = [float(loss_of(params, X, y, l2))]
    for _ in range(epochs):
        grads = gradients(params, X, y, l2)
        params = [
            (W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads, strict=True)
        ]
        losses.append(float(loss_of(params, X, y, l2)))
    return params, np.array(losses)


def network(rng, sizes, scale=1.0):
    """A network of random weights and random biases."""
    return [
        (scale * rng.normal(size=(n, k)), scale * rng.normal(size=k))
        for n, k in zip(sizes[:-1], sizes[1:], strict=True)
    ]


def samples(rng, m, d, classes):
    """Random samples; the first `classes` of them have one class each."""
    labels = np.concatenate([np.arange(classes), rng.integers(0, classes, m)])[:m]
    return rng.normal(size=(m, d)), rng.permutation(labels)
