"""
Mistake: a depth-first walk over sorted names gives a valid order that is not the smallest
Fails: order
Say: Your order is valid, but a smaller one exists. When the walk follows a small name to a large one that it needs, which free names in between does it pass over?
Ask: Can any depth-first walk give the smallest order, whatever it sorts first?
"""

from __future__ import annotations

import heapq


class CycleError(ValueError):
    def __init__(self, cycle: list[str]) -> None:
        super().__init__(" needs ".join([*cycle, *cycle[:1]]))
        self.cycle = cycle


def topo_order(deps):
    needs, _ = _graph(deps)
    order, open_, closed = [], [], set()
    for start in sorted(needs):
        stack = [start]
        while stack:
            step = stack[-1]
            if step in closed or (open_ and open_[-1] == step):
                stack.pop()
                if step not in closed:
                    closed.add(open_.pop())
                    order.append(step)
                continue
            if step in open_:
                raise CycleError(open_[open_.index(step) :])
            open_.append(step)
            stack += sorted((need for need in needs[step] if need not in closed), reverse=True)
            if step in needs[step]:
                raise CycleError([step])
    return order


def waves(deps):
    needs, _ = _graph(deps)
    wave, found = {}, []
    for step in topo_order(deps):
        wave[step] = max((wave[need] + 1 for need in needs[step]), default=0)
        if wave[step] == len(found):
            found.append([])
        found[wave[step]].append(step)
    return [sorted(steps) for steps in found]


def critical_path(deps, minutes):
    order = topo_order(deps)
    _check_minutes(order, minutes)
    needs, _ = _graph(deps)
    done, waits_for = {}, {}
    for step in order:
        last = max(needs[step], key=done.__getitem__, default=None)
        waits_for[step] = last
        done[step] = minutes[step] + (0 if last is None else done[last])
    step = max(order, key=done.__getitem__, default=None)
    total, path = done.get(step, 0), []
    while step is not None:
        path.append(step)
        step = waits_for[step]
    return total, path[::-1]


def _check_minutes(order, minutes):
    for step in order:
        if step not in minutes:
            raise ValueError(f"no minutes for {step!r}")
        if minutes[step] < 0:
            raise ValueError(f"{minutes[step]} minutes for {step!r}")


def rerun(deps, changed):
    order = topo_order(deps)
    _, users = _graph(deps)
    for step in changed:
        if step not in users:
            raise ValueError(f"no step {step!r}")
    again, left = set(changed), list(changed)
    while left:
        for user in users[left.pop()]:
            if user not in again:
                again.add(user)
                left.append(user)
    return [step for step in order if step in again]


def _graph(deps):
    """Give what each step needs and who needs it, nothing named twice."""
    needs = {step: list(dict.fromkeys(found)) for step, found in deps.items()}
    for found in deps.values():
        for step in found:
            needs.setdefault(step, [])
    users = {step: [] for step in needs}
    for step, found in needs.items():
        for need in found:
            users[need].append(step)
    return needs, users


def _circle(needs, left):
    """Walk from need to need among the steps that are left, until one comes again."""
    step, place = next(step for step in needs if step in left), {}
    while step not in place:
        place[step] = len(place)
        step = next(need for need in needs[step] if need in left)
    return [met for met in place if place[met] >= place[step]]
