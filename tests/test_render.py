"""A report as a screen, a comment, a page and a picture."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from jinja2 import UndefinedError

from graders.model.report import Measured, NextStep
from graders.model.result import Cause, CauseKind, Finding, Outcome
from graders.model.score import Standing
from graders.render import html, markdown, svg
from graders.render.environment import code_span, environment, html_text, markdown_text
from graders.render.plain import escape, to_ascii
from graders.render.prose import reflow
from graders.render.terminal import Aside, plain, render
from graders.render.words import measured_words, seen, verdict, word
from tests.reports import HALF_RIGHT, criterion, report, situation

SCREEN = """\
top_k_frequent, attempt 002                 jail: landlock+seccomp, 2 s, 256 MiB

  Criterion                 Points   Result
  ---------------------------------------------------------------------------
  Counts correctly           40/40   PASS
  Ties and edges             12/20   PART   1 of 3 situations handled; raised
                                            TypeError at line 9
      not handled: k is 0
      not handled: an empty list
      line 9: uses copy.copy
  Scales as n log k           0/20   FAIL   grows as n^1.98, target n log k
  Stream of numbers          20/20   PASS
  ---------------------------------------------------------------------------
  Total                     72/100   pass mark 80        last time 55  (+17)

  Next step  You count each number by scanning the whole list again.
             What could hold the counts so that one pass is enough?
             More: kata explain scales     Hint 1 of 3: kata hint
