"""
Mistake: a new item walks past the kept ones one at a time
Fails: comparisons
Say: Each newcomer asks its way up through the k you keep, one by one. They are in order already: whom could it ask first?
Ask: Why may a walk be as quick as a search by halves when k is small?
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
        place = len(kept)
        while place and kept[place - 1] < item:
            place -= 1
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
