"""
Mistake: the rows of the result replace the rows of A
Fails: fresh
Say: You put the result into A. Who else may be holding that list when you return?
Ask: When is it right to work in place, and how do you tell the caller?
"""

from __future__ import annotations

from collections import OrderedDict


def matmul(A, B):
    n = _columns(A)
    p = _columns(B)
    if A and n != len(B):
        raise ValueError(f"{n} columns of A do not fit {len(B)} rows of B")
    result = A
    for i, row in enumerate(A):
        sums = []
        for j in range(p):
            total = 0
            for k in range(n):
                total += row[k] * B[k][j]
            sums.append(total)
        result[i] = sums
    return result


def _columns(M):
    """Give the number of columns; rows that differ are a ValueError."""
    if any(len(row) != len(M[0]) for row in M):
        raise ValueError("rows of different lengths")
    return len(M[0]) if M else 0


def count_fetches(order, room):
    if room < 3:
        raise ValueError(f"no step fits into a room of {room}")
    memory = OrderedDict()
    fetches = 0
    for i, j, k in order:
        for tile in (("A", i, k), ("B", k, j), ("C", i, j)):
            if tile in memory:
                memory.move_to_end(tile)
            else:
                fetches += 1
                if len(memory) == room:
                    memory.popitem(last=False)
                memory[tile] = True
    return fetches


def tile_order(m, n, p, room):
    side = 1
    while (side + 1) ** 2 + 3 * (side + 1) + 1 <= room:
        side += 1
    order = []
    for top in range(0, m, side):
        for left in range(0, p, side):
            for k in range(n):
                for i in range(top, min(top + side, m)):
                    for j in range(left, min(left + side, p)):
                        order.append((i, j, k))
    return order


def matrix_chain_order(dims):
    if len(dims) < 2 or min(dims) < 1:
        raise ValueError("not the sizes of a chain")
    count = len(dims) - 1
    cost = [[0] * count for _ in range(count)]
    tree = [[t] * count for t in range(count)]
    for length in range(2, count + 1):
        for first in range(count - length + 1):
            last = first + length - 1
            cost[first][last] = None
            for cut in range(first, last):
                whole = cost[first][cut] + cost[cut + 1][last]
                whole += dims[first] * dims[cut + 1] * dims[last + 1]
                if cost[first][last] is None or whole < cost[first][last]:
                    cost[first][last] = whole
                    tree[first][last] = (tree[first][cut], tree[cut + 1][last])
    return cost[0][count - 1], tree[0][count - 1]
