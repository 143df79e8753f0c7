"""
Mistake: the k largest are split off by the item in the middle, whatever it is
Fails: comparisons
Say: You split by the item in the middle. In items that fall and then rise, how many does one split set aside?
Ask: Which choice of a pivot has no input that is bad for it every time?
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
    if k == 0 or not items:
        return []
    if k >= len(items):
        return sorted(items, reverse=True)
    if k == 1:
        return [max(items)]
    sure, rest, need = [], items, k
    while need:
        pivot = rest[len(rest) // 2]
        above, same, below = [], [], []
        for item in rest:
            if pivot < item:
                above.append(item)
            elif item < pivot:
                below.append(item)
            else:
                same.append(item)
        if len(above) >= need:
            rest = above
            continue
        sure += above
        need -= len(above)
        taken = same[:need]
        sure += taken
        need -= len(taken)
        rest = below
    return sorted(sure, reverse=True)


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
