"""
The length by the bits of one integer, the rest by how far d changes can reach.

Each bit of the integer says of one place of the shorter sequence whether the table's row steps up
there. The diff grows with the number of changes: for each diagonal of the table it notes the
farthest point that d changes lead to.
"""

from array import array


def lcs_length(a, b):
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    places = range(len(shorter))
    full = (1 << len(shorter)) - 1
    flat = full  # a bit is 0 where the row steps up
    for x in longer:
        equal = 0
        for j in places:
            if shorter[j] == x:
                equal |= 1 << j
        moved = flat & equal
        flat = (flat + moved | flat - moved) & full
    return len(shorter) - flat.bit_count()


def lcs(a, b):
    return "".join(x for mark, x in diff(a, b) if mark == "=")


def diff(a, b):
    script, gone, come = [], [], []
    for i, j in _steps(a, b):
        if i >= 0 and j >= 0:
            script += gone + come + [("=", a[i])]
            gone, come = [], []
        elif i >= 0:
            gone.append(("-", a[i]))
        else:
            come.append(("+", b[j]))
    return script + gone + come


def patch(a, script):
    unknown = {mark for mark, _ in script} - {"=", "-", "+"}
    if unknown:
        raise ValueError(f"unknown marks: {unknown}")
    spoken_of = [x for mark, x in script if mark != "+"]
    if spoken_of != list(a):
        raise ValueError("the script is for another sequence")
    return [x for mark, x in script if mark != "-"]


def _bounds(d, m, n):
    """Give the lowest and the highest diagonal that d changes can be on, m removals and n insertions at most."""
    return max(-d, d - 2 * n), min(d, 2 * m - d)


def _comes_from_insertion(before, lowest_before, k):
    """Whether the farthest way to diagonal k comes from the one above it rather than below it."""
    at = (k - 1 - lowest_before) // 2  # where the diagonal below stands
    if at < 0:
        return True
    return at + 1 < len(before) and before[at] < before[at + 1]


def _reach(a, b):
    """Give for d = 0, 1, ... the farthest place in a on each diagonal, until the end is reached."""
    m, n = len(a), len(b)
    reached = []
    for d in range(m + n + 1):
        low, high = _bounds(d, m, n)
        row = array("i")
        for k in range(low, high + 1, 2):
            i = 0
            if d:
                before, lowest = reached[-1], _bounds(d - 1, m, n)[0]
                at = (k - 1 - lowest) // 2
                i = before[at + 1] if _comes_from_insertion(before, lowest, k) else before[at] + 1
            while i < m and i - k < n and a[i] == b[i - k]:
                i += 1
            row.append(i)
        reached.append(row)
        if low <= m - n <= high and (m - n - low) % 2 == 0 and row[(m - n - low) // 2] >= m:
            break
    return reached


def _steps(a, b):
    """Give pairs from the front: (i, j) for what stays, (i, -1) for what goes, (-1, j) for what comes."""
    i, j = len(a), len(b)
    reached, steps = _reach(a, b), []
    for d in range(len(reached) - 1, 0, -1):
        k, lowest = i - j, _bounds(d - 1, len(a), len(b))[0]
        before = reached[d - 1]
        at = (k - 1 - lowest) // 2
        inserted = _comes_from_insertion(before, lowest, k)
        start = before[at + 1] if inserted else before[at] + 1
        while i > start:
            i, j = i - 1, j - 1
            steps.append((i, j))
        i, j = (i, j - 1) if inserted else (i - 1, j)
        steps.append((-1, j) if inserted else (i, -1))
    steps += [(i - back, j - back) for back in range(1, i + 1)]
    return steps[::-1]
