"""What was handed over is posted once it is believed; else we say that it is on us."""

import msgspec
import pytest
from github.loopback import Loopback

from graders.catalogue import load_kata
from graders.errors import KataError
from graders.github.api import Api
from graders.github.event import read_event
from graders.github.failures import ApiError, SignInError
from graders.ledger.branch import DataBranch
from graders.ledger.pull_entry import PullEntry
from graders.model.report import NextStep
from graders.model.result import Cause, CauseKind, Finding, Outcome, SituationResult
from graders.model.score import Standing
from graders.model.submission import Handover, Refusal
from graders.publish import CANNOT
from graders.pulls.handover import pack
from graders.pulls.posting import post, run_url
from graders.render.markdown import MARKER
from tests.kata_folders import write_kata
from tests.pulls.heads import write_event
from tests.reports import criterion, report

SHA = "0123456789abcdef0123456789abcdef01234567"
OTHER = "f" * 40
TOKEN = "ghs_a-workflows-own"
MAY = {"contents": "read", "pull-requests": "write", "statuses": "write"}
FAILED = (
    "kata/score",
    "failure",
    "30 of 100 points. Not there yet, 50 points to the pass mark of 80.",
)
ON_US = ("kata/score", "error", CANNOT)


class World:
    """A pull request on a loopback GitHub, and a class's catalogue."""

    def __init__(self, folder, github, monkeypatch):
        self.github, self._set = github, monkeypatch.setenv
        self.catalogue = folder / "katas"
        self.kata = load_kata(write_kata(self.catalogue))
        self.event = write_event(folder / "event.json", SHA)
        self.pull = read_event(self.event.read_bytes())
        self.api = Api(TOKEN, github.url, sleep=lambda _: None)
        self.summary = folder / "summary"
        self._set("GITHUB_STEP_SUMMARY", str(self.summary))
        self._set("GITHUB_RUN_ID", "99")
        github.add_token(TOKEN, MAY)
        github.add_pull(self.pull)

    def post(self, handover=None, *, text="", before=()):
        """Post a handover, or the text of one."""
        self._set("KATA_HANDOVER", text or (pack(handover) if handover else ""))
        earlier = {one.slug: one for one in before}
        post(self.event, self.catalogue, api=self.api, before=lambda _: earlier)

    def handover(self, *reports, **more):
        return Handover(pull=more.pop("pull", self.pull), reports=reports, **more)

    def half_right(self, **changes):
        """Give a report that follows from the kata's rubric: 30 of 60, and what is skipped."""
        first, second = self.kata.rubric.criterion
        ends = {"one": Outcome.PASSED, "many": Outcome.FAILED}
        rows = (
            criterion(
                first.id,
                first.title,
                30,
                60,
                situations=tuple(
                    SituationResult(id=key, text=text, outcome=ends[key])
                    for key, text in first.situations.items()
                ),
                causes=(Cause(kind=CauseKind.RAISED, error="TypeError", line=9),),
                feedback="1 of 2 situations handled; raised TypeError at line 9",
            ),
            criterion(
                second.id,
                second.title,
                0,
                40,
                kind="complexity",
                outcome=Outcome.SKIPPED,
                situations=tuple(
                    SituationResult(id=key, text=text, outcome=Outcome.SKIPPED)
                    for key, text in second.situations.items()
                ),
            ),
        )
        made = {
            "slug": "k_means",
            "title": "K-means",
            "standing": Standing.FAILED,
            "earned": 30,
            "criteria": rows,
            "next_step": NextStep(criterion=first.id, text="Which mean is nearest?"),
        }
        return report(**{**made, **changes})

    def void(self):
        whole = self.half_right()
        first, second = whole.criteria
        first = msgspec.structs.replace(
            first, outcome=Outcome.VOID, earned=0, possible=0, causes=(), feedback=""
        )
        second = msgspec.structs.replace(second, outcome=Outcome.PENDING, pending=40)
        return self.half_right(
            criteria=(first, second),
            standing=Standing.VOID,
            earned=None,
            pending=40,
            possible=40,
            next_step=None,
        )

    @property
    def comment(self):
        (body,) = self.github.bodies(self.pull)
        return body

    @property
    def statuses(self):
        return self.github.statuses_of(self.pull)


@pytest.fixture
def world(tmp_path, monkeypatch):
    with Loopback() as github:
        yield World(tmp_path, github, monkeypatch)


