"""One attempt on its way through the checks: what they share."""

from __future__ import annotations

import hashlib
from typing import Any

from graders.model.attempt import Attempt
from graders.model.kata import Kata
from graders.model.limits import Limits
from graders.sandbox.jail import Jail, Order, Tier
from graders.sandbox.link import Budget
from graders.sandbox.peer import Peer, Settings
from graders.sandbox.proxy import Proxies

SOLUTION = "solution.py"


class Trial:
    """
    A kata, an attempt, a seed, and the jail they meet in.

    The jail starts with the trial and loads while the tests are collected.

    Args:
        seed: The test seed; every random draw of the judge derives from it.
        keeps_evidence: Whether to keep what a test saw, for authors.
        jail: One that has started already and outlives the trial; else the
            trial has its own.
    """

    def __init__(  # noqa: PLR0913 - each has its name
        self,
        kata: Kata,
        attempt: Attempt,
        *,
        seed: str,
        tier: Tier,
        keeps_evidence: bool = False,
        jail: Jail | None = None,
    ) -> None:
        self.kata = kata
        self.attempt = attempt
        self.seed = seed
        self.keeps_evidence = keeps_evidence
        self.tier = tier
        self.source = attempt.files.get(SOLUTION, "")
        self.budget = Budget(kata.about.limits)
        self.measuring = Budget(kata.about.limits)
        self.refusals: set[tuple[str, str]] = set()
        self._is_own = jail is None
        self.jail = jail or Jail(order_of(kata), tier)

    def peer(
        self,
        records: dict[str, tuple[type, tuple[str, ...]]],
        *,
        budget: Budget | None = None,
        upload_first: bool = False,
    ) -> Peer:
        """Give a new way to the attempt's solution; the worker comes with the first question."""
        settings = Settings(source=self.source, records=records, upload_first=upload_first)
        return Peer(self.jail, budget or self.budget, settings, proxies=Proxies())

    def note_refusals(self, peer: Peer) -> None:
        """Remember what the kata's rules refused at run time."""
        self.refusals.update(peer.link.refusals)

    def derived_seed(self, *parts: Any) -> int:
        """Give a seed of 128 bits for one use, from the trial's seed and the use's name."""
        text = "\0".join([self.seed, *map(str, parts)])
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "big")

    @property
    def limits(self) -> Limits:
        """The kata's limits."""
        return self.kata.about.limits

    def close(self) -> None:
        """End the jail and all that runs in it, where it is the trial's own."""
        if self._is_own:
            self.jail.close()


def order_of(kata: Kata) -> Order:
    """Give what a kata wants of a jail."""
    rules = kata.about.rules
    return Order(
        limits=kata.about.limits,
        packages=kata.about.packages,
        forbidden_imports=rules.forbidden_imports,
        forbidden_names=rules.forbidden_names,
        forbidden_methods=rules.forbidden_methods,
    )
