"""
A fourth way: a heap written by hand, of rows that know how to compare themselves.
"""


def _sift_down(heap, place):
    """Let the entry at a place sink until it is no larger than both below it."""
    while True:
        least = place
        for child in (2 * place + 1, 2 * place + 2):
            if child < len(heap) and heap[child] < heap[least]:
                least = child
        if least == place:
            return
        heap[place], heap[least] = heap[least], heap[place]
        place = least


def _top(entries, k):
    """Give the k largest entries of a list, largest first; no two are equal."""
    heap = entries[:k]
    for place in reversed(range(len(heap) // 2)):
        _sift_down(heap, place)
    for entry in entries[k:] if k else ():
        if heap[0] < entry:
            heap[0] = entry
            _sift_down(heap, 0)
    falling = []
    while heap:
        falling.append(heap[0])
        last = heap.pop()
        if heap:
            heap[0] = last
            _sift_down(heap, 0)
    return falling[::-1]


def top_k_frequent(nums, k):
    if k < 0:
        raise ValueError("k must not be negative")
    where, rows = {}, []
    for num in nums:
        if num not in where:
            where[num] = len(rows)
            rows.append([0, -len(rows), num])
        rows[where[num]][0] += 1
    return [num for _, _, num in _top(rows, k)]


def k_largest(items, k):
    if k < 0:
        raise ValueError("k must not be negative")
    entries = [(item, -place) for place, item in enumerate(items)]
    return [item for item, _ in _top(entries, k)]


def space_saving(stream, k):
    if k < 1:
        raise ValueError("k must be positive")
    rows = []  # [value, count, error], the counter made first in front
    for value in stream:
        hash(value)
        for row in rows:
            if row[0] == value:
                row[1] += 1
                break
        else:
            least = 0
            if len(rows) == k:
                smallest = min(rows, key=lambda row: row[1])
                least = smallest[1]
                rows.remove(smallest)
            rows.append([value, least + 1, least])
    rows.sort(key=lambda row: row[1], reverse=True)
    return [tuple(row) for row in rows]
