"""What is handed over is recorded only when it is this pull request's, and adds up."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from graders.catalogue import load_kata
from graders.errors import KataError
from graders.ledger.branch import DataBranch
from graders.model.attempt import Attempt
from graders.model.report import Measured
from graders.model.result import CriterionResult, Outcome
from graders.model.submission import Handover, Pull
from graders.pulls.handover import pack
from graders.pulls.recording import HANDOVER, earlier_reports, record
from graders.reporting.assembling import assemble
from graders.scoring import score
from tests.pulls.heads import write_event

KATAS = Path(__file__).parents[2] / "katas"
SHA = "0123456789abcdef0123456789abcdef01234567"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PULL = Pull(
    repository="interview-katas/ml-katas",
    number=7,
    head_sha=SHA,
    base_ref="main",
    user_id=4242,
    login="ada",
)


def graded(slug="reverse_linked_list", *, first=Outcome.PASSED):
    """Give the report of an attempt that passes all but, maybe, the first criterion."""
    kata = load_kata(KATAS / slug)
    outcomes = {one.id: Outcome.PASSED for one in kata.rubric.criterion}
    outcomes[kata.rubric.criterion[0].id] = first
    results = [
        CriterionResult(criterion=name, outcome=outcome, credit=float(outcome == Outcome.PASSED))
        for name, outcome in outcomes.items()
    ]
    return assemble(
        kata,
        Attempt(slug=slug, number=1, files={"solution.py": "pass"}, folder=Path()),
        results,
        score(kata.rubric, results),
        seed="5eed",
        grader_version="b" * 64,
        measured=Measured(sandbox="landlock+seccomp", tier="A", wall_seconds=0.4),
    )


@pytest.fixture
def run(upstream, tmp_path, monkeypatch):
    """Give what records some reports, and what the branch holds then."""
    event = write_event(tmp_path / "event.json", SHA)

    def run(*reports, pull=PULL, text=None):
        handover = Handover(pull=pull, reports=reports)
        monkeypatch.setenv(HANDOVER, pack(handover) if text is None else text)
        return record(event, KATAS, remote=str(upstream.path), clock=lambda: NOON)

    run.branch = DataBranch(str(upstream.path))
    return run


def test_a_report_becomes_an_entry_of_the_events_author_and_commit(run):
    report = graded()

    paths = run(report)

    assert paths == [f"entries/4242/reverse_linked_list/7-{SHA}.json"]
    (entry,) = run.branch.read().entries
    assert entry.report == report
    assert (entry.user_id, entry.login, entry.pull, entry.head_sha) == (4242, "ada", 7, SHA)
    assert entry.graded_at == "2026-11-23T12:00:00+00:00"


def test_a_failed_attempt_is_recorded_too(run):
    report = graded(first=Outcome.FAILED)

    run(report)

    assert [one.report for one in run.branch.read().entries] == [report]


def test_a_void_report_is_not_recorded_and_takes_nothing_from_the_others(run):
    paths = run(graded(first=Outcome.VOID), graded("valid_palindrome"))

    assert paths == [f"entries/4242/valid_palindrome/7-{SHA}.json"]


@pytest.mark.parametrize("text", ["", " \n"])
def test_without_a_handover_there_is_nothing_to_record(run, text):
    assert run(text=text) == []
    assert run.branch.read() == ((), ())


@pytest.mark.parametrize(
    "change",
    [
        {"user_id": 1},
        {"number": 8},
        {"head_sha": "f" * 40},
        {"repository": "mallory/ml-katas"},
        {"login": "mallory"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_handover_that_names_another_pull_request_is_refused(run, change):
    with pytest.raises(KataError, match="about another pull request"):
        run(graded(), pull=msgspec.structs.replace(PULL, **change))

    assert run.branch.read() == ((), ())


def moved(report, points):
    """Move points from the second criterion to the first; the total stays sound."""
    first, second, *rest = report.criteria
    rows = (
        msgspec.structs.replace(
            first, earned=first.earned + points, possible=first.possible + points
        ),
        msgspec.structs.replace(
            second, earned=second.earned - points, possible=second.possible - points
        ),
        *rest,
    )
    return msgspec.structs.replace(report, criteria=rows)


@pytest.mark.parametrize(
    "forged",
    [
        lambda good: moved(good, 5),
        lambda good: msgspec.structs.replace(good, pass_mark=good.pass_mark - 1),
        lambda good: msgspec.structs.replace(good, criteria=good.criteria[::-1]),
        lambda good: msgspec.structs.replace(good, slug="valid_palindrome"),
        lambda good: msgspec.structs.replace(good, slug="no_such_kata"),
    ],
    ids="points pass-mark criteria kata unknown".split(),
)
def test_one_forged_report_takes_the_whole_handover_with_it(run, forged):
    with pytest.raises(KataError) as caught:
        run(graded("k_means"), forged(graded()))

    assert caught.value.fix
    assert run.branch.read() == ((), ())


@pytest.mark.parametrize("text", ["bm90IHpsaWI=", "\u00e9", "a" * 200_000])
def test_what_is_no_handover_is_refused(run, text):
    with pytest.raises(KataError, match="no handover that can be believed"):
        run(text=text)


def test_who_is_not_on_the_roster_is_not_recorded(run, monkeypatch):
    monkeypatch.setenv("KATA_ROSTER_IDS", "1, 2")

    assert run(graded()) == []
    assert run.branch.read() == ((), ())


def test_recording_the_same_run_twice_is_one_entry(run):
    run(graded())

    assert run(graded()) == []
    assert len(run.branch.read().entries) == 1


def test_an_event_that_cannot_be_read_is_said_so(tmp_path, monkeypatch):
    monkeypatch.setenv(HANDOVER, pack(Handover(pull=PULL)))

    with pytest.raises(KataError, match="cannot be read"):
        record(tmp_path / "none.json", KATAS, remote=str(tmp_path))


def test_the_last_report_is_the_one_from_before_this_push(run, upstream):
    report = graded(first=Outcome.FAILED)
    run(report)
    pushed = msgspec.structs.replace(PULL, head_sha="f" * 40)

    assert earlier_reports(pushed, remote=str(upstream.path)) == {report.slug: report}
    assert earlier_reports(PULL, remote=str(upstream.path)) == {}


def test_a_branch_that_cannot_be_read_has_no_earlier_reports(tmp_path):
    assert earlier_reports(PULL, remote=str(tmp_path / "gone.git")) == {}
