"""Each kata's hidden tests are proved: they pass what is right and kill what is wrong, on every seed."""

import pytest
from seeded import (
    CATALOGUE,
    KEYS,
    Seeded,
    draws,
    failed,
    fails,
    graded,
    kata_of,
    slugs,
    solutions,
)

from graders.model.rubric import CriterionKind

RE_ROLLS = 200
FEW = 5
MARKS = {"ids": lambda seeded: seeded.id}


def seeds(request: pytest.FixtureRequest) -> range:
    return range(request.config.getoption("--seeds"))


@pytest.mark.parametrize("slug", slugs())
def test_the_stub_earns_nothing(slug):
    report = graded(CATALOGUE / slug / "stub.py", 0)

    assert report.earned == 0


@pytest.mark.parametrize("slug", slugs())
def test_there_is_enough_to_prove_a_kata_by(slug):
    counts = {
        kind: sum(s.path.parents[2].name == slug for s in solutions(kind))
        for kind in ("reference", "wrong", "slow", "cheats")
    }

    assert counts["reference"] >= 2
    assert counts["wrong"] >= 3
    assert counts["slow"] >= 1
    assert counts["cheats"] >= 10


@pytest.mark.parametrize("seeded", solutions("reference"), **MARKS)
def test_a_reference_earns_everything(seeded: Seeded, request):
    for seed in seeds(request):
        report = graded(seeded.path, seed)

        assert (report.earned, failed(report)) == (100, []), f"seed {seed}"


@pytest.mark.parametrize("seeded", solutions("wrong"), **MARKS)
def test_a_wrong_solution_fails_what_its_docstring_names_on_every_seed(seeded: Seeded, request):
    killers = fails(seeded, 0)

    assert killers
    if all(draws(seeded, test) for test in killers):
        rolls = RE_ROLLS  # nothing but chance stands in its way
    elif request.config.getoption("--seeds") > FEW:
        rolls = request.config.getoption("--seeds")
    else:
        rolls = 1  # a test that draws nothing kills it, whatever the seed
    for seed in range(1, rolls):
        assert fails(seeded, seed), f"seed {seed}"


@pytest.mark.parametrize("seeded", solutions("slow"), **MARKS)
def test_a_slow_solution_fails_the_complexity_criterion_alone(seeded: Seeded):
    report = graded(seeded.path, 0)
    criterion = kata_of(seeded.path).rubric.named(seeded.said["Fails"])

    assert criterion.kind is CriterionKind.COMPLEXITY
    assert failed(report) == [criterion.id]


@pytest.mark.parametrize("seeded", solutions("cheats"), **MARKS)
def test_a_way_round_the_rules_does_not_pay(seeded: Seeded):
    report = graded(seeded.path, 0)
    points = {c.id: c.earned for c in report.criteria}

    assert points[seeded.said["Fails"]] == 0
    assert report.standing.value in ("failed", "passed")


@pytest.mark.parametrize(
    "seeded", [s for k in ("wrong", "slow", "cheats") for s in solutions(k)], **MARKS
)
def test_a_docstring_says_mistake_criterion_sentence_and_question(seeded: Seeded):
    assert list(seeded.said) == list(KEYS)
    assert all(seeded.said.values())
    assert any(c.id == seeded.said["Fails"] for c in kata_of(seeded.path).rubric.criterion)
