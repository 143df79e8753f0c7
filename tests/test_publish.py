"""What a learner reads under a pull request, and beside the commit."""

import msgspec
import pytest

from graders import publish
from graders.errors import GraderError
from graders.github.actions import MAX_SUMMARY_BYTES, Annotation, Level, command
from graders.github.api import State
from graders.model.report import NextStep
from graders.model.result import Cause, CauseKind, Finding, Outcome
from graders.model.score import Standing
from graders.model.submission import Handover, Pull, Refusal
from graders.publish import MAX_BODY_BYTES, comment, description, remarks, state, summary
from graders.render.markdown import MARKER, Delivery, render_not_graded
from tests.gfm import Page
from tests.kata_folders import make_kata, make_rubric
from tests.reports import HALF_RIGHT, criterion, report, situation

SHA, NEWER = "0123456789abcdef0123456789abcdef01234567", "f" * 40
RUN = "https://github.com/interview-katas/ml-katas/actions/runs/99"
PULL = Pull(
    repository="interview-katas/ml-katas",
    number=7,
    head_sha=SHA,
    base_ref="main",
    user_id=4242,
    login="ada",
)
VOID_ROW = criterion("counts", "Counts correctly", 0, 0, outcome=Outcome.VOID)
VOID = report(
    slug="void_kata",
    standing=Standing.VOID,
    earned=None,
    possible=60,
    criteria=(VOID_ROW, *HALF_RIGHT.criteria[1:]),
    next_step=NextStep(criterion="counts", text="Run kata doctor."),
)
PASSED = report(slug="a_kata", standing=Standing.PASSED, earned=92)
UNDECIDED = report(slug="b_kata", standing=Standing.UNDECIDED, earned=60, pending=30)


def handover(*reports, **more):
    return Handover(pull=PULL, reports=reports, **more)


COMMENT = """\
<!-- kata-report/1 -->
> **Out of date.** This is about commit `0123456789ab`; `ffffffffffff` was pushed since, and what it earns will stand here soon.

### top\\_k\\_frequent: 72 / 100

**Not there yet, 8 points to the pass mark of 80.** Up 17 since your last push.

| | Criterion | Points | Since last | What we saw |
|---|---|--:|--:|---|
| \u2705 PASS | Counts correctly | 40 / 40 | 0 | all situations handled |
| \U0001f7e1 PART | Ties and edges | 12 / 20 | 0 | 1 of 3 situations handled; raised TypeError at line 9 |
| \u274c FAIL | Scales as n log k | 0 / 20 | 0 | grows as n^1.98, target n log k |
| \u2705 PASS | Stream of numbers | 20 / 20 | +17 | all situations handled |

> **Next step:** You count each number by scanning the whole list again. What could hold the counts so that one pass is enough?

<details><summary>Ties and edges: what to look at</summary>

- not handled: k is 0
- not handled: an empty list
- line 9: `uses copy.copy`

</details>

<details><summary>How this was graded</summary>

- commit `0123456789abcdef0123456789abcdef01234567`
- kata version `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa`, grader version `bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb`
- attempt `dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd`
- sandbox landlock+seccomp (tier B), limits 2 s, 256 MiB
- to repeat it: `kata grade top_k_frequent --attempt 2 --seed cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc`

</details>

**Not taken:**

- `attempts/k_means/001/solution.py`: is a link, not a file

**Not graded this time:** `valid_palindrome`. One push has room for ten katas, and for twenty minutes; open a second pull request with these alone.

Some feedback was too long to bring here. No point is missing, and `kata grade` shows all of it on your machine.
"""


def test_the_comment_tells_the_whole_story():
    last = msgspec.structs.replace(HALF_RIGHT.criteria[3], earned=3)
    before = report(earned=55, criteria=(*HALF_RIGHT.criteria[:3], last))
    told = handover(
        HALF_RIGHT,
        refused=(Refusal(path="attempts/k_means/001/solution.py", why="is a link, not a file"),),
        left_out=("valid_palindrome",),
        shortened=True,
    )

    text = comment(told, {"top_k_frequent": before}, newer=NEWER, run_url=RUN)

    assert text == COMMENT
    assert text == summary(told, {"top_k_frequent": before}, newer=NEWER)


