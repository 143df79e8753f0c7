"""
Mistake: Where a has no element left it compares with None, which may be an element itself.
Fails: patch
Say: You let None stand for the end of the sequence. May None be an element?
Ask: How do you make a value that equals nothing else?
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
    script, i, j = [], 0, 0
    for k, l in [*_matches(a, b), (len(a), len(b))]:
        script += [("-", x) for x in a[i:k]]
        script += [("+", y) for y in b[j:l]]
        script += [("=", x) for x in a[k : k + 1]]
        i, j = k + 1, l + 1
    return script


def patch(a, script):
    rest, result = iter(a), []
    for mark, x in script:
        if mark not in ("=", "-", "+"):
            raise ValueError(f"unknown mark {mark!r}")
        if mark != "+" and next(rest, None) != x:
            raise ValueError(f"{x!r} is not the next element")
        if mark != "-":
            result.append(x)
    if next(rest, None) is not None:
        raise ValueError("elements are left over")
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
