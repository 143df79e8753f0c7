"""Write down how each wrong solution fails, so that learners' mistakes can be named."""

from __future__ import annotations

from collections.abc import Sequence

from graders.authoring.judging import Proved
from graders.authoring.proving import FEW
from graders.mistakes import Signature, Signatures, spoken
from graders.model.proof import HiddenTest, Proof, SeededKind

_DIGITS = 2


def sign(proved: Sequence[Proved], tests: Sequence[HiddenTest]) -> Signatures:
    """Give the signatures of all wrong solutions that fail a test."""
    return Signatures(
        mistakes=tuple(
            Signature(
                name=solution.name,
                criterion=solution.said.get("Fails", ""),
                say=solution.said.get("Say", ""),
                ask=solution.said.get("Ask", ""),
                digest=solution.digest,
                fails=_fails(proof, tests),
            )
            for solution, proof in proved
            if solution.kind is SeededKind.WRONG and any(run.failures for run in proof.runs)
        )
    )


def _fails(proof: Proof, tests: Sequence[HiddenTest]) -> dict[str, dict[str, dict[str, float]]]:
    """Give criterion to test to cause to the share of seeds on which it failed so."""
    runs = [run for run in proof.runs if run.seed < FEW]
    seen = [spoken(run.failures) for run in runs]
    fails: dict[str, dict[str, dict[str, float]]] = {}
    for test in tests:
        # What draws nothing ran on the first seed alone.
        told = seen if test.draws else seen[:1]
        causes = [failed[test.test] for failed in told if test.test in failed]
        if causes:
            shares = {c: round(causes.count(c) / len(told), _DIGITS) for c in sorted(set(causes))}
            fails.setdefault(test.criterion, {})[test.test] = shares
    return fails
