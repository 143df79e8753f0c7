from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kata_folders import make_rubric

from graders.errors import GraderError
from graders.model.result import CriterionResult, Outcome
from graders.model.score import Earned, Score, Standing
from graders.scoring import score, standing

if TYPE_CHECKING:
    from graders.model.rubric import Rubric

UNPASSED = (Outcome.FAILED, Outcome.ERRORED, Outcome.TIMED_OUT, Outcome.SKIPPED)


def passed(name: str) -> CriterionResult:
    return CriterionResult(criterion=name, outcome=Outcome.PASSED, credit=1.0)


def failed(name: str, credit: float = 0.0) -> CriterionResult:
    return CriterionResult(criterion=name, outcome=Outcome.FAILED, credit=credit)


def pending(name: str, *, credit: float = 0.0, share: float = 1.0) -> CriterionResult:
    return CriterionResult(criterion=name, outcome=Outcome.PENDING, credit=credit, pending=share)


def ended(name: str, outcome: Outcome) -> CriterionResult:
    return CriterionResult(criterion=name, outcome=outcome)


def test_points_of_passed_criteria_add_up() -> None:
    rubric = make_rubric(("basics", 60), ("edges", 40), pass_mark=60)

    total = score(rubric, [failed("edges"), passed("basics")])

    assert total == Score(
        by_criterion=(
            Earned(criterion="basics", earned=60, pending=0, possible=60),
            Earned(criterion="edges", earned=0, pending=0, possible=40),
        ),
        earned=60,
        pending=0,
        possible=100,
        pass_mark=60,
        standing=Standing.PASSED,
    )


@pytest.mark.parametrize(
    ("credit", "points", "earned"),
    [
        pytest.param(3 / 5, 20, 12, id="three of five of 20 points"),
        pytest.param(2 / 3, 20, 13, id="a share between two points is rounded down"),
        pytest.param(1 - 1e-6, 20, 19, id="full points take full credit"),
        pytest.param(0.1 + 0.2, 10, 3, id="binary fractions lose no point"),
        pytest.param(0.29, 100, 29, id="nor do they when multiplied"),
    ],
)
def test_credit_becomes_whole_points(credit: float, points: int, earned: int) -> None:
    rubric = make_rubric(("basics", points))

    total = score(rubric, [failed("basics", credit)])

    assert total.by_criterion[0].earned == earned


def test_pending_is_rounded_with_credit_so_that_full_points_stay_in_reach() -> None:
    rubric = make_rubric(("written", 5))

    total = score(rubric, [pending("written", credit=0.5, share=0.5)])

    assert (total.earned, total.pending) == (2, 3)


@pytest.mark.parametrize("outcome", UNPASSED, ids=lambda outcome: outcome.value)
def test_a_criterion_is_skipped_when_what_it_requires_did_not_pass(outcome: Outcome) -> None:
    rubric = make_rubric(("basics", 60), ("scales", 40), requires={"scales": ("basics",)})

    total = score(rubric, [ended("basics", outcome), passed("scales")])

    assert total.by_criterion[1] == Earned(
        criterion="scales", earned=0, pending=0, possible=40, skipped=True
    )


def test_a_partly_right_requirement_did_not_pass() -> None:
    rubric = make_rubric(("basics", 60), ("scales", 40), requires={"scales": ("basics",)})

    total = score(rubric, [failed("basics", 0.9), passed("scales")])

    assert [row.skipped for row in total.by_criterion] == [False, True]


def test_skipping_goes_on_through_a_chain() -> None:
    rubric = make_rubric(
        ("third", 30),
        ("second", 30),
        ("first", 40),
        requires={"third": ("second",), "second": ("first",)},
    )

    total = score(rubric, [failed("first"), passed("second"), passed("third")])

    assert [row.skipped for row in total.by_criterion] == [True, True, False]
    assert total.earned == 0


def test_points_are_pending_while_what_they_require_is() -> None:
    rubric = make_rubric(("written", 60), ("depth", 40), requires={"depth": ("written",)})

    total = score(rubric, [pending("written"), failed("depth", 0.5)])

    assert total.by_criterion == (
        Earned(criterion="written", earned=0, pending=60, possible=60),
        Earned(criterion="depth", earned=0, pending=20, possible=40),
    )
    assert total.standing is Standing.UNDECIDED


def test_a_failed_requirement_outweighs_a_pending_one() -> None:
    rubric = make_rubric(
        ("written", 30), ("basics", 30), ("depth", 40), requires={"depth": ("written", "basics")}
    )

    total = score(rubric, [pending("written"), failed("basics"), passed("depth")])

    assert total.by_criterion[2].skipped


def test_a_criterion_that_its_check_skipped_earns_nothing() -> None:
    rubric = make_rubric(("basics", 100))

    total = score(rubric, [ended("basics", Outcome.SKIPPED)])

    assert total.by_criterion[0] == Earned(
        criterion="basics", earned=0, pending=0, possible=100, skipped=True
    )


def test_a_void_criterion_leaves_both_sides_of_the_fraction() -> None:
    rubric = make_rubric(("basics", 60), ("scales", 40))

    total = score(rubric, [passed("basics"), ended("scales", Outcome.VOID)])

    assert total == Score(
        by_criterion=(
            Earned(criterion="basics", earned=60, pending=0, possible=60),
            Earned(criterion="scales", earned=0, pending=0, possible=0),
        ),
        earned=None,
        pending=0,
        possible=60,
        pass_mark=80,
        standing=Standing.VOID,
    )


def test_what_requires_a_void_criterion_waits_for_it() -> None:
    rubric = make_rubric(("basics", 60), ("scales", 40), requires={"scales": ("basics",)})

    total = score(rubric, [ended("basics", Outcome.VOID), passed("scales")])

    assert total.by_criterion[1] == Earned(criterion="scales", earned=0, pending=40, possible=40)


