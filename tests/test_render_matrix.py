"""Kill matrices as text, page, picture, and the page of messages."""

import re
from xml.etree import ElementTree

import msgspec
import pytest

from graders.model.matrix import Cell, KillMatrix, ProofDocument, Row
from graders.model.proof import SeededKind
from graders.render.matrix import (
    matrix_page,
    matrix_picture,
    matrix_text,
    messages_page,
    summary_text,
)

HOSTILE = "<script>alert(1)</script> | @all ::error::"


def row(name, kind=SeededKind.WRONG, cells=None, **more):
    fields = {
        "mistake": f"{name} is wrong",
        "fails": "a",
        "say": "Look again.",
        "ask": "Why?",
        "told": ("Part one: 1 of 2 situations handled",),
        **more,
    }
    cells = cells or {"a": Cell.NAMED, "b": Cell.SKIPPED, "c": Cell.NOT_RUN}
    return Row(name=name, kind=kind, cells=cells, **fields)


def matrix(*rows, **more):
    fields = {"title": "K means", "seeds": 5, "tests": 12, **more}
    return KillMatrix(
        slug="k_means",
        criteria={"a": "Part one", "b": "Part two", "c": "Time"},
        rows=rows,
        **fields,
    )


KILLED = row("stops_early", cells={"a": Cell.NAMED, "b": Cell.KILLED, "c": Cell.NOT_RUN})
ALIVE = row("lives_on", cells={"a": Cell.PASSED, "b": Cell.PASSED, "c": Cell.NOT_RUN})
SLOW = row(
    "crawls",
    SeededKind.SLOW,
    fails="c",
    cells={"a": Cell.PASSED, "c": Cell.NAMED, "b": Cell.PASSED},
)


def test_a_matrix_as_text():
    lines = matrix_text(matrix(KILLED, ALIVE, SLOW)).splitlines()

    assert lines[0] == "k_means: K means"
    assert lines[1].split() == ["1", "2", "3"]
    assert [line.split() for line in lines[2:5]] == [
        ["wrong", "stops_early", "X", "x"],
        ["wrong", "lives_on", ".", "."],
        ["slow", "crawls", ".", ".", "X"],
    ]
    assert lines[6] == "  1 a   2 b   3 c"


def test_a_matrix_lines_up_in_its_width():
    long_one = row("a_very_long_name_of_a_mistake_that_goes_on_and_on_and_on_and_on_and_on")

    lines = matrix_text(matrix(long_one), width=60).splitlines()

    assert max(map(len, lines[:3])) == 60
    assert ".." in lines[2]


def test_a_cheat_that_fails_even_what_the_rules_need_is_caught():
    cheat = row("x", SeededKind.CHEAT, fails="b", cells={"a": Cell.KILLED, "b": Cell.SKIPPED})
    wrong = row("y", fails="b", cells={"a": Cell.KILLED, "b": Cell.SKIPPED})

    assert re.search(r"0/1 +0/0 +1/1   proved", summary_text([matrix(cheat, wrong)]))


def test_the_document_has_a_line_a_solution_and_is_json():
    document = ProofDocument(katas=(matrix(KILLED, ALIVE), matrix()))
    text = document.to_json()

    assert msgspec.json.decode(text, type=ProofDocument) == document
    assert sum(line.startswith(b'{"name":') for line in text.splitlines()) == 2


def test_a_summary_counts_what_is_stopped():
    text = summary_text([matrix(KILLED, ALIVE, SLOW), matrix(KILLED, findings=("x", "y"))])

    assert re.search(r"k_means +12 +1/2 +1/1 +0/0   proved\n", text)
    assert re.search(r"k_means +12 +1/1 +0/0 +0/0   2 to mend\n", text)


def test_a_kata_that_was_not_graded_has_its_line():
    text = summary_text([matrix(findings=("katas/k_means/rubric.toml: is missing",))])

    assert re.search(r"k_means +12 +0/0 +0/0 +0/0   1 to mend\n", text)


def test_the_page_shows_every_solution_and_what_is_to_mend():
    page = matrix_page([matrix(KILLED, ALIVE, SLOW, findings=("a dead test",))])

    for word in ("stops_early", "lives_on", "crawls", "a dead test", "1 wrong solutions killed"):
        assert word in page
    assert page.count('<td class="cell named">X</td>') == 2


@pytest.mark.parametrize("make", [matrix_page, matrix_picture])
def test_authors_words_stay_words(make):
    made = make([matrix(row("x", mistake=HOSTILE), title=HOSTILE)])

    assert "<script>" not in made


def test_the_picture_is_well_formed_and_has_a_square_a_solution():
    picture = matrix_picture([matrix(KILLED, ALIVE), matrix(SLOW)])
    tree = ElementTree.fromstring(picture)
    squares = [e for e in tree.iter() if e.tag.endswith("rect") and len(e)]

    assert [square.get("fill") for square in squares] == ["#1a7f37", "#d1242f", "#0969da"]


def test_nothing_checked_is_a_picture_too():
    ElementTree.fromstring(matrix_picture([]))


def test_the_messages_of_wrong_solutions_alone():
    page = messages_page([matrix(KILLED, SLOW)])

    assert "### stops\\_early" in page
    assert "- Part one: 1 of 2 situations handled" in page
    assert "> **Next step:** Look again." in page
    assert "crawls" not in page
