"""The one comment: ours alone, written once, never read back."""

import threading

import msgspec
import pytest

from graders.errors import GraderError
from graders.github.api import Api
from graders.github.comment import MAX_BODY, Deed, upsert
from graders.github.failures import AmbiguousError, ApiError

TOKEN = "ghs_a-workflows-own"
MARKER = "<!-- kata-report/1 -->"
BODY = f"{MARKER}\n### k_means: 40 / 100\n"
BETTER = f"{MARKER}\n### k_means: 90 / 100\n"


@pytest.fixture
def post(api, pull, waits):
    """Post a body, with no waiting."""
    return lambda body: upsert(api, pull, body, MARKER, sleep=waits.append)


def test_the_first_report_writes_a_comment(post, github, pull):
    posted = post(BODY)

    assert posted.deed is Deed.CREATED
    assert posted.url == f"https://github.com/{pull.repository}/pull/7#issuecomment-{posted.id}"
    assert github.bodies(pull) == [BODY]


def test_the_next_report_writes_the_same_comment_anew(post, github, pull):
    first = post(BODY)

    second = post(BETTER)

    assert (second.deed, second.id) == (Deed.UPDATED, first.id)
    assert github.bodies(pull) == [BETTER]


@pytest.mark.parametrize(
    "stored",
    [BODY, BODY.rstrip(), BODY.replace("\n", "\r\n")],
    ids=["as it was", "without its last line end", "with other line ends"],
)
def test_a_report_that_says_the_same_is_not_sent(post, github, pull, stored):
    github.add_comment(pull, stored)

    posted = post(BODY)

    assert posted.deed is Deed.UNCHANGED
    assert github.bodies(pull) == [stored]
    assert [seen.method for seen in github.seen] == ["GET"]


def test_a_forged_marker_is_left_alone(post, github, pull):
    forged = f"{MARKER}\n### k_means: 100 / 100\n"
    github.add_comment(pull, forged, login="mallory")

    posted = post(BODY)

    assert posted.deed is Deed.CREATED
    assert github.bodies(pull) == [forged, BODY]


@pytest.mark.parametrize("login", ["github-actions", "github-actions-bot", "GitHub-Actions[bot]"])
def test_who_is_named_like_the_bot_is_not_the_bot(post, github, pull, login):
    github.add_comment(pull, BODY, login=login)

    assert post(BETTER).deed is Deed.CREATED
    assert github.bodies(pull) == [BODY, BETTER]


@pytest.mark.parametrize(
    "body",
    [
        "Thanks for the pull request!",
        f"> {MARKER}\n> quoted",
        f"As the report says: {MARKER}",
        "<!-- kata-report/10 -->\n",
        "<!-- another workflow's -->\n",
    ],
)
def test_another_comment_of_the_bots_is_left_alone(post, github, pull, body):
    github.add_comment(pull, body)

    assert post(BODY).deed is Deed.CREATED
    assert github.bodies(pull) == [body, BODY]


def test_ours_is_found_on_the_last_page(post, github, pull):
    for number in range(120):
        github.add_comment(pull, f"{MARKER} {number}", login="mallory")
    ours = github.add_comment(pull, BODY)
    for number in range(90):
        github.add_comment(pull, f"hello {number}", login="octocat")

    posted = post(BETTER)

    assert (posted.deed, posted.id) == (Deed.UPDATED, ours)
    assert len(github.bodies(pull)) == 211
    assert github.asked("POST") == []


def test_a_comment_of_somebody_who_is_gone_is_nobodys(post, github, pull):
    github.add_comment(pull, BODY, login="mallory")
    github.comments[pull.repository, pull.number][0]["user"] = None

    assert post(BODY).deed is Deed.CREATED


def test_another_bots_comment_is_ours_where_it_is_named(github, pull, waits):
    github.add_token("ghs_an-apps", {"issues": "write"}, login="kata-grader[bot]")
    app = Api("ghs_an-apps", github.url)

    for body in (BODY, BETTER):
        upsert(app, pull, body, MARKER, me="kata-grader[bot]", sleep=waits.append)

    assert github.bodies(pull) == [BETTER]


