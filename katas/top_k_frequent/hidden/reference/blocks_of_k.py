"""
A third way: heaps over ranks, items chosen block by block, and counters in a plain list.
"""

from heapq import heapify, heappop


def top_k_frequent(nums, k):
    if k < 0:
        raise ValueError(f"k is {k}")
    first, count = {}, []
    for value in nums:
        place = first.setdefault(value, len(count))
        if place == len(count):
            count.append(0)
        count[place] += 1
    different = list(first)
    heap = [(-times, place) for place, times in enumerate(count)]
    heapify(heap)
    return [different[heappop(heap)[1]] for _ in range(min(k, len(heap)))]


def k_largest(items, k):
    if k < 0:
        raise ValueError(f"k is {k}")
    best = []
    for start in range(0, len(items), max(k, 1)):
        # The best so far come first, so that a stable sort keeps equal items in their order.
        best = sorted(best + items[start : start + k], reverse=True)[:k]
    return best


def space_saving(stream, k):
    if k < 1:
        raise ValueError(f"k is {k}")
    where, names, counts, errors, made = {}, [], [], [], []
    for time, value in enumerate(stream):
        if value in where:
            counts[where[value]] += 1
            continue
        if len(names) < k:
            place, least = len(names), 0
            for column in (names, counts, errors, made):
                column.append(None)
        else:
            place = min(range(k), key=lambda i: (counts[i], made[i]))
            least = counts[place]
            del where[names[place]]
        where[value] = place
        names[place], counts[place], errors[place], made[place] = value, least + 1, least, time
    order = sorted(range(len(names)), key=lambda i: (-counts[i], made[i]))
    return [(names[i], counts[i], errors[i]) for i in order]