def test_many_criteria_that_all_require_each_other_in_order_score_at_once() -> None:
    names = [f"c{number}" for number in range(100)]
    requires = {name: tuple(names[:place]) for place, name in enumerate(names)}
    rubric = make_rubric(*((name, 1) for name in names), requires=requires)

    total = score(rubric, [passed(name) for name in names])

    assert total.earned == 100


@pytest.mark.parametrize(
    ("earned", "waiting", "expected"),
    [
        pytest.param(80, 0, Standing.PASSED, id="at the mark"),
        pytest.param(80, 20, Standing.PASSED, id="passed already, whatever is pending"),
        pytest.param(79, 0, Standing.FAILED, id="a point below"),
        pytest.param(60, 19, Standing.FAILED, id="pending points cannot reach it"),
        pytest.param(60, 20, Standing.UNDECIDED, id="pending points may just reach it"),
    ],
)
def test_standing_against_a_pass_mark_of_80(earned: int, waiting: int, expected: Standing) -> None:
    assert standing(earned, waiting, 80) is expected


@pytest.mark.parametrize(
    ("results", "what"),
    [
        pytest.param([], "criterion 'basics' has no result", id="no result"),
        pytest.param(
            [passed("basics"), failed("basics")],
            "criterion 'basics' has more than one result",
            id="two results",
        ),
        pytest.param(
            [passed("basics"), passed("edges")],
            "a result names 'edges', which is no criterion",
            id="a result of no criterion",
        ),
        pytest.param(
            [failed("basics", math.nan)],
            "criterion 'basics' has credit nan and pending 0.0, outside 0 to 1",
            id="credit is no number",
        ),
        pytest.param(
            [failed("basics", -0.5)],
            "criterion 'basics' has credit -0.5 and pending 0.0, outside 0 to 1",
            id="credit below zero",
        ),
        pytest.param(
            [pending("basics", credit=0.75, share=0.5)],
            "criterion 'basics' has credit 0.75 and pending 0.5, outside 0 to 1",
            id="more than everything",
        ),
        pytest.param(
            [ended("basics", Outcome.PASSED)],
            "criterion 'basics' passed with credit 0.0, not 1",
            id="passed without credit",
        ),
    ],
)
def test_results_that_cannot_be_are_the_graders_error(
    results: list[CriterionResult], what: str
) -> None:
    with pytest.raises(GraderError) as caught:
        score(make_rubric(("basics", 100)), results)

    assert caught.value.what == what
    assert caught.value.exit_code == 3


@st.composite
def graded(draw: st.DrawFn) -> tuple[Rubric, list[CriterionResult]]:
    """Draw a rubric without circles and results that a check may give."""
    count = draw(st.integers(1, 6))
    cuts = sorted(draw(st.sets(st.integers(1, 99), min_size=count - 1, max_size=count - 1)))
    points = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    names = [f"c{number}" for number in range(count)]
    requires = {
        name: tuple(draw(st.sets(st.sampled_from(names[:place]))) if place else ())
        for place, name in enumerate(names)
    }
    rubric = make_rubric(
        *zip(names, points, strict=True),
        requires=requires,
        pass_mark=draw(st.integers(1, 100)),
    )
    return rubric, [draw(result(name)) for name in names]


@st.composite
def result(draw: st.DrawFn, name: str) -> CriterionResult:
    outcome = draw(st.sampled_from(Outcome))
    if outcome is Outcome.PASSED:
        return passed(name)
    credit = draw(st.floats(0, 1))
    share = draw(st.floats(0, 1 - credit)) if outcome is Outcome.PENDING else 0.0
    return CriterionResult(criterion=name, outcome=outcome, credit=credit, pending=share)


@given(graded())
def test_points_stay_within_bounds(case: tuple[Rubric, list[CriterionResult]]) -> None:
    total = score(*case)

    for row in total.by_criterion:
        assert 0 <= row.earned <= row.earned + row.pending <= row.possible
    sums = [sum(column) for column in zip(*map(points_of, total.by_criterion), strict=True)]
    assert sums[1:] == [total.pending, total.possible]
    assert total.earned in {None, sums[0]}
    assert (total.earned is None) == (total.standing is Standing.VOID)


def points_of(row: Earned) -> tuple[int, int, int]:
    return row.earned, row.pending, row.possible


@given(graded(), st.data())
def test_more_credit_never_costs_points(
    case: tuple[Rubric, list[CriterionResult]], data: st.DataObject
) -> None:
    rubric, results = case
    place = data.draw(st.integers(0, len(results) - 1))
    before = results[place]
    if before.outcome is Outcome.VOID:
        return
    better = [*results]
    better[place] = data.draw(
        st.one_of(
            st.just(passed(before.criterion)),
            st.floats(before.credit + before.pending, 1).map(
                lambda credit: failed(before.criterion, credit)
            )
            if before.outcome in {Outcome.FAILED, Outcome.ERRORED, Outcome.TIMED_OUT}
            else st.just(before),
        )
    )

    low, high = score(rubric, results), score(rubric, better)

    for row, raised in zip(low.by_criterion, high.by_criterion, strict=True):
        assert row.earned <= raised.earned
    ranks = [Standing.FAILED, Standing.UNDECIDED, Standing.PASSED]
    if low.standing is not Standing.VOID:
        assert ranks.index(low.standing) <= ranks.index(high.standing)


@given(graded(), st.randoms())
def test_the_order_of_results_does_not_matter(
    case: tuple[Rubric, list[CriterionResult]], random: object
) -> None:
    rubric, results = case
    shuffled = [*results]
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert score(rubric, shuffled) == score(rubric, results)
