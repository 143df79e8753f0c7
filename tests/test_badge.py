"""A score as a badge, drawn here and by shields.io."""

import json
import xml.etree.ElementTree as ET

import pytest

from graders.model.score import Standing
from graders.render import badge
from tests.reports import report

PLACES = [
    (Standing.PASSED, 92, "92 / 100", "brightgreen"),
    (Standing.FAILED, 72, "72 / 100", "orange"),
    (Standing.UNDECIDED, 60, "60 / 100", "blue"),
    (Standing.VOID, None, "not graded", "lightgrey"),
]


@pytest.mark.parametrize(("standing", "earned", "words", "color"), PLACES)
def test_shields_can_draw_it(standing, earned, words, color):
    shown = report(standing=standing, earned=earned)

    assert json.loads(badge.endpoint(shown)) == {
        "schemaVersion": 1,
        "label": "top_k_frequent",
        "message": words,
        "color": color,
    }


@pytest.mark.parametrize(("standing", "earned", "words", "color"), PLACES)
def test_the_picture_says_the_same_and_fetches_nothing(standing, earned, words, color):
    text = badge.picture(report(standing=standing, earned=earned))

    picture = ET.fromstring(text)
    assert picture.get("aria-label") == f"top_k_frequent: {words}"
    assert [node.text for node in picture.iter("{http://www.w3.org/2000/svg}text")] == [
        "top_k_frequent",
        words,
    ]
    assert badge.SHADES[standing].rgb in text
    assert text.count("http") == 1


def test_each_half_is_as_wide_as_its_words():
    picture = ET.fromstring(badge.picture(report()))

    label, message = picture.iter("{http://www.w3.org/2000/svg}text")
    assert int(label.get("x")) + int(label.get("textLength")) < int(message.get("x"))
    assert int(message.get("x")) + int(message.get("textLength")) < int(picture.get("width"))


def test_a_hostile_label_stays_a_label():
    shown = report(slug='<script>"&\x1b' + "x" * 500)

    picture = ET.fromstring(badge.picture(shown))

    assert picture.get("aria-label").startswith('<script>"&\\x1bxxx')
    assert int(picture.get("width")) < 600
    assert len(json.loads(badge.endpoint(shown))["label"]) == 60
