"""
Another way: a bucket for each count, a sorted list of k searched by halves, and a heap that is refreshed late.
"""

from bisect import insort_left
from heapq import heappop, heappush


def top_k_frequent(nums, k):
    if k < 0:
        raise ValueError("a negative k")
    times = {}
    for value in nums:
        times.setdefault(value, []).append(None)
    buckets = [[] for _ in range(len(nums) + 1)]
    for value, hits in times.items():
        buckets[len(hits)].append(value)
    answer = []
    for bucket in reversed(buckets):
        answer.extend(bucket[: k - len(answer)])
    return answer


def k_largest(items, k):
    if k < 0:
        raise ValueError("a negative k")
    kept = []  # rising; of equal items the later stands in front, and falls out first
    for item in items:
        insort_left(kept, item)
        if len(kept) > k:
            del kept[0]
    return kept[::-1]


class _Counter:
    def __init__(self, count, error, made):
        self.count, self.error, self.made = count, error, made


def space_saving(stream, k):
    if k < 1:
        raise ValueError("no counters")
    table, heap = {}, []
    for made, value in enumerate(stream):
        counter = table.get(value)
        if counter:
            counter.count += 1
            continue
        least = _drop(table, heap) if len(table) == k else 0
        table[value] = _Counter(least + 1, least, made)
        heappush(heap, (least + 1, made, value))
    return [
        (value, counter.count, counter.error)
        for value, counter in sorted(table.items(), key=lambda c: (-c[1].count, c[1].made))
    ]


def _drop(table, heap):
    """Drop the smallest counter and give its count; an entry that is out of date goes back in."""
    while True:
        count, made, value = heappop(heap)
        if table[value].count == count:
            del table[value]
            return count
        heappush(heap, (table[value].count, made, value))
