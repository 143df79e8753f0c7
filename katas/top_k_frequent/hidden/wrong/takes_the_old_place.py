"""
Mistake: a newcomer's counter counts as made when the old one was
Fails: stream
Say: Your newcomer sits down on the chair of the one that went, and inherits its age. When was its counter made?
Ask: Does the array or the dict keep the order that you need, and why?
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
    rows, where = [], {}
    for x in stream:
        if x in where:
            rows[where[x]][1] += 1
        elif len(rows) < k:
            where[x] = len(rows)
            rows.append([x, 1, 0])
        else:
            place = min(range(k), key=lambda i: rows[i][1])
            old, least, _ = rows[place]
            del where[old]
            where[x] = place
            rows[place] = [x, least + 1, least]
    return [tuple(row) for row in sorted(rows, key=lambda row: -row[1])]
