"""Steps as numbers, taken away in rounds; a tree of minima gives the smallest free one."""

from __future__ import annotations

from collections import deque


class CycleError(ValueError):
    def __init__(self, cycle: list[str]) -> None:
        super().__init__(" needs ".join([*cycle, *cycle[:1]]))
        self.cycle = cycle


class _Pipeline:
    """Steps 0 to n - 1, each with what it needs and who needs it."""

    def __init__(self, deps):
        self.names = sorted(deps.keys() | {need for needs in deps.values() for need in needs})
        self.number = {name: i for i, name in enumerate(self.names)}
        self.needs = [sorted({self.number[x] for x in deps.get(name, ())}) for name in self.names]
        self.users = [[] for _ in self.names]
        for step, needs in enumerate(self.needs):
            for need in needs:
                self.users[need].append(step)
        self.rounds = self._rounds()

    def _rounds(self):
        """Take away all free steps at once, again and again; what stays holds a circle."""
        open_needs = [len(needs) for needs in self.needs]
        rounds, free = [], [step for step, count in enumerate(open_needs) if count == 0]
        while free:
            rounds.append(sorted(free))
            freed = []
            for step in free:
                for user in self.users[step]:
                    open_needs[user] -= 1
                    if open_needs[user] == 0:
                        freed.append(user)
            free = freed
        stuck = {step for step, count in enumerate(open_needs) if count > 0}
        if stuck:
            raise CycleError([self.names[step] for step in self._circle(stuck)])
        return rounds

    def _circle(self, stuck):
        """Go far enough to be on a circle for certain, then once round it."""
        at = min(stuck)
        for _ in stuck:
            at = self._stuck_need(at, stuck)
        circle = [at]
        while (following := self._stuck_need(circle[-1], stuck)) != at:
            circle.append(following)
        return circle

    def _stuck_need(self, step, stuck):
        return next(need for need in self.needs[step] if need in stuck)

    def in_order(self):
        """Give the smallest order as numbers; node 1 of the tree is the smallest free one."""
        n = len(self.names)
        tree = [n] * (2 * n)
        open_needs = [len(needs) for needs in self.needs]
        for step in self.rounds[0] if self.rounds else ():
            self._put(tree, step, step)
        order = []
        for _ in range(n):
            step = tree[1]
            order.append(step)
            self._put(tree, step, n)
            for user in self.users[step]:
                open_needs[user] -= 1
                if open_needs[user] == 0:
                    self._put(tree, user, user)
        return order

    def _put(self, tree, step, value):
        i = step + len(self.names)
        tree[i] = value
        while i > 1:
            i //= 2
            tree[i] = min(tree[2 * i], tree[2 * i + 1])


def topo_order(deps):
    pipeline = _Pipeline(deps)
    return [pipeline.names[step] for step in pipeline.in_order()]


def waves(deps):
    pipeline = _Pipeline(deps)
    return [[pipeline.names[step] for step in steps] for steps in pipeline.rounds]


def critical_path(deps, minutes):
    pipeline = _Pipeline(deps)
    for name in pipeline.names:
        if minutes.get(name, -1) < 0:
            raise ValueError(f"minutes of {name!r}")
    start, cause, best, last = [0] * len(pipeline.names), {}, -1, None
    for step in (step for steps in pipeline.rounds for step in steps):
        end = start[step] + minutes[pipeline.names[step]]
        if end > best:
            best, last = end, step
        for user in pipeline.users[step]:
            if end > start[user]:
                start[user], cause[user] = end, step
    path = deque()
    while last is not None:
        path.appendleft(pipeline.names[last])
        last = cause.get(last)
    return max(best, 0), list(path)


def rerun(deps, changed):
    pipeline = _Pipeline(deps)
    if any(name not in pipeline.number for name in changed):
        raise ValueError("not every changed step is in the pipeline")
    dirty = [False] * len(pipeline.names)
    for name in changed:
        dirty[pipeline.number[name]] = True
    order = pipeline.in_order()
    for step in order:
        if dirty[step]:
            for user in pipeline.users[step]:
                dirty[user] = True
    return [pipeline.names[step] for step in order if dirty[step]]
