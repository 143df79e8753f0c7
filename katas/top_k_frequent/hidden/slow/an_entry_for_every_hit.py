"""
Mistake: the heap gets an entry for every value of the stream
Fails: memory
Say: At every change you push a new entry and leave the old one in the heap. How long is the heap at the end of the stream?
Ask: What is lazy deletion good for, and when do you have to clean up?
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
    counters, heap = {}, []
    for made, x in enumerate(stream):
        if x in counters:
            counters[x][0] += 1
        else:
            least = 0
            if len(counters) == k:
                while True:
                    least, birth, loser = heapq.heappop(heap)
                    if (
                        loser in counters
                        and counters[loser][0] == least
                        and counters[loser][2] == birth
                    ):
                        break
                del counters[loser]
            counters[x] = [least + 1, least, made]
        heapq.heappush(heap, (counters[x][0], counters[x][2], x))
    ranked = sorted(counters.items(), key=lambda pair: (-pair[1][0], pair[1][2]))
    return [(x, count, error) for x, (count, error, _) in ranked]
