"""Rows against columns, an ordered dict, squares of C, and a table of chains from short to long."""

from __future__ import annotations

from collections import OrderedDict


def matmul(A, B):
    n = _columns(A)
    _columns(B)
    if A and n != len(B):
        raise ValueError(f"{n} columns of A do not fit {len(B)} rows of B")
    columns = list(zip(*B))
    return [[sum(a * b for a, b in zip(row, column)) for column in columns] for row in A]


def _columns(M):
    """Give the number of columns; rows that differ are a ValueError."""
    widths = {len(row) for row in M}
    if len(widths) > 1:
        raise ValueError("rows of different lengths")
    return widths.pop() if widths else 0


def count_fetches(order, room):
    if room < 3:
        raise ValueError(f"no step fits into a room of {room}")
    memory, fetches = OrderedDict(), 0
    for i, j, k in order:
        for tile in (("A", i, k), ("B", k, j), ("C", i, j)):
            if tile in memory:
                memory.move_to_end(tile)
                continue
            fetches += 1
            if len(memory) == room:
                memory.popitem(last=False)
            memory[tile] = None
    return fetches


def tile_order(m, n, p, room):
    side = 1
    while (side + 1) ** 2 + 3 * (side + 1) + 1 <= room:
        side += 1
    return [
        (i, j, k)
        for top in range(0, m, side)
        for left in range(0, p, side)
        for k in range(n)
        for i in range(top, min(top + side, m))
        for j in range(left, min(left + side, p))
    ]


def matrix_chain_order(dims):
    if len(dims) < 2 or min(dims) < 1:
        raise ValueError("not the sizes of a chain")
    count = len(dims) - 1
    best = {(t, t): (0, t) for t in range(count)}
    for length in range(2, count + 1):
        for first in range(count - length + 1):
            last = first + length - 1
            cost, cut = min(
                (
                    best[first, cut][0]
                    + best[cut + 1, last][0]
                    + dims[first] * dims[cut + 1] * dims[last + 1],
                    cut,
                )
                for cut in range(first, last)
            )
            best[first, last] = cost, (best[first, cut][1], best[cut + 1, last][1])
    return best[0, count - 1]
