"""What was fetched is graded and handed over; one failure stops no other."""

import itertools
import shutil

import msgspec
import pytest

from graders.catalogue.seals import SEAL, SEALED, Seal
from graders.errors import CannotGrade, GraderError, KataError
from graders.model.result import Outcome
from graders.model.score import Standing
from graders.model.submission import Fetched, Pull, Refusal, Submission
from graders.pulls.fetching import FETCHED, fetch
from graders.pulls.grading import BUDGET_SECONDS, grade
from graders.pulls.handover import MAX_REFUSALS, unpack
from tests.kata_folders import write_kata
from tests.pulls.heads import attempt, write_event
from tests.reports import report
from tests.robustness.tiny import RIGHT, write_repository

PULL = Pull(
    repository="interview-katas/ml-katas",
    number=7,
    head_sha="0123456789abcdef0123456789abcdef01234567",
    base_ref="main",
    user_id=4242,
    login="ada",
)
ON_US = "this kata cannot be graded right now; that is on us, and costs you nothing"


@pytest.fixture
def output(tmp_path, monkeypatch):
    """Give what a job's output holds."""
    path = tmp_path / "output"
    path.touch()
    monkeypatch.setenv("GITHUB_OUTPUT", str(path))

    def read():
        head, text, tail = path.read_text().splitlines()
        assert head == f"report<<{tail}"
        return unpack(text)

    return read


@pytest.fixture
def catalogue(tmp_path):
    root = tmp_path / "base" / "katas"
    for slug in ("k_means", "k_medians", "k_modes"):
        write_kata(root, slug)
    return root


def write_fetched(work, *slugs, **more):
    submissions = tuple(Submission(slug=s, attempt=3, files={"solution.py": s}) for s in slugs)
    work.mkdir()
    fetched = Fetched(pull=PULL, submissions=submissions, **more)
    (work / FETCHED).write_bytes(msgspec.json.encode(fetched))
    return work


def grades(kata, attempt, *, sandbox):
    """Grade by looking at nothing."""
    return report(slug=kata.slug, attempt=attempt.number, digest=attempt.digest)


def test_what_a_learner_pushed_comes_out_as_a_report(tmp_path, upstream, output):
    catalogue = write_repository(tmp_path) / "katas"
    loops = b"def double(n):\n    while True:\n        print('::set-output name=report::forged')\n"
    two = {"001": {"solution.py": loops}, "002": {"solution.py": RIGHT.encode()}}
    sha = upstream.commit({"attempts": {"doubling": two}})
    event = write_event(tmp_path / "event.json", sha)
    fetch(event, tmp_path / "work", catalogue, remote=str(upstream.path))

    handover = grade(tmp_path / "work", catalogue)

    (graded,) = handover.reports
    assert (graded.slug, graded.attempt, graded.earned) == ("doubling", 2, 100)
    assert graded.standing is Standing.PASSED
    assert output() == handover
    assert (handover.pull.head_sha, handover.refused) == (sha, ())


def test_an_attempt_that_never_ends_is_graded_too(tmp_path, upstream, output, capfd):
    catalogue = write_repository(tmp_path) / "katas"
    loops = b"def double(n):\n    while True:\n        print('::set-output name=report::forged')\n"
    sha = upstream.commit(attempt({"solution.py": loops}, slug="doubling"))
    event = write_event(tmp_path / "event.json", sha)
    fetch(event, tmp_path / "work", catalogue, remote=str(upstream.path))

    (graded,) = grade(tmp_path / "work", catalogue).reports

    assert (graded.earned, graded.standing) == (0, Standing.FAILED)
    assert Outcome.VOID not in {row.outcome for row in graded.criteria}
    assert len(output().reports) == 1
    assert "forged" not in "".join(capfd.readouterr())


def test_each_submission_is_graded_as_it_was_fetched(tmp_path, catalogue, output):
    asked = []

    def watched(kata, attempt, *, sandbox):
        asked.append((kata.slug, attempt.slug, attempt.number, attempt.files, sandbox))
        return grades(kata, attempt, sandbox=sandbox)

    work = write_fetched(tmp_path / "work", "k_means", "k_modes")

    handover = grade(work, catalogue, sandbox="auto", grade_one=watched)

    assert asked == [
        (slug, slug, 3, {"solution.py": slug}, "auto") for slug in ("k_means", "k_modes")
    ]
    assert [graded.slug for graded in handover.reports] == ["k_means", "k_modes"]


