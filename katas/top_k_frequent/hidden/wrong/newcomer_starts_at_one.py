"""
Mistake: a newcomer starts at 1
Fails: stream
Say: Your newcomer begins with a count of 1. How often may it have come by before, without a counter?
Ask: Why is a count that is never too small worth more here than one that is close?
"""

import heapq


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
    heap = []
    for place, item in enumerate(items):
        entry = (item, -place)
        if len(heap) < k:
            heapq.heappush(heap, entry)
        elif k and heap[0] < entry:
            heapq.heapreplace(heap, entry)
    return [item for item, _ in sorted(heap, reverse=True)]


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
            del counters[loser]
            counters[x] = [1, 0]
    ranked = sorted(counters.items(), key=lambda pair: -pair[1][0])
    return [(x, count, error) for x, (count, error) in ranked]
