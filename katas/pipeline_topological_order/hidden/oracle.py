"""The truth about small pipelines, by trying everything: slow, obvious, independent."""

from itertools import permutations


def steps(deps):
    """Give all names, in ascending order."""
    return sorted({*deps, *(need for needs in deps.values() for need in needs)})


def needs(deps, step):
    return set(deps.get(step, []))


def is_order(deps, order):
    """Whether every step stands there once, after all that it needs."""
    return sorted(order) == steps(deps) and all(
        needs(deps, step) <= set(order[:place]) for place, step in enumerate(order)
    )


def smallest_order(deps):
    """Give the first of all orders, tried from the smallest on; None where there is none."""
    tried = permutations(steps(deps))  # of sorted names: they come in ascending order
    return next((list(order) for order in tried if is_order(deps, order)), None)


def chains(deps):
    """Give every chain of a pipeline without circles, those of one step included."""
    grown = found = [[step] for step in steps(deps)]
    while grown:
        grown = [[need, *chain] for chain in grown for need in sorted(needs(deps, chain[0]))]
        found = found + grown
    return found


def is_chain(deps, chain):
    return all(before in needs(deps, after) for before, after in zip(chain, chain[1:]))


def waves(deps):
    """Give the waves: the number of a step's wave is the length of the longest chain to it."""
    number = {step: 0 for step in steps(deps)}
    for chain in chains(deps):
        number[chain[-1]] = max(number[chain[-1]], len(chain))
    last = max(number.values(), default=0)
    return [[step for step in steps(deps) if number[step] == i] for i in range(1, last + 1)]


def longest(deps, minutes):
    """Give the minutes of the longest chain."""
    return max((sum(minutes[step] for step in chain) for chain in chains(deps)), default=0)


def reached(deps, changed):
    """Give the changed steps and all at the end of a chain that begins with one of them."""
    return {chain[-1] for chain in chains(deps) if chain[0] in changed}


def is_circle(deps, cycle):
    """Whether each needs the next and the last the first, and none stands there twice."""
    return (
        len(cycle) > 0
        and len(set(cycle)) == len(cycle)
        and all(
            after in needs(deps, step)
            for step, after in zip(cycle, [*cycle[1:], cycle[0]], strict=True)
        )
    )


def random_pipeline(rng, size, share):
    """
    Give a pipeline without circles: needs lead to earlier places of a random permutation.

    Some steps that need nothing only stand in a list, some lists name a step
    twice, and the keys come in random order.
    """
    names = [str(name) for name in rng.permutation(list("aBcdefghij"))[:size]]
    deps = {}
    for place, step in enumerate(names):
        chosen = [need for need in names[:place] if rng.random() < share]
        chosen += [need for need in chosen if rng.random() < 0.2]
        deps[step] = [str(need) for need in rng.permutation(chosen)] if chosen else []
    mentioned = {need for found in deps.values() for need in found}
    keys = [names[place] for place in rng.permutation(size).tolist()]
    return {
        step: deps[step]
        for step in keys
        if deps[step] or step not in mentioned or rng.random() < 0.5
    }
