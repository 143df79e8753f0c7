"""The three answers the slow and obvious way: nothing is hashed, and every choice is a search."""


def counted(nums):
    """Give [value, count] in the order of first appearance; the value in its first form."""
    counters = []
    for x in nums:
        for counter in counters:
            if counter[0] == x:
                counter[1] += 1
                break
        else:
            counters.append([x, 1])
    return counters


def most_frequent(nums, k):
    """Take the first of the most frequent out, k times."""
    counters, answer = counted(nums), []
    while counters and len(answer) < k:
        most = max(count for _, count in counters)
        at = [count for _, count in counters].index(most)
        answer.append(counters.pop(at)[0])
    return answer


def largest(keys, k):
    """Give where the k largest keys stand: each is ranked by all that beat it."""
    ranks = {}
    for i, key in enumerate(keys):
        better = [j for j, other in enumerate(keys) if other > key or (other == key and j < i)]
        ranks[len(better)] = i
    return [ranks[rank] for rank in range(min(k, len(keys)))]


def saved(stream, k):
    """Play the three steps on a list of [value, count, error], the counter made first in front."""
    counters = []
    for x in stream:
        mine = [counter for counter in counters if counter[0] == x]
        if mine:
            mine[0][1] += 1
        elif len(counters) < k:
            counters.append([x, 1, 0])
        else:
            least = min(counter[1] for counter in counters)
            at = [counter[1] for counter in counters].index(least)
            del counters[at]
            counters.append([x, least + 1, least])
    answer = []
    for most in sorted({counter[1] for counter in counters}, reverse=True):
        answer += [tuple(counter) for counter in counters if counter[1] == most]
    return answer
