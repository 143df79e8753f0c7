"""
Mistake: the largest of the rest is searched for k times
Fails: comparisons
Say: You look for the largest of the rest, k times. What do you learn in the first round that you throw away before the second?
Ask: How do tournaments find the second best without a second tournament?
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
    rest, answer = list(items), []
    while rest and len(answer) < k:
        best = max(range(len(rest)), key=rest.__getitem__)
        answer.append(rest.pop(best))
    return answer


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
