"""Order the steps of a pipeline: one after another, in waves, by time, and after a change."""

from __future__ import annotations


class CycleError(ValueError):
    """Steps need each other in a circle; leave this class as it is."""

    def __init__(self, cycle: list[str]) -> None:
        super().__init__(" needs ".join([*cycle, *cycle[:1]]))
        self.cycle = cycle


def topo_order(deps: dict[str, list[str]]) -> list[str]:
    """Give the smallest order in which every step comes after all that it needs."""
    # TODO: part 1
    raise NotImplementedError


def waves(deps: dict[str, list[str]]) -> list[list[str]]:
    """Give the steps in waves, each step in the earliest one it can be in."""
    # TODO: part 2
    raise NotImplementedError


def critical_path(deps: dict[str, list[str]], minutes: dict[str, int]) -> tuple[int, list[str]]:
    """Give the minutes until the last step is done, and a chain of steps that takes as long."""
    # TODO: part 3
    raise NotImplementedError


def rerun(deps: dict[str, list[str]], changed: list[str]) -> list[str]:
    """Give the changed steps and all that need them, in the order of topo_order."""
    # TODO: part 4
    raise NotImplementedError
