"""
Mistake: the smallest free step is looked for among all free ones
Fails: time
Say: Each step costs a look at all that are free, and to take it out of the list another one. Which container keeps its smallest at hand?
Ask: When is a plain list the faster choice all the same?
"""

from __future__ import annotations


class CycleError(ValueError):
    def __init__(self, cycle: list[str]) -> None:
        super().__init__(" needs ".join([*cycle, *cycle[:1]]))
        self.cycle = cycle


def topo_order(deps):
    needs, users = _graph(deps)
    missing = {step: len(found) for step, found in needs.items()}
    ready = [step for step, count in missing.items() if count == 0]
    order = []
    while ready:
        step = min(ready)
        ready.remove(step)
        order.append(step)
        for user in users[step]:
            missing[user] -= 1
            if missing[user] == 0:
                ready.append(user)
    if len(order) < len(needs):
        raise CycleError(_circle(needs, set(needs).difference(order)))
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
