"""
Mistake: a value is hashed only where no counter holds an equal one
Fails: errors
Say: You compare before you hash. Which value that is not hashable equals one that is?
Ask: Why may a frozenset be a key of a dict, and a set not?
"""

import heapq


def top_k_frequent(nums: list, k: int) -> list:
    if k < 0:
        raise ValueError("k must not be negative")
    counts = {}
    for value in nums:
        counts[value] = counts.get(value, 0) + 1
    return sorted(counts, key=counts.get, reverse=True)[:k]


class _Entry:
    __slots__ = ("item", "index")

    def __init__(self, item, index):
        self.item = item
        self.index = index

    def __lt__(self, other):
        if self.item < other.item:
            return True
        if other.item < self.item:
            return False
        return self.index > other.index


def k_largest(items: list, k: int) -> list:
    if k < 0:
        raise ValueError("k must not be negative")
    if k == 0:
        return []
    heap = [_Entry(item, index) for index, item in enumerate(items[:k])]
    heapq.heapify(heap)
    for index in range(k, len(items)):
        if heap[0].item < items[index]:
            heapq.heapreplace(heap, _Entry(items[index], index))
    heap.sort(reverse=True)
    return [entry.item for entry in heap]


def space_saving(stream: list, k: int) -> list[tuple]:
    if k < 1:
        raise ValueError("k must be positive")
    cells = []
    for value in stream:
        for cell in cells:
            if cell[0] == value:
                cell[1] += 1
                break
        else:
            hash(value)
            smallest = 0
            if len(cells) >= k:
                worst = min(cells, key=lambda cell: cell[1])
                smallest = worst[1]
                cells = [cell for cell in cells if cell is not worst]
            cells.append([value, smallest + 1, smallest])
    cells.sort(key=lambda cell: -cell[1])
    return [tuple(cell) for cell in cells]
