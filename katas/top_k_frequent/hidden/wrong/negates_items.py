"""
Mistake: items are negated to turn the heap round
Fails: largest
Say: You negate the items so that the smallest becomes the largest. Which items cannot be negated, and what else tells you which of two is the larger?
Ask: How do you get a max-heap of things that can only be compared?
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
    entries = [(-item, place) for place, item in enumerate(items)]
    heapq.heapify(entries)
    chosen = [heapq.heappop(entries) for _ in range(min(k, len(entries)))]
    return [items[place] for _, place in chosen]


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
