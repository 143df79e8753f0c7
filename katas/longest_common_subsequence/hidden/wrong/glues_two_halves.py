"""
Mistake: It solves two halves and puts their scripts one behind the other, so that removals of the second half
  follow insertions of the first.
Fails: script
Say: Each half of your script is in order. What if neither half keeps an element next to the joint?
Ask: What does cutting in halves save, and what does it cost?
"""


def lcs_length(a, b):
    if len(a) < len(b):
        a, b = b, a
    row = [0] * (len(b) + 1)
    for x in a:
        diagonal = 0
        for j, y in enumerate(b, 1):
            above = row[j]
            if x == y:
                row[j] = diagonal + 1
            elif row[j - 1] > above:
                row[j] = row[j - 1]
            diagonal = above
    return row[-1]


def lcs(a, b):
    return "".join(a[i] for i, _ in _matches(a, b))


def diff(a, b):
    if len(a) == 0:
        return [("+", y) for y in b]
    if len(a) == 1:
        at = next((j for j, y in enumerate(b) if a[0] == y), None)
        if at is None:
            return [("-", a[0])] + [("+", y) for y in b]
        front, back = b[:at], b[at + 1 :]
        return [("+", y) for y in front] + [("=", a[0])] + [("+", y) for y in back]
    half = len(a) // 2
    upper = _table(a[:half], b)[-1]
    lower = _table(a[half:][::-1], b[::-1])[-1][::-1]
    _, cut = max((one + other, j) for j, (one, other) in enumerate(zip(upper, lower)))
    return diff(a[:half], b[:cut]) + diff(a[half:], b[cut:])


def patch(a, script):
    result, i = [], 0
    for mark, x in script:
        if mark not in ("=", "-", "+"):
            raise ValueError(f"unknown mark {mark!r}")
        if mark != "+":
            if i == len(a) or a[i] != x:
                raise ValueError(f"{x!r} is not the next element")
            i += 1
        if mark != "-":
            result.append(x)
    if i < len(a):
        raise ValueError(f"{len(a) - i} elements are left over")
    return result


def _table(a, b):
    """Give table[i][j], the length for a[:i] and b[:j]."""
    table = [[0] * (len(b) + 1)]
    for x in a:
        above, row = table[-1], [0]
        for j, y in enumerate(b):
            row.append(above[j] + 1 if x == y else max(above[j + 1], row[j]))
        table.append(row)
    return table


def _matches(a, b):
    """Give the pairs of indices that a longest common subsequence takes, from the front."""
    table = _table(a, b)
    i, j, pairs = len(a), len(b), []
    while i > 0 and j > 0:
        if a[i - 1] == b[j - 1]:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif table[i - 1][j] >= table[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]
