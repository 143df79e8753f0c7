"""
Mistake: the list that was handed over is sorted in place
Fails: frequent
Say: You sort the caller's own list. What does the caller find in it afterwards, and what could you sort instead?
Ask: How does a Python function say whether it changes its argument?
"""

import heapq


def top_k_frequent(nums, k):
    if k < 0:
        raise ValueError("k is below 0")
    counts = {}
    for x in nums:
        counts[x] = counts.get(x, 0) + 1
    forms = {x: x for x in counts}
    first = {x: place for place, x in enumerate(counts)}
    nums.sort(key=lambda x: (-counts[x], first[x]))
    return [forms[x] for x in dict.fromkeys(nums)][:k]


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
