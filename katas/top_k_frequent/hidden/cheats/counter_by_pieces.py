"""
Mistake: Counter is asked for by a name put together at run time
Fails: rules
Say: The counting is done by Counter, which this kata forbids. What does Counter do for each element? Two lines of your own do it.
Ask: What does Counter offer beyond a dict of counts, and where would you use it in production?
"""

import collections
import heapq


def _counted(nums):
    return getattr(collections, "Coun" + "ter")(nums)


def top_k_frequent(nums, k):
    if k < 0:
        raise ValueError("k is below 0")
    counts = _counted(nums)
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
            least, _ = counters.pop(loser)
            counters[x] = [least + 1, least]
    ranked = sorted(counters.items(), key=lambda pair: -pair[1][0])
    return [(x, count, error) for x, (count, error) in ranked]
