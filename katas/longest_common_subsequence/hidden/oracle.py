"""The truth, slow and plain: every selection is tried, or every way through the grid of changes."""

from collections import deque
from itertools import combinations


def contains(whole, part):
    """Whether part is a subsequence of whole."""
    rest = iter(whole)
    return all(any(x == y for y in rest) for x in part)


def longest(a, b):
    """Give the length of a longest common subsequence by trying every selection of the shorter one."""
    short, long = sorted((list(a), list(b)), key=len)
    sizes = range(len(short), -1, -1)
    return next(k for k in sizes if any(contains(long, part) for part in combinations(short, k)))


def fewest_changes(a, b):
    """
    Give the fewest removals and insertions, as the shortest way through a grid.

    A step down removes an element, a step to the right inserts one, and a slanting
    step over two equal elements is free.
    """
    far = {(0, 0): 0}
    waiting = deque([(0, 0)])
    while waiting:
        i, j = place = waiting.popleft()
        steps = [((i + 1, j), 1), ((i, j + 1), 1)]
        if i < len(a) and j < len(b) and a[i] == b[j]:
            steps.append(((i + 1, j + 1), 0))
        for following, cost in steps:
            if following[0] > len(a) or following[1] > len(b):
                continue
            if far[place] + cost < far.get(following, len(a) + len(b) + 1):
                far[following] = far[place] + cost
                (waiting.append if cost else waiting.appendleft)(following)
    return far[len(a), len(b)]


def length_of_longer(a, b):
    """Give the length for sequences too long to try every selection: kept elements count on both sides."""
    return (len(a) + len(b) - fewest_changes(a, b)) // 2


def carried_out(script):
    """Give the two sequences that a script speaks of: the one before, the one after."""
    before = [x for mark, x in script if mark in ("=", "-")]
    after = [x for mark, x in script if mark in ("=", "+")]
    return before, after


def words(rng, alphabet, sizes):
    """Give a random text for each size, over an alphabet."""
    return ["".join(rng.choice(list(alphabet), size).tolist()) for size in sizes]