"""
HOSTILE = "\x1b[31mred\x07 ::error::x ##[group] \u202e\ud800 <script>`a``b`|*x*@you https://e.x"


def screen(aside: Aside | None = None, width: int = 80, **changes) -> str:
    return plain(render(report(**changes), aside or Aside(), width=width))


def test_the_screen_is_the_one_of_the_design() -> None:
    shown = render(HALF_RIGHT, Aside(previous=55, hints=3, hints_used=0))

    assert plain(shown) == SCREEN
    assert "\x1b[32;1mPASS\x1b[0m" in shown


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    criteria = (
        criterion("a", "A title that is long enough to need a second line here", 3, 20),
        criterion("b", "B", 0, 80, feedback="many words " * 20),
    )

    shown = screen(Aside(55, 3, 1), width, criteria=criteria)

    assert max(map(len, shown.splitlines())) <= width


def test_a_very_narrow_screen_is_drawn_for_60_columns() -> None:
    assert screen(width=20) == screen(width=60)


@pytest.mark.parametrize(
    ("outcome", "earned", "expected"),
    [
        (Outcome.PASSED, 20, "PASS"),
        (Outcome.FAILED, 12, "PART"),
        (Outcome.FAILED, 0, "FAIL"),
        (Outcome.ERRORED, 0, "FAIL"),
        (Outcome.TIMED_OUT, 4, "PART"),
        (Outcome.SKIPPED, 0, "SKIP"),
        (Outcome.PENDING, 0, "WAIT"),
        (Outcome.VOID, 0, "VOID"),
    ],
    ids=lambda value: str(getattr(value, "value", value)),
)
def test_each_outcome_has_its_word(outcome: Outcome, earned: int, expected: str) -> None:
    row = criterion("c", "C", earned, 20, outcome=outcome)

    assert word(row) == expected
    assert f"   {expected}" in screen(criteria=(row,))


@pytest.mark.parametrize(
    ("standing", "earned", "pending", "sentence"),
    [
        (Standing.PASSED, 92, 0, "Passed: 92 of 100 points, the pass mark is 80."),
        (Standing.FAILED, 79, 0, "Not there yet, 1 point to the pass mark of 80."),
        (Standing.FAILED, 72, 0, "Not there yet, 8 points to the pass mark of 80."),
        (Standing.UNDECIDED, 60, 30, "Undecided: 30 points wait for a person."),
        (
            Standing.VOID,
            None,
            0,
            "Could not be graded: the grader itself broke. Your last score stands.",
        ),
    ],
    ids=["passed", "failed_by_one", "failed", "undecided", "void"],
)
def test_each_standing_has_its_sentence(standing, earned, pending, sentence: str) -> None:
    shown = report(standing=standing, earned=earned, pending=pending)

    assert verdict(shown) == sentence


def test_a_pass_says_so_and_what_comes_now() -> None:
    ending = screen(standing=Standing.PASSED, earned=92, next_step=None).split("pass mark 80\n")[1]

    assert ending == (
        "\n"
        "  Standing   Passed: 92 of 100 points, the pass mark is 80.\n"
        "  What now   kata solution top_k_frequent     kata next\n"
    )


def test_pending_points_are_told_beside_the_total() -> None:
    shown = screen(standing=Standing.UNDECIDED, earned=60, pending=30)

    assert "60/100   pass mark 80   30 points pending\n" in shown
    assert "  Standing   Undecided: 30 points wait for a person.\n" in shown


def test_a_void_report_has_no_total() -> None:
    row = criterion("c", "C", 0, 20, outcome=Outcome.VOID)
    shown = screen(Aside(previous=55), standing=Standing.VOID, earned=None, criteria=(row,))

    assert "  C                           -/20   VOID\n" in shown
    assert "  Total                      -/100   pass mark 80\n" in shown


def test_a_weak_jail_is_called_weak_and_explained() -> None:
    measured = Measured(sandbox="process", tier="C", wall_seconds=1)

    shown = screen(measured=measured)

    assert "weak jail: process, 2 s, 256 MiB\n" in shown
    assert shown.endswith(
        "  Note       This machine has no kernel jail, so the score is for you alone:\n"
        "             see kata doctor.\n"
    )


def test_a_long_header_takes_two_lines() -> None:
    measured = Measured(sandbox="bubblewrap+landlock+seccomp+namespaces", tier="A", wall_seconds=1)

    assert screen(measured=measured).splitlines()[:2] == [
        "top_k_frequent, attempt 002",
        "jail: bubblewrap+landlock+seccomp+namespaces, 2 s, 256 MiB",
    ]


def test_an_attempt_from_elsewhere_has_no_number() -> None:
    assert screen(attempt=None).startswith("top_k_frequent      ")


def test_used_up_hints_are_not_offered() -> None:
    assert "Hint 3 of 3: kata hint" in screen(Aside(hints=3, hints_used=2))
    assert "kata hint" not in screen(Aside(hints=3, hints_used=3))


def test_situations_are_not_listed_when_not_one_was_handled() -> None:
    missed = (
        situation("a", "an empty list", Outcome.FAILED),
        situation("b", "one item", Outcome.FAILED),
    )
    handled = (*missed, situation("c", "two items"))

    assert "not handled" not in screen(criteria=(criterion("c", "C", 0, 20, situations=missed),))
    assert "not handled: one item" in screen(
        criteria=(criterion("c", "C", 6, 20, situations=handled),)
    )


def test_many_findings_are_cut_short() -> None:
    findings = tuple(Finding(line=line, text="uses x") for line in range(1, 12))
    shown = screen(criteria=(criterion("c", "C", 0, 20, findings=findings),))

    assert "line 8: uses x\n      and 3 more lines\n" in shown


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({"exponent": 1.984, "target": "n log k"}, "grows as n^1.98, target n log k"),
        ({"exponent": 1.0}, "grows as n^1.00"),
        ({"peak_mib": 300.24, "limit_mib": 256}, "peak 300.2 MiB, limit 256 MiB"),
        ({"peak_mib": 3}, "peak 3.0 MiB"),
        ({"comparisons": 12345, "target": "n log n"}, "12,345 comparisons, target n log n"),
        ({"comparisons": 5, "most": 9000, "target": ""}, "5 comparisons, at most 9,000"),
        ({"exponent": "evil", "target": 7}, ""),
        ({"bytes": 5}, ""),
        ({}, ""),
    ],
    ids=[
        "slope",
        "slope_only",
        "memory",
        "memory_only",
        "comparisons",
        "bounded",
        "no_number",
        "new",
        "none",
    ],
)
def test_measured_numbers_are_put_in_words(numbers, words: str) -> None:
    assert measured_words(numbers) == words


@pytest.mark.parametrize(
    ("causes", "expected"),
    [
        ((CauseKind.TOO_SLOW,), "grows as n^1.98, target n log k"),
        ((CauseKind.TOO_SLOW, CauseKind.RAISED), "grows as n^1.98, target n log k; too slow"),
        ((), "grows as n^1.98, target n log k; too slow"),
    ],
    ids=["only_slow", "slow_and_more", "no_cause"],
)
def test_what_a_number_says_is_not_said_twice(causes, expected: str) -> None:
    found = tuple(Cause(kind=kind) for kind in causes)
    row = criterion("scales", "Scales", 0, 20, causes=found, feedback="too slow")

    assert seen(row, HALF_RIGHT) == expected


def test_a_measured_number_is_shown_for_a_pass_too() -> None:
    row = criterion("scales", "Scales", 20, 20, feedback="all situations handled")

    assert "20/20   PASS   grows as n^1.98, target n log k\n" in screen(criteria=(row,))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, with spaces", "plain, with spaces"),
        ("\x1b[31mred\x07", r"\x1b[31mred\x07"),
        ("one\ntwo\ttabs\r", r"one\ntwo\ttabs\r"),
        ("::error::here", ": :error: :here"),
        (":::::", ": : : : :"),
        ("##[group]", "## [group]"),
        ("\u202eright to left", r"\u202eright to left"),
        ("\ud800", r"\ud800"),
        ("\x9b31m\u2028", r"\x9b31m\u2028"),
        ("naïve ñ 漢", "naïve ñ 漢"),
    ],
    ids=[
        "plain",
        "escape",
        "line_ends",
        "command",
        "colons",
        "old_command",
        "direction",
        "surrogate",
        "c1",
        "letters",
    ],
)
def test_text_that_could_do_something_is_made_visible(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_line_ends_can_be_kept() -> None:
    assert escape("a\nb\x00", keep="\n") == "a\nb\\x00"


def test_colons_stay_where_no_workflow_command_can_begin():
    assert escape("A::b\n::error::", follows=True) == "A::b\\n::error::"
    assert escape("A::b\n::error::", keep="\n", follows=True) == "A: :b\n: :error: :"
    assert escape("##[error]", follows=True) == "## [error]"


def test_ascii_takes_the_nearest_sign() -> None:
    text = to_ascii("n² ≤ “x” … é")

    assert text == 'n^2 <= "x" ... ?'


def test_hostile_words_reach_no_terminal() -> None:
    findings = (Finding(line=1, text=HOSTILE),)
    rows = (criterion("c", "C", 0, 20, feedback=HOSTILE, findings=findings),)
    shown = screen(criteria=rows, next_step=NextStep(criterion="c", text=HOSTILE))

    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "::" not in shown
    assert "##[" not in shown
    shown.encode("utf-8")


COMMENT = """\
<!-- kata-report/1 -->
### top\\_k\\_frequent: 72 / 100

