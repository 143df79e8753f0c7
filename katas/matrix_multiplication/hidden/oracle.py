"""Slow and obvious truth: sums by definition, fast memory by looking back, all trees of a chain."""

from collections import OrderedDict


def product(A, B):
    """Give the product of non-empty matrices, each entry by definition."""
    result = []
    for row in A:
        result.append([])
        for j in range(len(B[0])):
            total = row[0] * B[0][j]
            for k in range(1, len(B)):
                total += row[k] * B[k][j]
            result[-1].append(total)
    return result


def touches(order):
    return [t for i, j, k in order for t in (("A", i, k), ("B", k, j), ("C", i, j))]


def fetches(order, room):
    """Count the touches whose tile was never there, or went: `room` others came since."""
    seen, count = [], 0
    for tile in touches(order):
        if tile in seen:
            last = len(seen) - 1 - seen[::-1].index(tile)
            count += len(set(seen[last + 1 :])) >= room
        else:
            count += 1
        seen.append(tile)
    return count


def replayed(order, room):
    """Count the same by replaying, which is fast enough for long orders."""
    memory, count = OrderedDict(), 0
    for tile in touches(order):
        if tile not in memory:
            count += 1
            if len(memory) == room:
                memory.popitem(last=False)
        memory[tile] = True
        memory.move_to_end(tile)
    return count


def steps(m, n, p):
    return {(i, j, k) for i in range(m) for j in range(p) for k in range(n)}


def is_few(count, m, n, p, room):
    """Whether count <= m n + n p + m p + 5 m n p / sqrt(room), in whole numbers."""
    extra = count - (m * n + n * p + m * p)
    return extra <= 0 or extra * extra * room <= 25 * (m * n * p) ** 2


def trees(first, last):
    """Give all trees over the matrices first, first + 1, ..., last."""
    if first == last:
        return [first]
    return [
        (left, right)
        for cut in range(first, last)
        for left in trees(first, cut)
        for right in trees(cut + 1, last)
    ]


def tree_cost(tree, dims):
    """Give the multiplications of a tree; an AssertionError where it is none over the chain."""
    first, last, cost = _walk(tree, dims)
    assert (first, last) == (0, len(dims) - 2), "not all the matrices"
    return cost


def _walk(tree, dims):
    if type(tree) is int:
        assert 0 <= tree < len(dims) - 1, "no such matrix"
        return tree, tree, 0
    assert type(tree) is tuple, "neither a number nor a pair"
    assert len(tree) == 2, "neither a number nor a pair"
    first, cut, left = _walk(tree[0], dims)
    follows, last, right = _walk(tree[1], dims)
    assert follows == cut + 1, "another order of the matrices"
    return first, last, left + right + dims[first] * dims[cut + 1] * dims[last + 1]


def least_cost(dims):
    return min(tree_cost(tree, dims) for tree in trees(0, len(dims) - 2))