def test_what_was_refused_and_left_out_is_handed_on(tmp_path, catalogue, output):
    refused = (Refusal(path="attempts/x", why="there is no such kata"),)
    work = write_fetched(tmp_path / "work", refused=refused, left_out=("k_modes",))

    grade(work, catalogue, grade_one=grades)

    assert output().refused == refused
    assert output().left_out == ("k_modes",)


def test_one_kata_that_breaks_stops_no_other(tmp_path, catalogue, output):
    (catalogue / "k_means" / "rubric.toml").write_text("pass_mark = 'high'\n")

    def breaks(kata, attempt, *, sandbox):
        if kata.slug == "k_medians":
            raise GraderError("a result names a situation that the rubric does not have")
        return grades(kata, attempt, sandbox=sandbox)

    refused = tuple(Refusal(path=f"attempts/x{n}", why="no") for n in range(MAX_REFUSALS))
    work = write_fetched(tmp_path / "work", "k_means", "k_medians", "k_modes", refused=refused)

    grade(work, catalogue, grade_one=breaks)

    assert [graded.slug for graded in output().reports] == ["k_modes"]
    assert output().refused == (
        Refusal(path="attempts/k_means/003", why=ON_US),
        Refusal(path="attempts/k_medians/003", why=ON_US),
        *refused[: MAX_REFUSALS - 2],
    )


def test_a_sealed_kata_is_graded_from_where_it_was_opened(tmp_path, catalogue, output):
    work = write_fetched(tmp_path / "work", "k_means", "k_modes")
    opened = write_kata(work / "unsealed", "k_means")
    folders = []

    def watched(kata, attempt, *, sandbox):
        folders.append(kata.folder)
        return grades(kata, attempt, sandbox=sandbox)

    grade(work, catalogue, grade_one=watched)

    assert folders == [opened, catalogue / "k_modes"]
    assert not (work / "unsealed").exists()


def test_what_was_unsealed_is_gone_also_when_grading_breaks(tmp_path, catalogue, output):
    work = write_fetched(tmp_path / "work", "k_means")
    write_kata(work / "unsealed", "k_means")

    def breaks(kata, attempt, *, sandbox):
        raise MemoryError

    with pytest.raises(MemoryError):
        grade(work, catalogue, grade_one=breaks)
    assert not (work / "unsealed").exists()


def test_a_kata_that_is_still_sealed_is_not_graded(tmp_path, catalogue, output):
    shutil.rmtree(catalogue / "k_means" / "hidden")
    (catalogue / "k_means" / SEALED).write_bytes(b"age-encryption.org/v1\n")
    (catalogue / "k_means" / SEAL).write_text(Seal("a" * 64, "b" * 64, "c" * 64).to_text())
    work = write_fetched(tmp_path / "work", "k_means")

    grade(work, catalogue, grade_one=grades)

    assert output().reports == ()
    assert output().refused == (Refusal(path="attempts/k_means/003", why=ON_US),)


def test_a_sandbox_that_does_not_start_is_an_error_and_no_score(tmp_path, catalogue, output):
    def has_no_jail(kata, attempt, *, sandbox):
        raise CannotGrade("the sandbox did not start", fix="see kata doctor")

    work = write_fetched(tmp_path / "work", "k_means")

    with pytest.raises(CannotGrade):
        grade(work, catalogue, grade_one=has_no_jail)
    assert (tmp_path / "output").read_text() == ""


def test_what_has_not_begun_in_time_is_named(tmp_path, catalogue, output):
    clock = itertools.count(0.0, BUDGET_SECONDS / 2)
    work = write_fetched(tmp_path / "work", "k_means", "k_medians", "k_modes", left_out=("a_kata",))

    grade(work, catalogue, grade_one=grades, clock=lambda: next(clock))

    assert [graded.slug for graded in output().reports] == ["k_means"]
    assert output().left_out == ("a_kata", "k_medians", "k_modes")


def test_grading_before_fetching_says_what_to_do(tmp_path, catalogue):
    with pytest.raises(KataError) as caught:
        grade(tmp_path, catalogue)

    assert caught.value.fix == "run kata ci fetch first, with the same --work"
