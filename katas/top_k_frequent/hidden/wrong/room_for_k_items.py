"""
Mistake: room for k items is made before the first is seen
Fails: largest
Say: You make a list of k places at once. How long is it when k is 10**18, and how many places will be used?
Ask: Which is the largest number of items that can be in the answer?
"""

import heapq


def top_k_frequent(nums: list, k: int) -> list:
    if k < 0:
        raise ValueError("k must not be negative")
    counts = {}
    for value in nums:
        counts[value] = counts.get(value, 0) + 1
    return sorted(counts, key=counts.get, reverse=True)[:k]


def k_largest(items: list, k: int) -> list:
    if k < 0:
        raise ValueError("k must not be negative")
    best, used = [None] * k, 0
    for item in items:
        low, high = 0, used
        while low < high:
            middle = (low + high) // 2
            if best[middle] < item:
                high = middle
            else:
                low = middle + 1
        if low < k:
            used = min(used + 1, k)
            best[low + 1 : used] = best[low : used - 1]
            best[low] = item
    return best[:used]


def space_saving(stream: list, k: int) -> list[tuple]:
    if k < 1:
        raise ValueError("k must be positive")
    counters = {}
    for value in stream:
        if value in counters:
            counters[value][0] += 1
        elif len(counters) < k:
            counters[value] = [1, 0]
        else:
            victim = min(counters, key=lambda held: counters[held][0])
            smallest = counters.pop(victim)[0]
            counters[value] = [smallest + 1, smallest]
    rows = [(value, count, error) for value, (count, error) in counters.items()]
    rows.sort(key=lambda row: row[1], reverse=True)
    return rows
