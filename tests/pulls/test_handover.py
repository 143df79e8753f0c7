"""A handover fits, arrives whole, and is believed only when it is sound."""

import base64
import random
import string
import zlib

import msgspec
import pytest

from graders.errors import GraderError, KataError
from graders.model.report import NextStep
from graders.model.result import Finding
from graders.model.submission import Handover, Pull, Refusal
from graders.pulls.handover import MAX_INFLATED, MAX_PACKED, pack, unpack
from tests.reports import HALF_RIGHT, report

PULL = Pull(
    repository="interview-katas/ml-katas",
    number=7,
    head_sha="0123456789abcdef0123456789abcdef01234567",
    base_ref="main",
    user_id=4242,
    login="ada",
)
WHOLE = Handover(
    pull=PULL,
    reports=(HALF_RIGHT,),
    refused=(Refusal(path="attempts/k_means/001/solution.py", why="is a link, not a file"),),
    left_out=("valid_palindrome",),
)


def changed(**changes):
    return msgspec.structs.replace(WHOLE, **changes)


def sealed(document):
    """Give a document as it would be handed over."""
    data = document if isinstance(document, bytes) else msgspec.json.encode(document)
    return base64.b64encode(zlib.compress(data)).decode()


def plain(handover=WHOLE):
    return msgspec.to_builtins(handover)


def noise(seed, length):
    return "".join(random.Random(seed).choices(string.ascii_letters, k=length))


def test_what_is_packed_arrives_whole():
    assert unpack(pack(WHOLE)) == WHOLE


def test_an_empty_handover_arrives_too():
    empty = Handover(pull=PULL)

    assert unpack(pack(empty)) == empty


def wordy(number, *, next_step="", findings=30):
    """Give a report that no compression makes small."""
    rows = tuple(
        msgspec.structs.replace(
            row,
            feedback=noise(f"{number}{row.id}", 3000),
            findings=tuple(Finding(line=n, text=noise(n + number, 80)) for n in range(findings)),
            next_step=next_step and noise(f"next{number}{row.id}", next_step),
        )
        for row in HALF_RIGHT.criteria
    )
    return report(slug=f"kata_{chr(97 + number)}", criteria=rows)


def points(handover):
    return [
        (r.slug, r.earned, r.pending, r.standing, [(c.id, c.outcome, c.earned) for c in r.criteria])
        for r in handover.reports
    ]


def test_what_does_not_fit_loses_feedback_and_no_point():
    large = changed(reports=tuple(wordy(n, next_step=100) for n in range(10)))

    text = pack(large)
    small = unpack(text)

    assert len(text) <= MAX_PACKED
    assert small.shortened
    assert points(small) == points(large)
    assert {row.feedback for r in small.reports for row in r.criteria} == {""}
    assert all(row.next_step for r in small.reports for row in r.criteria)
    assert all(r.next_step == HALF_RIGHT.next_step for r in small.reports)
    assert (small.refused, small.left_out) == (large.refused, large.left_out)


def test_what_still_does_not_fit_loses_next_steps_and_most_refusals():
    refused = tuple(Refusal(path=noise(n, 390), why=noise(n, 390)) for n in range(50))
    large = changed(reports=tuple(wordy(n, next_step=3000) for n in range(10)), refused=refused)

    small = unpack(pack(large))

    assert small.shortened
    assert points(small) == points(large)
    assert {r.next_step for r in small.reports} == {None}
    assert small.refused == refused[:10]


def test_a_line_too_long_to_be_believed_costs_the_feedback_only():
    rows = list(HALF_RIGHT.criteria)
    long = Finding(line=1, text=f"{'f' * 200_000} is 90 lines long; 40 is the most here")
    rows[1] = msgspec.structs.replace(rows[1], findings=(long,))

    small = unpack(pack(changed(reports=(report(criteria=tuple(rows)),))))

    assert small.shortened
    assert points(small) == points(WHOLE)


def test_what_could_not_be_unpacked_again_is_not_handed_over():
    with pytest.raises(GraderError, match="two reports of one kata"):
        pack(changed(reports=(HALF_RIGHT, HALF_RIGHT)))


