"""
Mistake: a new item is compared with the largest of those kept first
Fails: comparisons
Say: Each item begins at your largest and works its way down. Most items are smaller than all that you keep: where would they find that out at once?
Ask: What would you keep at hand to turn most items away with one comparison?
"""


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
    kept = []
    for item in items:
        place = next((i for i, other in enumerate(kept) if other < item), len(kept))
        kept.insert(place, item)
        del kept[k:]
    return kept


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
