"""
Mistake: The walk takes a character when its cell differs from the one above it, and moves across the corner, though
  the match may lie further to the left.
Fails: subsequence
Say: You take a character as soon as the cell above holds less. Is the character of b at this place the one it
  matched?
Ask: Which two neighbours have to be smaller before a cell must be a match?
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
    table = _table(a, b)
    i, j, taken = len(a), len(b), []
    while i > 0 and j > 0:
        if table[i][j] > table[i - 1][j]:
            i, j = i - 1, j - 1
            taken.append(a[i])
        else:
            i -= 1
    return "".join(reversed(taken))


def diff(a, b):
    script, i, j = [], 0, 0
    for k, l in [*_matches(a, b), (len(a), len(b))]:
        script += [("-", x) for x in a[i:k]]
        script += [("+", y) for y in b[j:l]]
        script += [("=", x) for x in a[k : k + 1]]
        i, j = k + 1, l + 1
    return script


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
