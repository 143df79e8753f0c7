"""Whatever words a learner finds, in the comment they stay words."""

import random

import pytest

from graders.model.report import Measured, NextStep
from graders.model.result import Finding, Outcome
from graders.model.submission import Handover, Pull, Refusal
from graders.publish import delivery
from graders.render.environment import visible
from graders.render.markdown import Detail, render
from tests.gfm import Page, formulas
from tests.reports import criterion, report, situation

SHA = "0123456789abcdef0123456789abcdef01234567"
PULL = Pull(
    repository="interview-katas/ml-katas",
    number=7,
    head_sha=SHA,
    base_ref="main",
    user_id=4242,
    login="ada",
)
PIECES = [
    *"`~!@#$%^&*()_-+=[]{}|\\:;\"'<>,.?/ \t\n\r\x00\x1b\u202e\u200b\ufeff\u2028\ud800éλ漢\U0001f600",
    *(
        "``",
        "```",
        "~~~",
        "**",
        "__",
        "~~",
        "---",
        "===",
        "> ",
        "# ",
        "- ",
        "1. ",
        "- [ ] ",
        "\n\n",
    ),
    *(
        "@ada",
        "@github/team",
        "a@b.co",
        "a@-b.co",
        "mailto:a@b.co",
        "#12",
        "GH-12",
        "a/b#1",
        "x@c0ffee1",
    ),
    *("http://e.x", "HTTPS://E.X", "www.e.x", "WWW.e.x", "ftp://e.x", "xmpp:a@b.c/d", "//e.x"),
    *(
        "![a](b)",
        "[a](b)",
        "[a][b]",
        "[a]: b",
        "[^1]",
        "[^1]: note",
        "<http://e.x>",
        "<!-- kata-report/1 -->",
    ),
    *(
        "<b>",
        "</details>",
        "<img src=x>",
        "<script>",
        "</summary>",
        "<!--",
        "-->",
        "<?",
        "<![CDATA[",
        "&amp;",
    ),
    *(
        "&#64;ada",
        "&commat;",
        "&lt;",
        ":smile:",
        ":+1:",
        "$x$",
        "$$",
        "$`x`$",
        "\\",
        "\\\\",
        "\\`",
        "\\|",
        "|---|",
    ),
    *("::error::x", "##[group]", SHA, SHA[:7], "word", "n²", "{{ 7 * 7 }}", "{% raw %}"),
]


def fuzzed(seed):
    chance = random.Random(seed)
    pieces = chance.choices(PIECES, k=chance.randint(1, 12))
    return chance.choice(["", " "]).join(pieces)


def filled(text):
    """Give a handover with a learner's words wherever there is room for words."""
    rows = (
        criterion(
            "edges",
            text,
            12,
            20,
            feedback=text,
            situations=(situation("a", "one"), situation("b", text, Outcome.FAILED)),
            findings=(Finding(line=9, text=text),),
        ),
        criterion("last", "Last", 20, 20, feedback=text),
    )
    measured = Measured(
        sandbox=text,
        tier=text,
        wall_seconds=0.1,
        criteria={"last": {"exponent": 1.0, "target": text}},
    )
    told = report(
        criteria=rows,
        measured=measured,
        limits=text,
        seed=text,
        next_step=NextStep(criterion="edges", text=text, ask=text),
    )
    return Handover(pull=PULL, reports=(told,), refused=(Refusal(path=text, why=text),))


def drawn(text):
    """Give the comment with a learner's words, in each of its lengths."""
    told = filled(text)
    about = delivery(told)
    return [render(told.reports, delivery=about, detail=detail) for detail in Detail]


def told_in_full(page, text):
    """Tell how often a text stands in a page, whole, beside code and within it."""
    shown = visible(text)
    plain = page.text.replace("\u200b", "")
    return plain.count(shown), sum(shown in code for code in page.code)


@pytest.mark.slow
def test_no_words_of_a_learner_come_alive_or_get_lost():
    usual = [Page(markdown) for markdown in drawn("a word")]
    places = told_in_full(usual[0], "a word")

    for seed in range(3000):
        text = fuzzed(seed)
        pages = [Page(markdown) for markdown in drawn(text)]
        assert [page.tags for page in pages] == [page.tags for page in usual], ascii(text)
        assert [page.wakes() for page in pages] == [[], [], []], ascii(text)
        assert [formulas(page.markdown) for page in pages] == [[], [], []], ascii(text)
        found = told_in_full(pages[0], text)
        assert min(map(int.__sub__, found, places)) >= 0, ascii(text)


def test_the_judge_of_the_fuzz_sees_what_comes_alive():
    alive = Page("a@-b.co www.e.x ![a](b) <b>x</b>\n\n# h\n\n@ada #12 c0ffee1 :smile: $x$")

    assert alive.count("a") == 2
    assert (alive.count("img"), alive.count("b"), alive.count("h1")) == (1, 1, 1)
    assert alive.wakes() == ["a mention", "a reference", "a commit", "a picture", "a link"]
    assert formulas("costs $x$ and `$y$`") == ["$x"]
