"""
Mistake: the recursion works every part of the chain out again and again
Fails: time
Say: Your recursion forgets: it works the same parts of the chain out again and again. How many
  different parts are there?
Ask: How many calls does it take for n matrices, and how many with a table?
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

    def best(first, last):
        """Give cost, first cut and tree of the best way."""
        if first == last:
            return 0, first, first
        ways = []
        for cut in range(first, last):
            left, _, left_tree = best(first, cut)
            right, _, right_tree = best(cut + 1, last)
            whole = left + right + dims[first] * dims[cut + 1] * dims[last + 1]
            ways.append((whole, cut, (left_tree, right_tree)))
        return min(ways, key=lambda way: way[:2])

    cost, _, tree = best(0, len(dims) - 2)
    return cost, tree
