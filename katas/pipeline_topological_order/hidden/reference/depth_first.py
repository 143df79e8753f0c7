"""Depth first with three colours and a stack of its own; the free steps in a sorted list."""

from __future__ import annotations

from bisect import insort


class CycleError(ValueError):
    def __init__(self, cycle: list[str]) -> None:
        super().__init__(" needs ".join([*cycle, *cycle[:1]]))
        self.cycle = cycle


def _all_needs(deps):
    """Give the needs of every step, the names ascending."""
    names = set(deps).union(*deps.values())
    return {name: deps.get(name, []) for name in sorted(names)}


def _finished(needs):
    """Give the steps as a walk leaves them: each after all that it needs."""
    open_, closed, left = {}, set(), []
    for start in needs:
        if start in closed:
            continue
        open_[start] = iter(needs[start])
        while open_:
            step = next(reversed(open_))
            need = next((n for n in open_[step] if n not in closed), None)
            if need is None:
                del open_[step]
                closed.add(step)
                left.append(step)
            elif need in open_:
                way = list(open_)
                raise CycleError(way[way.index(need) :])
            else:
                open_[need] = iter(needs[need])
    return left


def topo_order(deps):
    needs = _all_needs(deps)
    _finished(needs)
    names = list(needs)
    rank = {name: place for place, name in enumerate(names)}
    users = [[] for _ in names]
    missing = []
    for name, found in needs.items():
        missing.append(len(found))  # a step named twice is let go twice
        for need in found:
            users[rank[need]].append(rank[name])
    free = [-place for place, count in enumerate(missing) if not count][::-1]
    order = []
    while free:
        place = -free.pop()
        order.append(names[place])
        for user in users[place]:
            missing[user] -= 1
            if not missing[user]:
                insort(free, -user)
    return order


def waves(deps):
    needs = _all_needs(deps)
    depth = {}
    for step in _finished(needs):
        depth[step] = 1 + max([depth[need] for need in needs[step]], default=-1)
    found = [[] for _ in range(1 + max(depth.values(), default=-1))]
    for step in needs:
        found[depth[step]].append(step)
    return found


def critical_path(deps, minutes):
    needs = _all_needs(deps)
    walk = _finished(needs)
    if not all(step in minutes and minutes[step] >= 0 for step in walk):
        raise ValueError("minutes of 0 or more are wanted for every step")
    done = {}
    for step in walk:
        done[step] = minutes[step] + max([done[need] for need in needs[step]], default=0)
    if not done:
        return 0, []
    total = max(done.values())
    path = [next(step for step in walk if done[step] == total)]
    while needs[path[-1]]:
        start = done[path[-1]] - minutes[path[-1]]
        path.append(next(need for need in needs[path[-1]] if done[need] == start))
    return total, path[::-1]


def rerun(deps, changed):
    needs = _all_needs(deps)
    order = topo_order(deps)
    if not needs.keys() >= set(changed):
        raise ValueError("a changed step is not in the pipeline")
    again = set()
    edited = set(changed)
    for step in order:
        if step in edited or not again.isdisjoint(needs[step]):
            again.add(step)
    return [step for step in order if step in again]
