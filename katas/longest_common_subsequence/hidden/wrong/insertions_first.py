"""
Mistake: On a tie the walk back gives up the element of a first, so that insertions come before removals.
Fails: script
Say: Your script has the fewest changes, and insertions stand before removals. Your walk goes backwards: which of
  the two should it meet first, and what does it do on a tie?
Ask: Why do tools that show a diff put removals together and insertions together?
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
    table = _table(a, b)
    i, j, script = len(a), len(b), []
    while i > 0 or j > 0:
        if i > 0 and j > 0 and a[i - 1] == b[j - 1]:
            i, j = i - 1, j - 1
            script.append(("=", a[i]))
        elif i > 0 and (j == 0 or table[i - 1][j] >= table[i][j - 1]):
            i -= 1
            script.append(("-", a[i]))
        else:
            j -= 1
            script.append(("+", b[j]))
    return script[::-1]


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