def test_a_report_becomes_comment_status_summary_and_annotations(world, capsys):
    world.post(world.handover(world.half_right()))

    assert world.comment.startswith(f"{MARKER}\n### k\\_means: 30 / 100\n\n**Not there yet, 50")
    assert "> **Next step:** Which mean is nearest?" in world.comment
    assert world.statuses == [FAILED]
    assert world.summary.read_text() == world.comment
    assert capsys.readouterr().out == (
        "::notice file=attempts/k_means/002/solution.py,line=9,title=k_means%3A Assigns correctly"
        "::raised TypeError at line 9 (30 points to gain)\n"
    )


def test_the_status_leads_to_the_comment(world):
    world.post(world.handover(world.half_right()))

    (status,) = world.github.statuses[world.pull.repository, SHA]
    (comment,) = world.github.comments[world.pull.repository, 7]
    assert status["target_url"] == comment["html_url"]


def test_the_same_report_again_leaves_the_comment_alone(world):
    world.post(world.handover(world.half_right()))
    world.post(world.handover(world.half_right()))

    assert len(world.github.asked("POST")) == len(["comment", "status", "status"])
    assert world.github.asked("PATCH") == []


def test_what_changed_since_is_told_from_the_ledger_not_from_the_comment(world):
    world.github.add_comment(world.pull, f"{MARKER}\n### k\\_means: 100 / 100\n")
    old = world.half_right(earned=10)

    world.post(world.handover(world.half_right()), before=[old])

    assert "Up 20 since your last push." in world.comment


def test_the_ledger_of_the_class_is_asked_by_default(world, tmp_path, upstream, monkeypatch):
    old = world.half_right()
    first, second = old.criteria
    first = msgspec.structs.replace(first, earned=10)
    old = world.half_right(earned=10, criteria=(first, second))
    entry = PullEntry(
        user_id=world.pull.user_id,
        login="ada",
        pull=3,
        head_sha=OTHER,
        graded_at="2026-11-01T00:00:00+00:00",
        report=old,
    )
    DataBranch(str(upstream.path)).add([entry])
    (tmp_path / "interview-katas").mkdir()
    (tmp_path / "interview-katas" / "ml-katas.git").symlink_to(upstream.path)
    monkeypatch.setenv("GITHUB_SERVER_URL", f"file://{tmp_path}")
    monkeypatch.setenv("KATA_HANDOVER", pack(world.handover(world.half_right())))

    post(world.event, world.catalogue, api=world.api)

    assert "Up 20 since your last push." in world.comment


def test_a_forged_comment_is_left_alone(world):
    forged = f"{MARKER}\n### k\\_means: 100 / 100\n"
    world.github.add_comment(world.pull, forged, login="mallory")

    world.post(world.handover(world.half_right()))

    assert world.github.bodies(world.pull)[0] == forged
    assert len(world.github.bodies(world.pull)) == 2


def test_refusals_alone_make_a_comment_too(world):
    refused = (Refusal(path="attempts/k_means/001", why="is a link, not a folder"),)

    world.post(world.handover(refused=refused))

    assert "- `attempts/k_means/001`: is a link, not a folder\n" in world.comment
    assert world.statuses == [("kata/score", "failure", "Nothing was graded; 1 not taken")]


def test_a_void_report_says_that_there_is_nothing_to_do(world):
    world.post(world.handover(world.void()))

    assert "There is nothing for you to do." in world.comment
    assert world.statuses == [ON_US]


def test_a_push_in_between_marks_the_result_out_of_date(world):
    moved = msgspec.structs.replace(world.pull, head_sha=OTHER)
    world.github.add_pull(moved)

    world.post(world.handover(world.half_right()))

    assert world.comment.startswith(
        f"{MARKER}\n> **Out of date.** This is about commit `{SHA[:12]}`; `{OTHER[:12]}` was pushed"
    )
    assert world.statuses == [FAILED]
    assert world.github.statuses_of(moved) == []


def test_without_a_handover_it_is_on_us(world):
    world.post()

    assert CANNOT in world.comment
    assert "/actions/runs/99)" in world.comment
    assert world.statuses == [ON_US]
    assert world.summary.read_text() == world.comment


def test_without_a_handover_after_a_newer_push_nothing_is_said(world):
    world.github.add_pull(msgspec.structs.replace(world.pull, head_sha=OTHER))

    world.post()

    assert world.github.bodies(world.pull) == []
    assert world.statuses == []


