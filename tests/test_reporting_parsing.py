from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from kata_folders import make_kata, make_rubric

from graders.errors import KataError
from graders.model.attempt import Attempt
from graders.model.report import Measured, Report
from graders.model.result import Cause, CauseKind, CriterionResult, Outcome, SituationResult
from graders.reporting import assemble, check_report, parse_report
from graders.reporting.parsing import migrate
from graders.scoring import score

if TYPE_CHECKING:
    from graders.model.rubric import Rubric

RUBRIC = make_rubric(
    ("essay", 20),
    ("basics", 30),
    ("depth", 20),
    ("scales", 30),
    requires={"depth": ("essay",), "scales": ("basics",)},
)


def result(name: str, outcome: Outcome, **more: Any) -> CriterionResult:
    return CriterionResult(criterion=name, outcome=outcome, **more)


RESULTS = (
    result("essay", Outcome.PENDING, credit=0.3, pending=0.5),
    result(
        "basics",
        Outcome.FAILED,
        credit=0.5,
        causes=(Cause(kind=CauseKind.RAISED, error="TypeError", line=9),),
        situations=(SituationResult(id="small", text="", outcome=Outcome.PASSED),),
    ),
    result("depth", Outcome.PASSED, credit=1.0),
    result("scales", Outcome.PASSED, credit=1.0),
)


def make_report(*results: CriterionResult, rubric: Rubric = RUBRIC) -> Report:
    results = results or RESULTS
    return assemble(
        make_kata(rubric=rubric),
        Attempt(slug="k_means", number=1, files={}, folder=Path()),
        results,
        score(rubric, results),
        seed="5eed",
        grader_version="9ade",
        measured=Measured(
            sandbox="none", tier="C", wall_seconds=1.5, criteria={"scales": {"runs": [1, 2.5]}}
        ),
    )


def changed(path: str, value: object) -> bytes:
    """Give the document of a report with one value changed: ``criteria.0.earned``."""
    document = json.loads(make_report().to_json())
    *way, last = (int(step) if step.isdecimal() else step for step in path.split("."))
    table = document
    for step in way:
        table = table[step]
    table[last] = value
    return json.dumps(document).encode()


def refusal(data: bytes) -> str:
    with pytest.raises(KataError) as caught:
        parse_report(data)
    start = "this is no report that can be believed: "
    assert caught.value.what.startswith(start)
    assert caught.value.fix == "grade again: kata grade --json"
    return caught.value.what.removeprefix(start)


# --- parsing


def test_a_report_comes_back_as_it_was_written() -> None:
    report = make_report()

    assert parse_report(report.to_json()) == report


def test_a_report_ends_its_last_line() -> None:
    data = make_report().to_json()

    assert data.startswith(b'{\n  "schema": "kata-report/1",\n')
    assert data.endswith(b"}\n")


def test_a_void_report_comes_back_too() -> None:
    report = make_report(*RESULTS[:3], result("scales", Outcome.VOID))

    assert report.earned is None
    assert parse_report(report.to_json()) == report


def test_keys_that_are_not_known_are_dropped() -> None:
    assert parse_report(changed("extra", {"a": 1})) == make_report()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "Input data was truncated", id="empty"),
        pytest.param(b"[" * 100_000, None, id="deep"),
        pytest.param(b" " * 1_000_001, "it holds 1,000,001 bytes, more than 1,000,000", id="huge"),
        pytest.param(b"\xff", None, id="no UTF-8"),
        pytest.param(b'"\xff"', None, id="a text that is no UTF-8"),
        *(
            pytest.param(
                data, 'it does not begin with "schema": "kata-report/1"', id=f"{data.decode()}"
            )
            for data in (
                b"null",
                b"[]",
                b"{}",
                b'{"schema": 1}',
                b'{"schema": "kata-list/1"}',
                b'{"schema": "kata-report/0"}',
                b'{"schema": "kata-report/1x"}',
            )
        ),
    ],
)
def test_what_is_no_report_is_refused(data: bytes, reason: str | None) -> None:
    assert reason in {refusal(data), None}


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("slug", "../etc", "its slug is not snake_case"),
        ("digest", "g" * 64, "its digest is not hexadecimal"),
        ("seed", "", "its seed is no plain word"),
        ("seed", "1\n", "its seed is no plain word"),
        ("kata_version", "A", "its kata_version is not hexadecimal"),
        ("grader_version", "<b>", "its grader_version is not hexadecimal"),
        ("title", "x" * 4001, "a text of it is longer than 4,000"),
        ("measured.criteria.scales.runs", [0] * 1001, "a list of it is longer than 1,000"),
        (
            "measured.criteria.scales.runs",
            {str(number): 0 for number in range(1001)},
            "a list of it is longer than 1,000",
        ),
        ("measured.criteria", {"x" * 4001: {}}, "a text of it is longer than 4,000"),
        ("measured.wall_seconds", 1e300, "a number of it is too large"),
        ("attempt", -(10**16), "a number of it is too large"),
        ("criteria.1.earned", -1, "the points of criterion 'basics' cannot be"),
        ("criteria.1.pending", 16, "the points of criterion 'basics' cannot be"),
        ("criteria.1.earned", 16, "its points do not add up"),
        ("earned", 100, "its points do not add up"),
        ("earned", None, "its points do not add up"),
        ("pending", 0, "its points do not add up"),
        ("possible", 50, "its points do not add up"),
        ("standing", "passed", "its points do not add up"),
        ("pass_mark", 1, "its points do not add up"),
        ("criteria.0.outcome", "void", "its points do not add up"),
        (
            "criteria.1.causes.0.error",
            "Error: 42",
            "a cause of criterion 'basics' holds more than names and lines",
        ),
        (
            "criteria.1.causes.0.kind",
            "\x1b[2J",
            "Invalid enum value '\\x1b[2J' - at `$.criteria[1].causes[0].kind`",
        ),
        ("earned", "100", "Expected `int | null`, got `str` - at `$.earned`"),
    ],
)
def test_a_report_that_cannot_be_is_refused(path: str, value: object, reason: str) -> None:
    assert refusal(changed(path, value)) == reason


