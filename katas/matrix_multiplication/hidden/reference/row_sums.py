"""Rows of B added up, a clock for every tile, cubes of steps, and recursion that remembers."""

from __future__ import annotations

from collections import deque
from math import isqrt


def matmul(A, B):
    for M in (A, B):
        if any(len(row) != len(M[0]) for row in M):
            raise ValueError("rows of different lengths")
    if not A:
        return []
    if len(A[0]) != len(B):
        raise ValueError(f"{len(A[0])} columns of A do not fit {len(B)} rows of B")
    return [_combined(row, B) for row in A]


def _combined(factors, rows):
    """Give the sum of the rows, each times its factor."""
    total = [0] * len(rows[0]) if rows else []
    for factor, row in zip(factors, rows):
        for j, value in enumerate(row):
            total[j] += factor * value
    return total


def count_fetches(order, room):
    if room < 3:
        raise ValueError(f"no step fits into a room of {room}")
    touched = {}  # tile in fast memory: time of its last touch
    waiting = deque()  # (time, tile), the older ones of a tile out of date
    now = fetches = 0
    for i, j, k in order:
        for tile in ((0, i, k), (1, k, j), (2, i, j)):
            if tile not in touched:
                fetches += 1
                while len(touched) >= room:
                    time, oldest = waiting.popleft()
                    if touched.get(oldest) == time:
                        del touched[oldest]
            now += 1
            touched[tile] = now
            waiting.append((now, tile))
    return fetches


def tile_order(m, n, p, room):
    side = isqrt(room // 3)  # a square of A, one of B and one of C fit
    order = []
    for top in range(0, m, side):
        for left in range(0, p, side):
            for near in range(0, n, side):
                for k in range(near, min(near + side, n)):
                    for i in range(top, min(top + side, m)):
                        for j in range(left, min(left + side, p)):
                            order.append((i, j, k))
    return order


def matrix_chain_order(dims):
    if len(dims) < 2 or any(size < 1 for size in dims):
        raise ValueError("not the sizes of a chain")
    cuts, costs = {}, {}

    def cost(start, stop):
        """Give the least cost of the matrices from start up to, not including, stop."""
        if stop - start == 1:
            return 0
        if (start, stop) not in costs:
            least = None
            for cut in range(start + 1, stop):
                whole = cost(start, cut) + cost(cut, stop) + dims[start] * dims[cut] * dims[stop]
                if least is None or whole < least:
                    least, cuts[start, stop] = whole, cut
            costs[start, stop] = least
        return costs[start, stop]

    def tree(start, stop):
        if stop - start == 1:
            return start
        cut = cuts[start, stop]
        return tree(start, cut), tree(cut, stop)

    return cost(0, len(dims) - 1), tree(0, len(dims) - 1)