def test_github_shows_the_comment_as_it_is_meant():
    page = Page(comment(handover(VOID, HALF_RIGHT), {}))

    assert [page.count(tag) for tag in ("h3", "table", "details", "blockquote", "a")] == [
        *(2, 2),
        *(4, 1, 0),
    ]
    assert page.unclosed == []
    assert page.wakes() == []


def test_the_ladder_loses_what_passed_first():
    told = handover(HALF_RIGHT, PASSED)
    full = comment(told, {})

    text = comment(told, {}, run_url=RUN, limit=len(full.encode()) - 1)

    assert "Counts correctly" not in text
    assert "| Ties and edges | 12 / 20 |" in text
    assert "> **Next step:** You count" in text
    assert "### a\\_kata: 92 / 100" in text
    assert "<details>" not in text
    assert text.endswith(
        f"\nOnly what did not pass had room here. [The summary of the run]({RUN}) tells more.\n"
    )


TOTALS = f"""\
{MARKER}
| | Kata | Points | Since last | Where it stands |
|---|---|--:|--:|---|
| \u2705 | a\\_kata | 92 / 100 | +2 | Passed: 92 of 100 points, the pass mark is 80. |
| \u23f3 | b\\_kata | 60 / 100 |  | Undecided: 30 points wait for a person. |
| \u274c | top\\_k\\_frequent | 72 / 100 |  | Not there yet, 8 points to the pass mark of 80. |
| \u26a0\ufe0f | void\\_kata | not graded |  | Could not be graded: the grader itself broke. Your last score stands. |

Only the totals had room here. `kata grade` tells more.
"""


def test_the_last_rung_holds_the_totals():
    told = handover(VOID, HALF_RIGHT, PASSED, UNDECIDED)

    assert comment(told, {"a_kata": report(earned=90)}, limit=800) == TOTALS


def test_a_comment_that_cannot_be_short_enough_is_our_fault():
    with pytest.raises(GraderError, match="not even the totals fit in 100 bytes"):
        comment(handover(HALF_RIGHT), {}, limit=100)


def longest(number, text):
    """Give a report of the longest texts that can be handed over."""
    rows = tuple(
        criterion(
            f"c{n}",
            text,
            0,
            10,
            feedback=text,
            situations=(situation("a", text), situation("b", text, Outcome.FAILED)),
            findings=(Finding(line=1, text=text),),
        )
        for n in range(4)
    )
    step = NextStep(criterion="c0", text=text, ask=text)
    slug = f"k{number}_{'_'.join('a' * 2000)}"
    return report(slug=slug, criteria=rows, next_step=step, limits=text, earned=0)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["\U0001f600" * 4000, "`|*" * 1333, "&<" * 2000],
    ids=["four bytes each", "all escaped", "entities"],
)
def test_fifty_katas_with_the_longest_texts_fit_and_end_well(text):
    line = text[:400]
    told = handover(
        *(longest(number, text) for number in range(50)),
        refused=(Refusal(path=line, why=line),) * 50,
        left_out=("a" * 400,) * 500,
        shortened=True,
    )

    shown = comment(told, {}, newer=NEWER, run_url=RUN)
    page = Page(shown)

    assert len(shown.encode()) <= MAX_BODY_BYTES
    assert (page.count("table"), page.count("tr"), page.unclosed) == (1, 51, [])
    assert page.count("li") == 11
    assert shown.endswith(f"[The summary of the run]({RUN}) tells more.\n")
    assert len(summary(told, {}).encode()) <= MAX_SUMMARY_BYTES


def test_many_more_katas_are_counted():
    told = handover(*(report(slug=f"kata_{n}") for n in range(75)))

    page = Page(comment(told, {}, limit=20_000))

    assert page.count("tr") == 61
    assert "And 15 more katas." in page.text


def test_void_asks_nothing_of_the_learner():
    text = comment(handover(VOID), {})

    assert (
        "**Could not be graded: the grader itself broke. Your last score stands.** There is nothing for you to do.\n"
        in text
    )
    assert "kata doctor" not in text
    assert "Next step" not in text


