"""
Mistake: the products are done from left to right
Fails: chain
Say: You multiply from left to right. Which other ways are there for three matrices, and what do
  they cost?
Ask: How many ways to set the brackets are there for n matrices?
"""

from __future__ import annotations

from collections import OrderedDict


def matmul(A, B):
    n = _columns(A)
    p = _columns(B)
    if A and n != len(B):
        raise ValueError(f"{n} columns of A do not fit {len(B)} rows of B")
    result = []
    for row in A:
        sums = []
        for j in range(p):
            total = 0
            for k in range(n):
                total += row[k] * B[k][j]
            sums.append(total)
        result.append(sums)
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
    sizes, trees, cost = list(dims), list(range(len(dims) - 1)), 0
    while len(trees) > 1:
        at = 1
        cost += sizes[at - 1] * sizes[at] * sizes[at + 1]
        trees[at - 1 : at + 1] = [(trees[at - 1], trees[at])]
        del sizes[at]
    return cost, trees[0]
