"""
Mistake: a heap of all items is emptied to the last one
Fails: comparisons
Say: You take every item off the heap, and then cut. After how many have you seen enough?
Ask: What does it cost to build a heap of n items, and what to take k off it?
"""

import heapq


class _Largest:
    def __init__(self, item, place):
        self.item, self.place = item, place

    def __lt__(self, other):
        if other.item < self.item:
            return True
        return not self.item < other.item and self.place < other.place


def top_k_frequent(nums, k):
    if k < 0:
        raise ValueError("k is below 0")
    counts = {}
    for x in nums:
        counts[x] = counts.get(x, 0) + 1
    return sorted(counts, key=counts.get, reverse=True)[:k]


def k_largest(items, k):
    if k < 0:
        raise ValueError("k is below 0")
    heap = [_Largest(item, place) for place, item in enumerate(items)]
    heapq.heapify(heap)
    return [heapq.heappop(heap).item for _ in items][:k]


def space_saving(stream, k):
    if k < 1:
        raise ValueError("there is no counter")
    counters = {}
    for x in stream:
        if x in counters:
            counters[x][0] += 1
        elif len(counters) < k:
            counters[x] = [1, 0]
        else:
            loser = min(counters, key=lambda value: counters[value][0])
            least, _ = counters.pop(loser)
            counters[x] = [least + 1, least]
    ranked = sorted(counters.items(), key=lambda pair: -pair[1][0])
    return [(x, count, error) for x, (count, error) in ranked]
