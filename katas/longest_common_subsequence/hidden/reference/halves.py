"""Hirschberg's way: cut a in half, find where b is best cut, and solve the halves; two rows are all it holds."""


def last_row(a, b, indices_a, indices_b):
    """Give the lengths for all of the one range and each prefix of the other."""
    row = [0] * (len(indices_b) + 1)
    for i in indices_a:
        before, row = row, [0]
        for place, j in enumerate(indices_b):
            if a[i] == b[j]:
                row.append(before[place] + 1)
            else:
                row.append(before[place + 1] if before[place + 1] > row[place] else row[place])
    return row


def lcs_length(a, b):
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return last_row(longer, shorter, range(len(longer)), range(len(shorter)))[-1]


def pairs(a, b):
    """Give the index pairs of a longest common subsequence, with a list of jobs in place of recursion."""
    found, jobs = [], [(0, len(a), 0, len(b))]
    while jobs:
        top, bottom, left, right = jobs.pop()
        if top == bottom or left == right:
            continue
        if bottom - top == 1:
            found += [(top, j) for j in range(left, right) if a[top] == b[j]][:1]
            continue
        middle = (top + bottom) // 2
        upper = last_row(a, b, range(top, middle), range(left, right))
        lower = last_row(a, b, range(bottom - 1, middle - 1, -1), range(right - 1, left - 1, -1))[
            ::-1
        ]
        sums = [u + l for u, l in zip(upper, lower, strict=True)]
        cut = left + sums.index(max(sums))
        jobs += [(top, middle, left, cut), (middle, bottom, cut, right)]
    return sorted(found)


def lcs(a, b):
    return "".join([b[j] for _, j in pairs(a, b)])


def diff(a, b):
    kept = dict(pairs(a, b))
    script, waiting, taken = [], [], 0

    def insert_until(end):
        return [("+", b[j]) for j in range(taken, end)]

    for i, x in enumerate(a):
        if i in kept:
            script += waiting + insert_until(kept[i])
            waiting, taken = [], kept[i] + 1
            script.append(("=", x))
        else:
            waiting.append(("-", x))
    return script + waiting + insert_until(len(b))


def patch(a, script):
    rest = iter(a)
    result = []
    for mark, x in script:
        if mark == "+":
            result.append(x)
        elif mark in {"=", "-"}:
            try:
                there = next(rest)
            except StopIteration:
                raise ValueError("no element left") from None
            if not there == x:
                raise ValueError("another element")
            if mark == "=":
                result.append(there)
        else:
            raise ValueError("no such mark")
    for _ in rest:
        raise ValueError("elements left")
    return result