def test_a_refusal_does_not_grow_with_what_it_quotes() -> None:
    assert len(refusal(changed("criteria.1.causes.0.kind", "x" * 4000))) == 200


def test_a_newer_report_is_refused_with_advice() -> None:
    with pytest.raises(KataError) as caught:
        parse_report(changed("schema", "kata-report/2"))

    assert caught.value.what == (
        "the report was made by a newer grader: kata-report/2, not kata-report/1"
    )
    assert caught.value.fix == "update the grader: git pull, then make"


def test_an_older_report_is_brought_up_step_by_step() -> None:
    steps = {
        version: lambda document, version=version: (
            document | {"schema": f"kata-report/{version + 1}", f"by_{version}": True}
        )
        for version in (1, 2)
    }

    document = migrate({"schema": "kata-report/1"}, steps, current=3)

    assert document == {"schema": "kata-report/3", "by_1": True, "by_2": True}


# --- checking against the rubric


@pytest.mark.parametrize(
    "results",
    [
        pytest.param(RESULTS, id="pending, partly right, held back and skipped"),
        pytest.param(
            (
                result("essay", Outcome.PASSED, credit=1.0),
                result("basics", Outcome.PASSED, credit=1.0),
                result("depth", Outcome.TIMED_OUT, credit=1 / 3),
                result("scales", Outcome.SKIPPED),
            ),
            id="passed",
        ),
        pytest.param(
            (result("essay", Outcome.VOID), *RESULTS[1:]), id="void, and what waits for it"
        ),
    ],
)
def test_a_graders_own_report_fits_its_rubric(results: tuple[CriterionResult, ...]) -> None:
    check_report(make_report(*results), RUBRIC)


@pytest.mark.parametrize(
    ("rubric", "reason"),
    [
        pytest.param(
            make_rubric(("basics", 100)),
            "its criteria are not the rubric's",
            id="other criteria",
        ),
        pytest.param(
            make_rubric(
                ("essay", 20),
                ("basics", 30),
                ("depth", 20),
                ("scales", 30),
                requires={"basics": ("scales",)},
            ),
            "the points of criterion 'basics' do not follow from the rubric",
            id="other requirements",
        ),
        pytest.param(
            make_rubric(
                ("essay", 20),
                ("basics", 30),
                ("depth", 20),
                ("scales", 30),
                requires={"depth": ("essay",), "scales": ("basics",)},
                pass_mark=60,
            ),
            "its totals do not follow from the rubric",
            id="another pass mark",
        ),
        pytest.param(
            make_rubric(("essay", 1), ("basics", 49), ("depth", 20), ("scales", 30)),
            "criterion 'essay' has credit 6.0 and pending 10.0, outside 0 to 1",
            id="other points",
        ),
    ],
)
def test_a_report_of_another_rubric_is_refused(rubric: Rubric, reason: str) -> None:
    with pytest.raises(KataError) as caught:
        check_report(make_report(), rubric)

    assert caught.value.what == f"the report does not fit the kata: {reason}"
    assert caught.value.fix == "grade again with the kata as it is now"
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("criteria.1.title", "Free points"),
        ("criteria.1.kind", "review"),
        ("criteria.1.situations.0.text", "call this number"),
    ],
)
def test_words_that_are_not_the_rubrics_are_refused(path: str, value: str) -> None:
    report = parse_report(changed(path, value))

    with pytest.raises(KataError) as caught:
        check_report(report, RUBRIC)

    assert caught.value.what == (
        "the report does not fit the kata: criterion 'basics' does not read as in the rubric"
    )


def test_a_criterion_cannot_pass_without_its_points() -> None:
    report = parse_report(changed("criteria.1.outcome", "passed"))

    with pytest.raises(KataError, match=r"criterion 'basics' passed with credit 0\.5, not 1"):
        check_report(report, RUBRIC)
