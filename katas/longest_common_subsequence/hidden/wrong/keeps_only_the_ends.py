"""
Mistake: It keeps what both have in common at the front and at the back, and replaces everything between.
Fails: script
Say: Your script keeps the common ends and replaces the rest. What in the middle might stay as well?
Ask: For which changes is a diff of the common ends all one needs?
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
    most, front, back = min(len(a), len(b)), 0, 0
    while front < most and a[front] == b[front]:
        front += 1
    while back < most - front and a[len(a) - 1 - back] == b[len(b) - 1 - back]:
        back += 1
    script = [("=", x) for x in a[:front]]
    script += [("-", x) for x in a[front : len(a) - back]]
    script += [("+", y) for y in b[front : len(b) - back]]
    return script + [("=", x) for x in a[len(a) - back :]]


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