**Not there yet, 8 points to the pass mark of 80.** Up 17 since your last push.

| | Criterion | Points | Since last | What we saw |
|---|---|--:|--:|---|
| \u2705 PASS | Counts correctly | 40 / 40 | +15 | all situations handled |
| \U0001f7e1 PART | Ties and edges | 12 / 20 | 0 | \
1 of 3 situations handled; raised TypeError at line 9 |
| \u274c FAIL | Scales as n log k | 0 / 20 | -20 | grows as n^1.98, target n log k |
| \u2705 PASS | Stream of numbers | 20 / 20 |  | all situations handled |

> **Next step:** You count each number by scanning the whole list again. \
What could hold the counts so that one pass is enough?

<details><summary>Ties and edges: what to look at</summary>

- not handled: k is 0
- not handled: an empty list
- line 9: `uses copy.copy`

</details>

<details><summary>How this was graded</summary>
"""


def test_the_comment_is_the_one_of_the_design() -> None:
    before = report(
        earned=55,
        criteria=(
            criterion("counts", "Counts correctly", 25, 40),
            criterion("edges", "Ties and edges", 12, 20),
            criterion("scales", "Scales as n log k", 20, 20),
        ),
    )

    text = markdown.render([HALF_RIGHT], {"top_k_frequent": before})

    assert text.startswith(COMMENT)
    assert f"`kata grade top_k_frequent --attempt 2 --seed {'c' * 64}`" in text


def test_one_comment_holds_all_katas_by_slug_under_one_marker() -> None:
    text = markdown.render([report(slug="b_kata"), report(slug="a_kata", attempt=None)])

    assert re.findall("^### (.*)$", text, re.MULTILINE) == [
        r"a\_kata: 72 / 100",
        r"b\_kata: 72 / 100",
    ]
    assert text.count(markdown.MARKER) == 1
    assert "Since last" not in text
    assert "`kata grade a_kata --seed" in text


@pytest.mark.parametrize(
    ("old", "words"),
    [
        (72, " The same as before your last push."),
        (90, " Down 18 since your last push."),
        (None, ""),
    ],
    ids=["same", "down", "void_before"],
)
def test_the_trend_is_said_in_words(old, words: str) -> None:
    assert markdown.trend(HALF_RIGHT, report(earned=old)) == words


def test_a_void_report_is_not_graded_in_the_comment() -> None:
    text = markdown.render([report(standing=Standing.VOID, earned=None, next_step=None)])

    assert r"### top\_k\_frequent: not graded" in text
    assert "Next step" not in text


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("x", "`x`"),
        ("a`b", "`` a`b ``"),
        ("```", "```` ``` ````"),
        ("two\nlines\x1b", "`two lines\\x1b`"),
    ],
    ids=["plain", "backtick", "fence", "control"],
)
def test_a_code_span_cannot_be_left(text: str, span: str) -> None:
    assert code_span(text) == span


def test_foreign_words_in_markdown_are_words() -> None:
    assert markdown_text("*a* _b_ [c](d) <e> `f` |g| ~h~ &amp;") == (
        r"\*a\* \_b\_ \[c\](d) \<e\> \`f\` \|g\| \~h\~ \&amp;"
    )
    assert markdown_text("@you #12 https://e.x www.e.x") == (
        "@\u200byou #\u200b12 https:\u200b//e.x www\u200b.e.x"
    )
    assert html_text("<b> & @you") == "&lt;b&gt; &amp; @\u200byou"


def test_hostile_words_stay_in_their_cell() -> None:
    findings = (Finding(line=1, text=HOSTILE),)
    rows = (criterion("c", HOSTILE, 0, 20, feedback=HOSTILE, findings=findings),)
    before, span = markdown.render([report(criteria=rows)]).split("- line 1: ")

    assert "<script>" not in before
    assert "@you" not in before
    assert before.count("\n| ") == len(["heading", "row"])
    assert span.startswith("``` \\x1b[31mred\\x07 : :error: :x ## [group] ")


def test_a_name_that_a_template_does_not_know_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="nobody"):
        environment().from_string("{{ nobody }}").render()


def test_the_page_escapes_all_words_and_needs_nothing_from_elsewhere() -> None:
    findings = (Finding(line=1, text=HOSTILE),)
    rows = (*HALF_RIGHT.criteria, criterion("c", HOSTILE, 0, 20, findings=findings))
    text = html.render(report(title=HOSTILE, criteria=rows))

    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert "grows as n^1.98, target n log k" in text
    assert re.findall(r"(?:src|href|url)\s*[=(]", text) == []
    text.encode("utf-8")


def test_a_page_without_next_step_or_total_is_whole() -> None:
    text = html.render(report(standing=Standing.VOID, earned=None, next_step=None))

    assert "not graded</h1>" in text
    assert "<h2>Next step</h2>" not in text


def test_the_picture_is_xml_and_fetches_nothing() -> None:
    picture = svg.render(render(HALF_RIGHT, Aside(55, 3, 0)))

    root = ET.fromstring(picture)
    words = "".join(root.itertext()).replace("\u00a0", " ")

    assert re.findall(r"https?://[^\"' ]+", picture) == ["http://www.w3.org/2000/svg"]
    assert "url(http" not in picture
    assert "grows as n^1.98, target n log k" in words
    assert "Hint 1 of 3: kata hint" in words
    assert svg.render(render(HALF_RIGHT, Aside(55, 3, 0))) == picture


PROSE = """\
# A heading that is longer than the screen is wide

