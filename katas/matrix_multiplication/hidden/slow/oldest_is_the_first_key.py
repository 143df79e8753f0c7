"""
Mistake: the tile touched longest ago is the first key of a plain dict.
Fails: time
Say: next(iter(...)) of a dict walks over the places of all keys that were deleted at its front. How long does that take after
  ten thousand tiles have gone?
Ask: What does an OrderedDict keep beside the keys, so that its first one is found at once?
"""

from __future__ import annotations


def _columns(M, name):
    if not M:
        return 0
    n = len(M[0])
    if any(len(row) != n for row in M):
        raise ValueError(f"the rows of {name} differ in length")
    return n


def matmul(A: list[list], B: list[list]) -> list[list]:
    """Give the product of two matrices, as a new list of new rows."""
    n, p = _columns(A, "A"), _columns(B, "B")
    if not A:
        return []
    if n != len(B):
        raise ValueError("A needs as many columns as B has rows")
    columns = [[row[j] for row in B] for j in range(p)]
    return [[sum(a * b for a, b in zip(row, column)) for column in columns] for row in A]


def count_fetches(order: list[tuple[int, int, int]], room: int) -> int:
    """Give how many tiles are fetched when the steps (i, j, k) are done one after the other."""
    if room < 3:
        raise ValueError("one step needs room for three tiles")
    fast = {}
    fetched = 0
    for i, j, k in order:
        for tile in (("A", i, k), ("B", k, j), ("C", i, j)):
            if tile in fast:
                fast[tile] = fast.pop(tile)
                continue
            fetched += 1
            if len(fast) == room:
                del fast[next(iter(fast))]
            fast[tile] = None
    return fetched


def _side(room):
    side = 1
    while (side + 1) ** 2 + 3 * (side + 1) < room:
        side += 1
    return side


def tile_order(m: int, n: int, p: int, room: int) -> list[tuple[int, int, int]]:
    """Give all steps (i, j, k) of the product, in an order that fetches few tiles."""
    s = _side(room)
    order = []
    for i0 in range(0, m, s):
        for j0 in range(0, p, s):
            for k in range(n):
                for i in range(i0, min(i0 + s, m)):
                    for j in range(j0, min(j0 + s, p)):
                        order.append((i, j, k))
    return order


def matrix_chain_order(dims: list[int]) -> tuple[int, object]:
    """Give the smallest number of multiplications of a chain, and the tree that gets by with it."""
    if len(dims) < 2 or min(dims) < 1:
        raise ValueError("at least two sizes, all of them at least 1")
    count = len(dims) - 1
    best = [[(0, t)] * count for t in range(count)]
    for t in range(count):
        best[t][t] = (0, t)
    for length in range(2, count + 1):
        for first in range(count - length + 1):
            last = first + length - 1
            cost, cut = min(
                (
                    best[first][c][0]
                    + best[c + 1][last][0]
                    + dims[first] * dims[c + 1] * dims[last + 1],
                    c,
                )
                for c in range(first, last)
            )
            best[first][last] = (cost, (best[first][cut][1], best[cut + 1][last][1]))
    return best[0][count - 1]
