"""
Mistake: The diff calls itself once an element.
Fails: script
Say: Every element of your diff waits for the rest of the script, and Python allows about a thousand waiting calls.
  What would a loop have to remember?
Ask: How deep do your calls go for sequences of m and n elements?
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

    def back(i, j):
        if i > 0 and j > 0 and a[i - 1] == b[j - 1]:
            return [*back(i - 1, j - 1), ("=", a[i - 1])]
        if j > 0 and (i == 0 or table[i][j - 1] >= table[i - 1][j]):
            return [*back(i, j - 1), ("+", b[j - 1])]
        return [*back(i - 1, j), ("-", a[i - 1])] if i > 0 else []

    return _sorted_between(back(len(a), len(b)))


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


def _sorted_between(script):
    result, inserted = [], []
    for mark, x in script:
        if mark == "+":
            inserted.append((mark, x))
        elif mark == "-":
            result.append((mark, x))
        else:
            result += [*inserted, (mark, x)]
            inserted = []
    return result + inserted


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