def test_spare_comments_of_ours_are_taken_away(post, github, pull):
    kept = github.add_comment(pull, BODY)
    github.add_comment(pull, "hello", login="octocat")
    github.add_comment(pull, BETTER)

    posted = post(BETTER)

    assert (posted.deed, posted.id) == (Deed.UPDATED, kept)
    assert github.bodies(pull) == [BETTER, "hello"]


@pytest.mark.parametrize("status", [500, 502, 0], ids=["500", "502", "a broken connection"])
def test_a_comment_that_arrived_without_an_answer_is_not_written_twice(
    post, github, pull, waits, status
):
    github.fail("POST", "/comments", status, is_done=True)

    posted = post(BODY)

    assert posted.deed is Deed.UNCHANGED
    assert github.bodies(pull) == [BODY]
    assert len(github.asked("POST")) == 1
    assert waits == [2.0]


def test_a_comment_that_did_not_arrive_is_written_again(post, github, pull, waits):
    github.fail("POST", "/comments", 502, times=2)

    posted = post(BODY)

    assert posted.deed is Deed.CREATED
    assert github.bodies(pull) == [BODY]
    assert [seen.method for seen in github.seen] == ["GET", "POST"] * 3
    assert waits == [2.0, 8.0]


def test_what_never_arrives_is_given_up(post, github, pull):
    github.fail("POST", "/comments", 502, times=99)

    with pytest.raises(AmbiguousError, match="GitHub answered 502"):
        post(BODY)

    assert github.bodies(pull) == []
    assert len(github.asked("POST")) == 3


def test_an_update_without_an_answer_is_sent_again(post, github, pull, waits):
    github.add_comment(pull, BODY)
    github.fail("PATCH", "/comments", 502, is_done=True)

    assert post(BETTER).deed is Deed.UPDATED
    assert github.bodies(pull) == [BETTER]
    assert len(github.asked("PATCH")) == 2


def test_a_comment_that_was_taken_away_meanwhile_is_written_again(post, github, pull):
    github.add_comment(pull, BODY)
    github.add_comment(pull, BODY)
    github.fail("PATCH", "/comments", 404)
    github.fail("DELETE", "/comments", 404)

    posted = post(BETTER)

    assert posted.deed is Deed.CREATED
    assert github.bodies(pull)[-1] == BETTER


@pytest.mark.parametrize("status", [401, 403, 404, 422])
def test_a_refusal_is_told_at_once(post, github, pull, status, waits):
    github.fail("POST", "/comments", status, times=99)

    with pytest.raises(ApiError) as caught:
        post(BODY)

    assert caught.value.status == status
    assert len(github.asked("POST")) == 1
    assert waits == []


def test_a_locked_comment_is_told(post, github, pull):
    github.add_comment(pull, BODY)
    github.fail("PATCH", "/comments", 403, times=99, message="Unable to update comment")

    with pytest.raises(ApiError, match="Unable to update comment"):
        post(BETTER)

    assert github.bodies(pull) == [BODY]


@pytest.mark.parametrize("body", ["40 / 100", f" {BODY}", ""])
def test_a_body_without_its_marker_is_not_posted(post, github, body):
    with pytest.raises(GraderError, match="does not begin with its marker"):
        post(body)

    assert github.seen == []


def test_a_body_that_is_too_long_is_not_posted(post, github, pull):
    full = MARKER + "x" * (MAX_BODY - len(MARKER))

    with pytest.raises(GraderError, match="holds 65,537 characters, more than 65,536"):
        post(full + "x")

    assert github.seen == []
    assert post(full).deed is Deed.CREATED


def test_an_empty_marker_would_make_every_comment_ours(api, github, pull):
    with pytest.raises(GraderError):
        upsert(api, pull, BODY, "")

    assert github.seen == []


def test_reports_of_many_pull_requests_at_once_do_not_meet(github, pull):
    pulls = [msgspec.structs.replace(pull, number=number) for number in range(1, 13)]
    for one in pulls:
        github.add_pull(one)

    def report(one):
        for body in (BODY, BETTER):
            upsert(Api(TOKEN, github.url), one, body, MARKER)

    threads = [threading.Thread(target=report, args=(one,)) for one in pulls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [github.bodies(one) for one in pulls] == [[BETTER]] * 12