def forgeries(world):
    """Give handovers that a stranger could have made, each sound in itself."""
    fine = world.half_right()
    first, second = fine.criteria
    situations = tuple(msgspec.structs.replace(s, outcome="passed") for s in second.situations)
    full = tuple(
        msgspec.structs.replace(row, outcome=Outcome.PASSED, earned=row.possible)
        for row in fine.criteria
    )
    fewer = (msgspec.structs.replace(full[0], earned=100, possible=100),)
    paid = (
        first,
        msgspec.structs.replace(second, outcome=Outcome.PASSED, earned=40, situations=situations),
    )
    passed = {"standing": Standing.PASSED, "earned": 100}
    pull = world.pull
    return {
        "fewer criteria": world.handover(world.half_right(criteria=fewer, **passed)),
        "points before what they require": world.handover(
            world.half_right(criteria=paid, earned=70)
        ),
        "another pass mark": world.handover(
            world.half_right(pass_mark=30, standing=Standing.PASSED)
        ),
        "no such kata": world.handover(world.half_right(slug="no_such_kata")),
        "another pull request": world.handover(fine, pull=msgspec.structs.replace(pull, number=8)),
        "another person": world.handover(fine, pull=msgspec.structs.replace(pull, user_id=1)),
        "another commit": world.handover(fine, pull=msgspec.structs.replace(pull, head_sha=OTHER)),
        "another repository": world.handover(
            fine, pull=msgspec.structs.replace(pull, repository="a/b")
        ),
    }


@pytest.mark.parametrize(
    "name",
    [
        "fewer criteria",
        "points before what they require",
        "another pass mark",
        "no such kata",
        "another pull request",
        "another person",
        "another commit",
        "another repository",
    ],
)
def test_what_cannot_be_believed_is_not_shown(world, name):
    with pytest.raises(KataError):
        world.post(forgeries(world)[name])

    assert CANNOT in world.comment
    assert world.statuses == [ON_US]


def test_what_is_no_handover_is_not_shown(world, capsys):
    with pytest.raises(KataError, match="no handover that can be believed"):
        world.post(text="::set-output name=x::y")

    assert CANNOT in world.comment
    assert "set-output" not in world.comment + capsys.readouterr().out


def test_hostile_words_do_nothing_in_a_comment_or_a_log(world, capsys):
    hostile = "##[group]::error::x @ada <img src=x> |\n\n# loud"
    first, second = world.half_right().criteria
    rows = (
        msgspec.structs.replace(first, feedback=hostile, findings=(Finding(line=2, text=hostile),)),
        second,
    )

    world.post(world.handover(world.half_right(criteria=rows)))

    log = capsys.readouterr().out
    assert log.count("\n") == 1
    assert "##[" not in log
    assert log.count("::") == len(["before", "after"])
    assert "@ada" not in world.comment.replace(
        "`## [group]: :error: :x @ada <img src=x> | # loud`", ""
    )
    assert "\n# loud" not in world.comment


def test_a_locked_conversation_still_gets_its_status(world):
    world.github.fail("POST", "/comments", 403, message="Unable to create comment: locked")

    with pytest.raises(ApiError, match="locked"):
        world.post(world.handover(world.half_right()))

    assert world.statuses == [FAILED]
    (status,) = world.github.statuses[world.pull.repository, SHA]
    assert status["target_url"].endswith("/actions/runs/99")


def test_github_is_the_one_of_the_environment(world, monkeypatch):
    monkeypatch.setenv("GITHUB_API_URL", world.github.url)
    monkeypatch.setenv("KATA_HANDOVER", "")

    with pytest.raises(SignInError):
        post(world.event, world.catalogue)
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    post(world.event, world.catalogue)

    assert world.statuses == [ON_US]


def test_an_event_that_is_not_there_says_what_to_do(world, tmp_path):
    with pytest.raises(KataError) as caught:
        post(tmp_path / "nothing.json", world.catalogue, api=world.api)

    assert str(caught.value) == "--event: cannot be read: No such file or directory"
    assert caught.value.fix == "run this as a step of a workflow, or give --event its payload"


@pytest.mark.parametrize(
    ("environment", "url"),
    [
        ({"GITHUB_RUN_ID": "99"}, "https://github.com/interview-katas/ml-katas/actions/runs/99"),
        (
            {"GITHUB_RUN_ID": "99", "GITHUB_SERVER_URL": "https://git.school.example"},
            "https://git.school.example/interview-katas/ml-katas/actions/runs/99",
        ),
        ({}, ""),
        ({"GITHUB_RUN_ID": "9)x"}, ""),
        ({"GITHUB_RUN_ID": "9", "GITHUB_SERVER_URL": "javascript:x"}, ""),
    ],
    ids=["github", "a school's own", "no run", "no number", "no server"],
)
def test_the_runs_page_is_known_in_a_workflow(world, environment, url):
    assert run_url(world.pull, environment) == url