def test_what_could_not_be_graded_is_on_us():
    text = render_not_graded(Delivery(pull=PULL, run_url=RUN))

    assert text.startswith(f"{MARKER}\n### Not graded\n\n**{publish.CANNOT}** ")
    assert "your last score stands" in text
    assert f"[the log of the run]({RUN})" in text
    assert "](" not in render_not_graded(Delivery(pull=PULL))


def test_an_empty_pull_request_learns_where_attempts_go():
    text = comment(handover(), {})

    assert "**Nothing to grade.** This commit holds no attempt that is new" in text
    assert (state(handover()), description(handover())) == (State.FAILURE, "Nothing was graded")


def test_a_kata_that_changed_since_is_named():
    old = report(earned=90, kata_version="e" * 64)

    assert "** Down 18 since your last push. The kata has changed since then.\n" in comment(
        handover(HALF_RIGHT), {"top_k_frequent": old}
    )


STATUSES = {
    "passed": ((PASSED,), {}, State.SUCCESS, "Passed: 92 of 100 points, the pass mark is 80."),
    "below": (
        (HALF_RIGHT,),
        {},
        State.FAILURE,
        "72 of 100 points. Not there yet, 8 points to the pass mark of 80.",
    ),
    "undecided": (
        (UNDECIDED,),
        {},
        State.PENDING,
        "60 of 100 points. Undecided: 30 points wait for a person.",
    ),
    "void": ((VOID,), {}, State.ERROR, publish.CANNOT),
    "all": (
        (PASSED, VOID, HALF_RIGHT, UNDECIDED),
        {},
        State.FAILURE,
        "4 katas: 1 passed, 1 not there yet, 1 undecided, 1 could not be graded",
    ),
    "void and passed": (
        (PASSED, VOID),
        {},
        State.ERROR,
        "2 katas: 1 passed, 1 could not be graded",
    ),
    "refused": (
        (),
        {"refused": (Refusal(path="a", why="b"),) * 2},
        State.FAILURE,
        "Nothing was graded; 2 not taken",
    ),
    "left out": (
        (PASSED,),
        {"left_out": ("k_means",)},
        State.SUCCESS,
        "Passed: 92 of 100 points, the pass mark is 80.; 1 left for another push",
    ),
}


@pytest.mark.parametrize(("reports", "more", "expected", "words"), STATUSES.values(), ids=STATUSES)
def test_the_status_says_it_in_one_line(reports, more, expected, words):
    told = handover(*reports, **more)

    assert (state(told), description(told)) == (expected, words)


def test_remarks_stand_on_lines_of_the_learners_own_file():
    kata = make_kata(rubric=make_rubric(("edges", 60), ("rules", 40)))
    raised = Cause(kind=CauseKind.RAISED, error="TypeError", line=9)
    rows = (
        criterion("edges", "Edges", 12, 60, causes=(raised, Cause(kind=CauseKind.WRONG_VALUE))),
        criterion("rules", "Rules", 0, 40, findings=(Finding(line=3, text="uses ::copy"),)),
    )
    told = handover(report(slug="k_means", criteria=rows))

    found = list(remarks(told, {"k_means": kata}))

    path = "attempts/k_means/002/solution.py"
    assert found == [
        Annotation(
            level=Level.NOTICE,
            title="k_means: Edges",
            message="raised TypeError at line 9 (48 points to gain)",
            path=path,
            line=9,
        ),
        Annotation(
            level=Level.NOTICE, title="k_means: Rules", message="uses ::copy", path=path, line=3
        ),
    ]
    assert command(found[1]) == (
        f"::notice file={path},line=3,title=k_means%3A Rules::uses : :copy"
    )


@pytest.mark.parametrize(
    ("editable", "attempt"),
    [(("a.py", "b.py"), 2), (("answer.md",), 2), (("solution.py",), None)],
    ids=["two files", "no code", "from elsewhere"],
)
def test_a_line_of_nobody_knows_which_file_is_told_without_one(editable, attempt):
    kata = make_kata(editable=editable, rubric=make_rubric(("edges", 100)))
    rows = (criterion("edges", "Edges", 0, 100, findings=(Finding(line=3, text="no"),)),)
    told = handover(report(slug="k_means", attempt=attempt, criteria=rows))

    (found,) = remarks(told, {"k_means": kata})

    assert found.path == ""
