"""
Mistake: the code of nlargest comes from the loader of its module and is made a function again
Fails: rules
Say: The choosing is done by a function that this kata forbids. Which k items does it keep on its way through the list, and which one does it compare a new item with?
Ask: What do nlargest and sorted promise of equal items?
"""

import heapq


def _chosen(items, k):
    whole = heapq.__loader__.get_code("heapq")
    (part,) = [c for c in whole.co_consts if getattr(c, "co_name", "") == "n" + "largest"]
    made = type(_chosen)(part, {**vars(heapq)}, "made", (None,))
    return made(k, items)


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
    return _chosen(items, k)


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