NO_TEXT = {
    "nothing": "",
    "no base64": "*not base64*",
    "no ASCII": "é" * 8,
    "base64 of no zlib": base64.b64encode(b"not zlib").decode(),
    "a bomb": sealed(b" " * (64 << 20)),
    "one byte too many": sealed(b" " * (MAX_INFLATED + 1)),
    "too long": "A" * (MAX_PACKED + 4),
    "cut off": pack(WHOLE)[:-40],
    "followed by something": base64.b64encode(base64.b64decode(pack(WHOLE)) + b"more").decode(),
    "no JSON": sealed(b"{"),
    "not UTF-8": sealed(b'{"schema": "\xff"}'),
    "nested without end": sealed(b"[" * 500_000),
    "a list": sealed([]),
    "another schema": sealed({**plain(), "schema": "kata-handover/2"}),
    "no pull request": sealed({"schema": "kata-handover/1"}),
    "a bomb in its reports": sealed({**plain(), "reports": [[]] * 200_000}),
    "reports that are none": sealed({**plain(), "reports": {"a": 1}}),
    "a report that is none": sealed({**plain(), "reports": [{"schema": "kata-report/1"}]}),
    "eleven reports": sealed(
        {**plain(), "reports": [msgspec.to_builtins(wordy(n, findings=0)) for n in range(11)]}
    ),
    "one kata twice": sealed(plain(changed(reports=(HALF_RIGHT, HALF_RIGHT)))),
    "points that do not add up": sealed(plain(changed(reports=(report(earned=100),)))),
    "shortened that is a word": sealed({**plain(), "shortened": "yes"}),
}


@pytest.mark.parametrize("text", NO_TEXT.values(), ids=NO_TEXT)
def test_what_is_no_handover_is_refused(text):
    with pytest.raises(KataError) as caught:
        unpack(text)

    assert caught.value.fix
    assert len(str(caught.value)) < 400


PULLS = {
    "repository": ["", "a", "a/b/c", "../b", "a/b c", "a/b\n", "a/..", "a/" + "b" * 101],
    "number": [0, -1, 2**53],
    "head_sha": ["", "f" * 39, "F" * 40, "f" * 40 + "\n", "refs/heads/main"],
    "base_ref": ["", "a\nb", "x" * 401],
    "user_id": [0, -5, 2**60],
    "login": ["", "@ada", "ada\n", "a b", "a" * 101, "ada[x]"],
}


@pytest.mark.parametrize(("key", "value"), [(k, v) for k, values in PULLS.items() for v in values])
def test_a_pull_request_that_cannot_be_is_refused(key, value):
    pull = msgspec.structs.replace(PULL, **{key: value})

    with pytest.raises(KataError, match=f"of its pull request, its {key} cannot be"):
        unpack(sealed(plain(changed(pull=pull))))


def test_a_robot_may_open_a_pull_request():
    robot = changed(pull=msgspec.structs.replace(PULL, login="dependabot[bot]"))

    assert unpack(pack(robot)) == robot


@pytest.mark.parametrize(
    "changes",
    [
        {"refused": (Refusal(path="a\nb", why="x"),)},
        {"refused": (Refusal(path="a", why="x\u202e"),)},
        {"refused": (Refusal(path="a" * 401, why="x"),)},
        {"refused": (Refusal(path="a", why="x"),) * 51},
        {"left_out": ("../etc",)},
        {"left_out": ("k_means\n",)},
        {"left_out": ("a",) * 501},
    ],
    ids=["a second line", "bidi", "long", "many", "a path", "a line end", "many katas"],
)
def test_lists_out_of_bounds_are_refused(changes):
    with pytest.raises(KataError, match="no handover that can be believed"):
        unpack(sealed(plain(changed(**changes))))


def test_a_next_step_arrives():
    step = NextStep(criterion="scales", text="What holds the counts?", ask="Why?")
    held = changed(reports=(report(next_step=step),))

    assert unpack(pack(held)).reports[0].next_step == step


def test_whatever_is_changed_on_the_way_is_sound_or_refused():
    document = bytearray(msgspec.json.encode(WHOLE))
    chance = random.Random(4)
    refused = 0

    for _ in range(1500):
        forged = bytearray(document)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(forged))
            forged[at : at + chance.randint(0, 3)] = chance.choice(
                [b"9", b"-", b'"', b"{", b"]", b"null", b"\xff", b"\\u202e", b"1e400", b"\n"]
            )
        try:
            found = unpack(sealed(bytes(forged)))
        except KataError:
            refused += 1
        else:
            assert unpack(sealed(plain(found))) == found

    assert 500 < refused < 1500
