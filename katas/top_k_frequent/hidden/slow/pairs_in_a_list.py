"""
Mistake: the counts stand in a list of values that is searched for each element
Fails: time
Say: You search a list for the counter of each value. What could lead you from a value to its counter in one step?
Ask: What does a dict need from a value that a list does not?
"""

import heapq


def top_k_frequent(nums, k):
    if k < 0:
        raise ValueError("k is below 0")
    different, counts = [], []
    for x in nums:
        hash(x)
        if x in different:
            counts[different.index(x)] += 1
        else:
            different.append(x)
            counts.append(1)
    order = sorted(range(len(different)), key=lambda i: -counts[i])
    return [different[i] for i in order[:k]]


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
