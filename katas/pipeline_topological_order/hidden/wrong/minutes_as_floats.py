"""
Mistake: the minutes are added as floats.
Fails: critical
Say: What is 2.0**53 + 1? Where in your code does an integer become a float?
Ask: Up to which integer is every integer a float, and what comes after it?
"""

from __future__ import annotations

import heapq


class CycleError(ValueError):
    """Steps need each other in a circle; leave this class as it is."""

    def __init__(self, cycle: list[str]) -> None:
        super().__init__(" needs ".join([*cycle, *cycle[:1]]))
        self.cycle = cycle


def _needs(deps):
    needs = {step: set(names) for step, names in deps.items()}
    for names in deps.values():
        for name in names:
            needs.setdefault(name, set())
    return needs


def _users(needs):
    users = {step: [] for step in needs}
    for step, names in needs.items():
        for name in names:
            users[name].append(step)
    return users


def _find_cycle(needs, left):
    step = next(iter(left))
    place = {}
    path = []
    while step not in place:
        place[step] = len(path)
        path.append(step)
        step = next(name for name in needs[step] if name in left)
    return path[place[step] :]


def _order(needs, users):
    count = {step: len(names) for step, names in needs.items()}
    ready = [step for step in needs if count[step] == 0]
    heapq.heapify(ready)
    order = []
    while ready:
        step = heapq.heappop(ready)
        order.append(step)
        for user in users[step]:
            count[user] -= 1
            if count[user] == 0:
                heapq.heappush(ready, user)
    if len(order) < len(needs):
        raise CycleError(_find_cycle(needs, set(needs) - set(order)))
    return order


def topo_order(deps: dict[str, list[str]]) -> list[str]:
    needs = _needs(deps)
    return _order(needs, _users(needs))


def waves(deps: dict[str, list[str]]) -> list[list[str]]:
    needs = _needs(deps)
    wave = {}
    found = []
    for step in _order(needs, _users(needs)):
        wave[step] = 1 + max((wave[name] for name in needs[step]), default=-1)
        if wave[step] == len(found):
            found.append([])
        found[wave[step]].append(step)
    return [sorted(names) for names in found]


def critical_path(deps: dict[str, list[str]], minutes: dict[str, int]) -> tuple[int, list[str]]:
    needs = _needs(deps)
    order = _order(needs, _users(needs))
    for step in order:
        if step not in minutes or minutes[step] < 0:
            raise ValueError(f"no minutes for {step!r}")
    done = {}
    before = {}
    for step in order:
        before[step] = max(needs[step], key=done.__getitem__, default=None)
        start = 0.0 if before[step] is None else done[before[step]]
        done[step] = start + minutes[step]
    if not order:
        return 0, []
    step = max(order, key=done.__getitem__)
    total = int(done[step])
    chain = []
    while step is not None:
        chain.append(step)
        step = before[step]
    return total, chain[::-1]


def rerun(deps: dict[str, list[str]], changed: list[str]) -> list[str]:
    needs = _needs(deps)
    users = _users(needs)
    order = _order(needs, users)
    for name in changed:
        if name not in needs:
            raise ValueError(f"{name!r} is no step")
    dirty = set(changed)
    for step in order:
        if not needs[step].isdisjoint(dirty):
            dirty.add(step)
    return [step for step in order if step in dirty]
