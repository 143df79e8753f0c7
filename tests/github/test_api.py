"""The client against GitHub's own description of its API."""

import json

import pytest
from github.contract import SLICE
from github.loopback import Loopback
from github.openapi.slicing import OPERATIONS

from graders.errors import KataError
from graders.github.api import Api, State
from graders.github.failures import ApiError, SignInError

PERSON = "gho_a-persons"


@pytest.fixture
def person(github) -> Api:
    permissions = {"pull-requests": "write", "issues": "write"}
    github.add_token(PERSON, permissions, login="octocat")
    return Api(PERSON, github.url)


def test_a_pull_request_is_read_as_it_stands_now(api, pull):
    now = api.pull(pull.repository, pull.number)

    assert now.number == pull.number
    assert now.state == "open"
    assert now.head.sha == pull.head_sha
    assert now.head.repo.full_name == "octocat/class-of-2026"
    assert now.base.repo.full_name == pull.repository
    assert now.base.ref == "main"
    assert (now.user.id, now.user.login) == (pull.user_id, pull.login)


def test_all_pages_of_comments_are_read(api, github, pull):
    numbers = [github.add_comment(pull, f"comment {i}", login="octocat") for i in range(250)]

    comments = api.comments(pull.repository, pull.number)

    assert [comment.id for comment in comments] == numbers
    assert len(github.asked("GET")) == 3


def test_comments_are_written_changed_and_taken_away(api, github, pull):
    first = api.create_comment(pull.repository, pull.number, "first")
    second = api.create_comment(pull.repository, pull.number, "second \u2705 \U0001f7e1")

    api.update_comment(pull.repository, first.id, "changed")
    api.delete_comment(pull.repository, second.id)

    assert github.bodies(pull) == ["changed"]
    assert first.html_url.endswith(f"/pull/{pull.number}#issuecomment-{first.id}")
    assert first.user.login == "github-actions[bot]"


def test_a_status_is_set_with_and_without_a_link(api, github, pull):
    for link in ("", "https://github.com/katas/class-of-2026/pull/7"):
        api.create_status(
            pull.repository,
            pull.head_sha,
            state=State.SUCCESS,
            description="92 / 100",
            context="kata/score",
            target_url=link,
        )

    assert github.statuses_of(pull) == [("kata/score", "success", "92 / 100")] * 2
    rows = github.statuses[pull.repository, pull.head_sha]
    assert [row["target_url"] for row in rows] == [None, link]


def test_a_person_is_asked_for_and_a_workflows_token_may_not(person, api):
    assert person.me().login == "octocat"
    with pytest.raises(ApiError) as caught:
        api.me()
    assert caught.value.status == 403


def test_a_fork_names_what_it_was_forked_from(person, github):
    github.add_repository("octocat/katas", parent="owner/katas")

    fork = person.repository("octocat/katas")

    assert fork.fork
    assert fork.default_branch == "main"
    assert fork.parent.full_name == "owner/katas"


def test_a_pull_request_is_found_by_its_branch_or_opened(person, github):
    github.add_repository("owner/katas")
    wanted = {"head": "octocat:kata/k_means", "base": "main"}

    before = person.pulls("owner/katas", **wanted)
    opened = person.create_pull("owner/katas", **wanted, title="k_means", body="Attempt 001")
    after = person.pulls("owner/katas", **wanted)

    assert before == []
    assert [pull.number for pull in after] == [opened.number]
    assert github.pulls["owner/katas", opened.number]["maintainer_can_modify"] is False
    assert person.pulls("owner/katas", head="mallory:kata/k_means", base="main") == []


def test_a_second_pull_request_from_one_branch_is_refused_in_githubs_words(person, github):
    github.add_repository("owner/katas")
    wanted = {"head": "octocat:kata/k_means", "base": "main", "title": "k_means", "body": ""}
    person.create_pull("owner/katas", **wanted)

    with pytest.raises(ApiError, match="a pull request already exists") as caught:
        person.create_pull("owner/katas", **wanted)

    assert caught.value.status == 422
    assert len(github.asked("POST")) == 2


def test_a_renamed_repository_is_still_read(person, github, pull):
    github.renamed["katas/old-name"] = pull.repository

    assert person.pull("katas/old-name", pull.number).number == pull.number


def test_nothing_is_written_to_a_renamed_repository(api, github, pull):
    github.renamed["katas/old-name"] = pull.repository

    with pytest.raises(ApiError) as caught:
        api.create_comment("katas/old-name", pull.number, "hello")

    assert caught.value.status == 307
    assert caught.value.fix == "it may have a new name; use that"
    assert github.bodies(pull) == []


def test_a_token_may_do_only_what_its_job_may(github, pull):
    github.add_token("graders", {"contents": "read"})
    grader = Api("graders", github.url)

    with pytest.raises(ApiError) as caught:
        grader.create_comment(pull.repository, pull.number, "full marks")

    assert str(caught.value) == (
        "POST /repos/katas/class-of-2026/issues/7/comments: "
        "GitHub answered 403: Resource not accessible by integration"
    )
    assert caught.value.fix == (
        "give the token the permission it lacks: pull_requests=write; issues=write"
    )
    assert len(github.seen) == 1


@pytest.mark.parametrize("name", ["katas/..", "../../user", "katas", "katas/a?b", "a/b/c", ""])
def test_a_name_cannot_lead_to_another_path(api, github, name):
    with pytest.raises(KataError, match="this names no repository"):
        api.repository(name)

    assert github.seen == []


def test_an_answer_that_is_no_githubs_is_refused(github, api, monkeypatch):
    github.repositories["katas/class-of-2026"] = {"message": "a portal: sign in to the network"}

    with pytest.raises(ApiError, match="makes no sense"):
        api.repository("katas/class-of-2026")

    assert github.problems.pop().startswith("answer to get /repos/katas/class-of-2026")


def test_the_environment_names_server_and_token(github, pull):
    environment = {"GITHUB_API_URL": github.url, "GH_TOKEN": "other"}
    github.add_token("other", {"pull-requests": "read"})

    named = Api.from_environment({**environment, "GITHUB_TOKEN": ""})

    assert named.pull(pull.repository, pull.number).number == pull.number
    with pytest.raises(SignInError, match="there is no token"):
        Api.from_environment({})


@pytest.mark.parametrize(
    "url",
    ["http://api.github.com", "ftp://127.0.0.1", "https://", "https://me@host", "file:///etc", ""],
)
def test_a_token_is_sent_to_no_unsafe_address(url):
    with pytest.raises(KataError, match="no address to send a token to"):
        Api("t0ken", url)


def test_the_loopback_tells_a_request_that_breaks_the_contract(pull):
    github = Loopback().start()
    github.add_token("t0ken", {"pull-requests": "write"})
    github.add_pull(pull)
    try:
        with pytest.raises(ApiError):
            Api("t0ken", github.url).create_comment(pull.repository, pull.number, None)
    finally:
        github.stop()

    assert len(github.problems) == 1
    assert "post /repos/katas/class-of-2026/issues/7/comments" in github.problems[0]
    assert "body" in github.problems[0]


def test_the_description_holds_the_operations_that_are_used():
    document = json.loads(SLICE.read_text(encoding="utf-8"))

    described = {path: tuple(methods) for path, methods in document["paths"].items()}

    assert described == OPERATIONS
    assert document["info"]["license"]["name"] == "MIT"
