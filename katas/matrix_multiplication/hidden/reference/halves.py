"""Products of columns and rows, a linked ring of tiles, halving that knows no room, and a cache."""

from __future__ import annotations

from functools import cache


def matmul(A, B):
    for M in (A, B):
        if len({len(row) for row in M}) > 1:
            raise ValueError("rows of different lengths")
    if not A:
        return []
    if len(A[0]) != len(B):
        raise ValueError(f"{len(A[0])} columns of A do not fit {len(B)} rows of B")
    if not B:
        return [[] for _ in A]
    C = [[row[0] * b for b in B[0]] for row in A]
    for k in range(1, len(B)):
        for i, row in enumerate(A):
            C[i] = [c + row[k] * b for c, b in zip(C[i], B[k])]
    return C


class _Tile:
    """A tile in fast memory, between the one touched before it and the one touched after it."""

    def __init__(self, name):
        self.name = name
        self.before = self.after = self

    def leave(self):
        self.before.after, self.after.before = self.after, self.before

    def enter(self, ring):
        """Become the tile touched last."""
        self.before, self.after = ring.before, ring
        ring.before.after = ring.before = self


def count_fetches(order, room):
    if room < 3:
        raise ValueError(f"no step fits into a room of {room}")
    ring, tiles, fetches = _Tile(None), {}, 0
    for i, j, k in order:
        for name in ((i, k, "A"), (k, j, "B"), (i, j, "C")):
            tile = tiles.get(name)
            if tile:
                tile.leave()
            else:
                fetches += 1
                if len(tiles) == room:
                    oldest = ring.after
                    oldest.leave()
                    del tiles[oldest.name]
                tile = tiles[name] = _Tile(name)
            tile.enter(ring)
    return fetches


def tile_order(m, n, p, room):
    order = []

    def halve(rows, columns, depth):
        """Do the longest side in two halves, whatever the room."""
        longest = max(len(rows), len(columns), len(depth))
        half = longest // 2
        if longest == 1:
            order.append((rows[0], columns[0], depth[0]))
        elif len(rows) == longest:
            halve(rows[:half], columns, depth)
            halve(rows[half:], columns, depth)
        elif len(columns) == longest:
            halve(rows, columns[:half], depth)
            halve(rows, columns[half:], depth)
        else:
            halve(rows, columns, depth[:half])
            halve(rows, columns, depth[half:])

    halve(range(m), range(p), range(n))
    return order


def matrix_chain_order(dims):
    if len(dims) < 2 or min(dims) < 1:
        raise ValueError("not the sizes of a chain")

    @cache
    def best(first, last):
        if first == last:
            return 0, first
        ways = []
        for cut in range(first, last):
            left, right = best(first, cut), best(cut + 1, last)
            here = dims[first] * dims[cut + 1] * dims[last + 1]
            ways.append((left[0] + right[0] + here, (left[1], right[1])))
        return min(ways, key=lambda way: way[0])

    return best(0, len(dims) - 2)
