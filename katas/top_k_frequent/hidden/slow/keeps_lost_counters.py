"""
Mistake: counters that were lost are kept, marked as out of use
Fails: memory
Say: You mark a counter as out of use and keep it. Who will ever ask for it again, and how many are there in the end?
Ask: Which containers of a long-running service grow like this without anybody noticing?
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
    counters, seen = {}, {}
    for x in stream:
        if not seen.get(x):
            least = 0
            if len(counters) == k:
                loser = min(counters, key=lambda value: counters[value][0])
                least, _ = counters.pop(loser)
                seen[loser] = False
            seen[x] = True
            counters[x] = [least, least]
        counters[x][0] += 1
    ranked = sorted(counters.items(), key=lambda pair: -pair[1][0])
    return [(x, count, error) for x, (count, error) in ranked]
