"""Which pull request an event tells of: from real payloads, and from hostile ones."""

import copy
import json
from pathlib import Path

import pytest

from graders.errors import KataError
from graders.github.event import MAX_EVENT_BYTES, on_roster, read_event
from graders.model.submission import Pull

PAYLOADS = sorted((Path(__file__).parent / "payloads").glob("*.json"))
OPENED = json.loads((Path(__file__).parent / "payloads" / "opened.json").read_bytes())
SHA = "ec26c3e57ca3a959ca5aad62de7213c562f8c821"


def payload(event) -> bytes:
    return json.dumps(event).encode()


def changed(path: str, value: object) -> bytes:
    """Give the payload with one field changed, or taken away by ``...``."""
    event = copy.deepcopy(OPENED)
    *parents, last = path.split(".")
    node = event
    for parent in parents:
        node = node[parent]
    if value is ...:
        del node[last]
    else:
        node[last] = value
    return payload(event)


def from_a_fork():
    """Give the payload of a pull request from somebody's fork, whose names try to be others'."""
    event = copy.deepcopy(OPENED)
    request, head = event["pull_request"], event["pull_request"]["head"]
    request["user"] = {**request["user"], "id": 583231, "login": "octocat"}
    request["title"] = "::set-output name=report::100\n##[add-mask]x"
    head["user"] = request["user"]
    head["label"] = "octocat:main"
    head["ref"] = "main"
    head["repo"] = {**head["repo"], "full_name": "octocat/Hello-World", "fork": True}
    head["repo"]["owner"] = request["user"]
    return event


@pytest.mark.parametrize("path", PAYLOADS, ids=lambda path: path.stem)
def test_githubs_own_payloads_are_read(path):
    pull = read_event(path.read_bytes())

    assert pull == Pull(
        repository="Codertocat/Hello-World",
        number=2,
        head_sha=SHA,
        base_ref="master",
        user_id=21031067,
        login="Codertocat",
        draft=path.stem == "converted_to_draft",
    )


def test_there_is_a_payload_of_each_action_that_starts_grading():
    actions = {json.loads(path.read_bytes())["action"] for path in PAYLOADS}

    assert {"opened", "reopened", "synchronize", "ready_for_review"} <= actions


def test_a_pull_request_from_a_fork_is_for_the_base_repository_and_by_its_author():
    pull = read_event(payload(from_a_fork()))

    assert pull.repository == "Codertocat/Hello-World"
    assert pull.base_ref == "master"
    assert (pull.user_id, pull.login) == (583231, "octocat")
    assert pull.head_sha == SHA


def test_a_fork_that_is_gone_changes_nothing():
    event = from_a_fork()
    event["pull_request"]["head"]["repo"] = None
    event["pull_request"]["head"]["user"] = None

    assert read_event(payload(event)).user_id == 583231


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("pull_request.head.sha", "main", "its head_sha cannot be"),
        ("pull_request.head.sha", SHA.upper(), "its head_sha cannot be"),
        ("pull_request.head.sha", SHA + "\n", "its head_sha cannot be"),
        ("pull_request.head.sha", "--upload-pack=touch /tmp/x", "its head_sha cannot be"),
        ("pull_request.number", 0, "its number cannot be"),
        ("pull_request.number", -7, "its number cannot be"),
        ("pull_request.number", 2**53, "its number cannot be"),
        ("pull_request.number", 10**30, "its number cannot be"),
        ("pull_request.number", "7", "Expected `int`, got `str`"),
        ("pull_request.number", True, "Expected `int`, got `bool`"),
        ("pull_request.number", 7.5, "Expected `int`"),
        ("pull_request.user.id", 0, "its user_id cannot be"),
        ("pull_request.user.login", "a b", "its login cannot be"),
        ("pull_request.user.login", "@everyone", "its login cannot be"),
        ("pull_request.user.login", "a\n::error::x", "its login cannot be"),
        ("pull_request.user", None, "$.pull_request.user"),
        ("pull_request.base.ref", "main\n::error::", "its base_ref cannot be"),
        ("pull_request.base.ref", "", "its base_ref cannot be"),
        ("pull_request.base.ref", "a\u202eb", "its base_ref cannot be"),
        ("pull_request.base.repo.full_name", "mallory/Hello-World", "for another repository"),
        ("repository.full_name", "Codertocat/..", "its repository cannot be"),
        ("repository.full_name", "../../etc", "its repository cannot be"),
        ("repository.full_name", "Codertocat/Hello-World/x", "its repository cannot be"),
        ("repository", ..., "missing required field `repository`"),
        ("pull_request", ..., "missing required field `pull_request`"),
        ("pull_request.head", [], "Expected `object`, got `array`"),
    ],
)
def test_what_cannot_be_is_refused(path, value, said):
    with pytest.raises(KataError) as caught:
        read_event(changed(path, value))

    assert said in caught.value.what
    assert caught.value.where == "the event's payload"
    assert caught.value.fix == "run this in a workflow that starts on pull_request_target"
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff", b"[]", b"null", b"{" * 100_000, b"[" * 100_000, b'{"pull_request": 1}'],
    ids=["nothing", "no utf-8", "a list", "null", "deep", "deeper", "a number"],
)
def test_what_is_no_event_is_refused(data):
    with pytest.raises(KataError, match="it tells of no pull request"):
        read_event(data)


def test_a_payload_larger_than_githubs_is_not_parsed():
    with pytest.raises(KataError, match="more than 26,214,400"):
        read_event(b" " * (MAX_EVENT_BYTES + 1))


@pytest.mark.parametrize("roster", ["", " ", "\n", ","], ids=["empty", "blank", "line", "comma"])
def test_without_a_roster_everybody_may(pull, roster):
    assert on_roster(pull, roster)


@pytest.mark.parametrize(
    "roster", ["583231", "1, 583231,2", "1\n583231\n", "1 2\t583231", "000583231"]
)
def test_who_is_on_the_roster_may(pull, roster):
    assert on_roster(pull, roster)


@pytest.mark.parametrize("roster", ["1", "58323", "5832311", "1,2 3"])
def test_who_is_not_on_the_roster_may_not(pull, roster):
    assert not on_roster(pull, roster)


@pytest.mark.parametrize("entry", ["octocat", "-1", "1.5", "\u0665", "1e6", "9" * 5000])
def test_a_roster_entry_that_is_no_number_is_told(pull, entry):
    with pytest.raises(KataError) as caught:
        on_roster(pull, f"583231, {entry}")

    assert str(caught.value) == "KATA_ROSTER_IDS: entry 2 of 2 is no user number"
    assert "gh api users/NAME" in caught.value.fix
