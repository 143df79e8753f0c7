"""The status beside the commit that was graded."""

import pytest

from graders.github.api import Api, State
from graders.github.failures import ApiError
from graders.github.status import MAX_DESCRIPTION, set_status


def test_the_status_is_set_on_the_commit_that_was_graded(api, github, pull):
    set_status(api, pull, state=State.PENDING, description="grading")
    set_status(api, pull, state=State.SUCCESS, description="92 / 100, passed")

    assert github.statuses_of(pull) == [
        ("kata/score", "pending", "grading"),
        ("kata/score", "success", "92 / 100, passed"),
    ]


def test_a_status_may_be_sent_twice(api, github, pull, waits):
    github.fail("POST", "/statuses", 502, is_done=True)

    set_status(api, pull, state=State.FAILURE, description="40 / 100")

    assert github.statuses_of(pull) == [("kata/score", "failure", "40 / 100")] * 2
    assert len(waits) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x" * 140, "x" * 140),
        ("x" * 141, "x" * 139 + "\u2026"),
        ("word " * 40, "word " * 27 + "word\u2026"),
        ("two\nlines\tand  blanks ", "two lines and blanks"),
    ],
    ids=["just fits", "one word", "many words", "white space"],
)
def test_a_long_description_is_cut_at_a_word(api, github, pull, text, shown):
    set_status(api, pull, state=State.SUCCESS, description=text)

    [(_, _, description)] = github.statuses_of(pull)
    assert description == shown
    assert len(description) <= MAX_DESCRIPTION


def test_a_token_without_the_permission_is_told_which(github, pull):
    github.add_token("comments", {"pull-requests": "write"})
    commenter = Api("comments", github.url)

    with pytest.raises(ApiError) as caught:
        set_status(commenter, pull, state=State.SUCCESS, description="100 / 100")

    assert caught.value.fix == "give the token the permission it lacks: statuses=write"
