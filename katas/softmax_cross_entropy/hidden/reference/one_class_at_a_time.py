"""A running maximum and a running sum, class after class; samples one by one."""

from __future__ import annotations

import math

import numpy as np


def softmax(x, axis=-1):
    columns, top, total = _running(x, axis)
    shares = [np.exp(column - top) / total for column in columns]
    return np.moveaxis(np.array(shares).reshape(columns.shape), 0, axis)


def log_softmax(x, axis=-1):
    columns, top, total = _running(x, axis)
    return np.moveaxis((columns - top) - np.log(total), 0, axis)


def _running(x, axis):
    """Give the classes as first axis, the largest logit, and the sum of exp below it."""
    columns = np.moveaxis(np.array(x, dtype=float), axis, 0)
    if len(columns) == 0 or np.isnan(columns).any() or (columns == np.inf).any():
        raise ValueError("no classes, NaN or +inf")
    top = np.full(columns.shape[1:], -np.inf)
    total = np.zeros(columns.shape[1:])
    for column in columns:
        higher = np.maximum(top, column)
        level = np.where(np.isinf(higher), 0.0, higher)
        total = total * np.exp(top - level) + np.exp(column - level)
        top = higher
    if np.isinf(top).any():
        raise ValueError("nothing but masked classes")
    return columns, top, total


def cross_entropy(logits, targets, reduction="mean", ignore_index=-100, label_smoothing=0.0):
    table, named = _table(logits, targets, ignore_index, label_smoothing)
    each = []
    for row, target in zip(table, named):
        each.append(0.0 if target is None else _loss(row, target, label_smoothing))
    if reduction == "none":
        return np.array(each, dtype=float)
    total = float(np.sum(each))
    if reduction == "sum":
        return total
    if reduction != "mean":
        raise ValueError("reduction must be mean, sum or none")
    count = sum(target is not None for target in named)
    return total / count if count else 0.0


def grad(logits, targets, ignore_index=-100, label_smoothing=0.0):
    table, named = _table(logits, targets, ignore_index, label_smoothing)
    slopes = np.zeros_like(table)
    count = sum(target is not None for target in named)
    for i, target in enumerate(named):
        if target is not None:
            wanted = np.full(table.shape[1], label_smoothing / table.shape[1])
            wanted[target] += 1 - label_smoothing
            slopes[i] = (softmax(table[i]) - wanted) / count
    return slopes


def _loss(row, target, smoothing):
    """Add up q (log sum - x), leaving out what has no weight."""
    _, top, total = _running(row, 0)
    behind = (top - row) + np.log(total)
    costs = [(1 - smoothing) * behind[target]] if smoothing < 1 else []
    if smoothing > 0:
        costs.append(smoothing * math.fsum(behind) / len(row))
    return math.fsum(costs)


def _table(logits, targets, ignore_index, smoothing):
    """Give the logits as float64 and a class, or None, for each row."""
    table, names = np.array(logits, dtype=float), np.array(targets)
    if table.ndim != 2 or table.shape[1] < 1 or names.ndim != 1 or len(names) != len(table):
        raise ValueError("shapes do not fit")
    if not np.issubdtype(names.dtype, np.integer):
        raise ValueError("targets must be integers")
    if not (smoothing >= 0 and smoothing <= 1):
        raise ValueError("smoothing out of range")
    named = [None if t == ignore_index else t for t in names.tolist()]
    if any(t is not None and not 0 <= t < table.shape[1] for t in named):
        raise ValueError("no such class")
    return table, named