One two three
four five six seven.
- first item with
  a second line
- second

    code = that + is + kept + as + it + is + here
| a | table |
```
fenced   code - as it is, longer than the screen
- no item
```
10. tenth of all the items here
last
"""
FILLED = """\
# A heading that is longer than the screen is wide

One two three four five six
seven.
- first item with a second
  line
- second

    code = that + is + kept + as + it + is + here
| a | table |
```
fenced   code - as it is, longer than the screen
- no item
```
10. tenth of all the items
    here last"""


def test_prose_is_filled_and_code_is_kept() -> None:
    assert reflow(PROSE, 28) == FILLED


STEP = NextStep(criterion="scales", text="Count once.", ask="What if <b>k</b> grows?")


def test_the_question_of_an_interviewer_stands_under_the_next_step() -> None:
    shown = report(next_step=STEP)

    assert "  They ask   What if <b>k</b> grows?\n" in plain(render(shown))
    assert "> **An interviewer would ask:** What if \\<b\\>k\\</b\\> grows?" in (
        markdown.render([shown])
    )
    assert "would ask:</strong> What if &lt;b&gt;k&lt;/b&gt; grows?" in html.render(shown)


def test_without_a_known_mistake_no_question_is_asked() -> None:
    shown = report()

    assert "They ask" not in render(shown)
    assert "would ask" not in markdown.render([shown]) + html.render(shown)
