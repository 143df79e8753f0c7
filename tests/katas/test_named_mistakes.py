"""A seeded mistake is named when somebody else makes it; a right solution is told of none."""

from pathlib import Path

import msgspec
import pytest
from varying import vary

from graders.authoring.seeded import solutions
from graders.catalogue import load_kata
from graders.mistakes import read_signatures, recognise
from graders.model.proof import SeededKind
from graders.model.rubric import CriterionKind
from graders.sandbox.jail import choose_tier
from graders.warm import Job, run_plan
from graders.workspace import read_attempt

KATAS = Path(__file__).parents[2] / "katas"
SHARE = 0.9


def named_first(kata, kind):
    """Give, for each varied solution of a kind, its name and the name of the mistake told first."""
    signatures = read_signatures(kata)
    wanted = frozenset(c.id for c in kata.rubric.criterion if c.kind is CriterionKind.TESTS)

    def plan(tests):
        told = {}
        for solution in solutions(kata):
            if solution.kind is not kind:
                continue
            attempt = read_attempt(solution.path, kata)
            text = vary(attempt.files["solution.py"])
            varied = msgspec.structs.replace(attempt, files={"solution.py": text})
            graded = yield Job(varied, "another seed", wanted)
            found = recognise(signatures, graded.results)
            told[solution.name] = found[0].name if found else None
        return told

    return run_plan(kata, plan, choose_tier())


SLUGS = sorted(path.parent.name for path in KATAS.glob("*/kata.toml"))


@pytest.mark.long
@pytest.mark.parametrize("slug", SLUGS)
def test_a_mistake_is_named_first_when_somebody_else_makes_it(slug):
    told = named_first(load_kata(KATAS / slug), SeededKind.WRONG)

    others = {name: first for name, first in told.items() if name != first}
    assert len(others) <= (1 - SHARE) * len(told), others


@pytest.mark.long
@pytest.mark.parametrize("slug", SLUGS)
def test_a_right_solution_is_told_of_no_mistake(slug):
    told = named_first(load_kata(KATAS / slug), SeededKind.REFERENCE)

    assert set(told.values()) == {None}
