from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from kata_folders import A_SLUG, RUBRIC_TOML, problems_of, write_kata

if TYPE_CHECKING:
    from pathlib import Path

SLOPE = 'method = "cpu_slope", target = "n", sizes = [1000, 2000, 4000], limit = 1.4'
CORRECT = 'criterion "correct": '
SCALES = 'criterion "scales": '
RUBRIC_CASES = [
    pytest.param(
        "points = 40",
        "points = 30",
        [("points sum to 90, not 100", "give the missing 10 points to a criterion")],
        id="too few points",
    ),
    pytest.param(
        "points = 40",
        "points = 45",
        [("points sum to 105, not 100", "take 5 points away from a criterion")],
        id="too many points",
    ),
    pytest.param(
        "points = 40",
        "points = 0",
        [
            (SCALES + "points is 0", "choose from 1 to 100"),
            ("points sum to 60, not 100", "give the missing 40 points to a criterion"),
        ],
        id="a criterion for nothing",
    ),
    pytest.param(
        "points = 40",
        "points = 1" + "0" * 4000,
        [
            (SCALES + "points is huge", "choose from 1 to 100"),
            ("points sum to huge, not 100", "take huge points away from a criterion"),
        ],
        id="points beyond all bounds",
    ),
    pytest.param(
        "points = 40",
        'poins = 40\npass_mark = "x"',
        [
            (SCALES + 'unknown key "poins"', 'did you mean "points"?'),
            (
                SCALES + 'unknown key "pass_mark"',
                (
                    "known here: id, title, kind, points, requires, situations, explain, "
                    "next_step, options"
                ),
            ),
            (SCALES + 'missing key "points"', "add points = ..."),
        ],
        id="misspelt points are not summed",
    ),
    pytest.param(
        "pass_mark = 80",
        "pass_mark = 101",
        [("pass_mark is 101", "choose from 1 to 100")],
        id="a pass mark out of reach",
    ),
    pytest.param(
        RUBRIC_TOML,
        "pass_mark = 80",
        [('missing key "criterion"', "add criterion = ...")],
        id="no criteria",
    ),
    pytest.param(
        RUBRIC_TOML,
        'pass_mark = 80\ncriterion = ["correct"]',
        [
            (
                "criterion[1] is text, not a table",
                "write it as a table: a heading in brackets, or key = value in braces",
            )
        ],
        id="a word for a criterion",
    ),
    pytest.param(
        'id = "scales"',
        'id = "correct"',
        [
            ('2 criteria have the id "correct"', "give each an id of its own"),
            ("criteria require each other in a circle: correct -> correct", "break the circle"),
        ],
        id="an id twice",
    ),
    pytest.param(
        'id = "scales"',
        'id = "Scales-Well"',
        [('criterion "Scales-Well": the id is not snake_case', A_SLUG)],
        id="an id in capitals",
    ),
    pytest.param(
        'id = "scales"\n',
        "",
        [('criterion 2: missing key "id"', "add id = ...")],
        id="no id",
    ),
    pytest.param(
        'title = "Scales linearly"',
        'title = ""',
        [(SCALES + "title is empty", "write a few words for the learner")],
        id="an empty title",
    ),
    pytest.param(
        'kind = "complexity"',
        'kind = "complex"',
        [(SCALES + 'kind cannot be "complex"', 'did you mean "complexity"?')],
        id="a misspelt kind",
    ),
    pytest.param(
        'requires = ["correct"]',
        'requires = ["corect", "zzz"]',
        [
            (
                SCALES + 'requires "corect", which is no criterion',
                'did you mean "correct"?',
            ),
            (SCALES + 'requires "zzz", which is no criterion', "one of: correct, scales"),
        ],
        id="requirements that do not exist",
    ),
    pytest.param(
        "points = 60",
        'points = 60\nrequires = ["scales"]',
        [
            (
                "criteria require each other in a circle: correct -> scales -> correct",
                "break the circle",
            )
        ],
        id="requirements in a circle",
    ),
    pytest.param(
        'situations = { growing = "more and more points" }\n',
        "",
        [
            (
                SCALES + "a criterion of kind complexity needs a situation",
                'add situations = { some_id = "words for the learner" }',
            )
        ],
        id="a complexity criterion without situations",
    ),
    pytest.param(
        '{ one = "one cluster", many = "many clusters" }',
        "{}",
        [
            (
                CORRECT + "a criterion of kind tests needs a situation",
                'add situations = { some_id = "words for the learner" }',
            )
        ],
        id="a tests criterion without situations",
    ),
    pytest.param(
        '{ one = "one cluster", many = "many clusters" }',
        '{ One = "", many = 2 }',
        [
            (
                CORRECT + "situations.many is a whole number, not text",
                'put it in quotes: "..."',
            ),
            (CORRECT + 'the situation\'s id "One" is not snake_case', A_SLUG),
            (CORRECT + "situations.One is empty", "write a few words for the learner"),
        ],
        id="situations that say nothing",
    ),
    pytest.param(
        'many = "many clusters" }',
        'many = "many clusters" }\noptions = { strict = true }',
        [(CORRECT + "a criterion of kind tests takes no options", "remove its options")],
        id="options where there are none",
    ),
    pytest.param(
        "options = { " + SLOPE + " }",
        "",
        [
            (
                SCALES + 'missing key "options.method"',
                "one of: cpu_slope, peak_memory, comparisons",
            )
        ],
        id="complexity without options",
    ),
    pytest.param(
        '"cpu_slope"',
        '"cpu_slop"',
        [(SCALES + 'options.method cannot be "cpu_slop"', 'did you mean "cpu_slope"?')],
        id="a misspelt method",
    ),
    pytest.param(
        '"cpu_slope"',
        "7",
        [
            (
                SCALES + 'options.method cannot be "7"',
                "one of: cpu_slope, peak_memory, comparisons",
            )
        ],
        id="a number for a method",
    ),
    pytest.param(
        'target = "n", sizes',
        'target = "", size',
        [
            (SCALES + 'unknown key "options.size"', 'did you mean "sizes"?'),
            (SCALES + 'missing key "options.sizes"', "add sizes = ..."),
            (SCALES + "options.target is empty", "write a few words for the learner"),
        ],
        id="misspelt options",
    ),
    pytest.param(
        "limit = 1.4",
        "limit = 0",
        [(SCALES + "options.limit is 0", "choose from 0.1 to 10")],
        id="a slope that nothing has",
    ),
    *(
        pytest.param(
            "[1000, 2000, 4000]",
            sizes,
            [
                (
                    SCALES + "options.sizes is not a growing list of 3 or more",
                    "write sizes such as [1000, 2000, 4000]",
                )
            ],
            id=f"sizes {name}",
        )
        for name, sizes in {
            "too few": "[1000, 2000]",
            "that stand still": "[1000, 1000, 2000]",
            "from nothing": "[0, 1, 2]",
            "without end": "[1, 2, 10_000_000_000]",
            "missing": "[]",
        }.items()
    ),
    pytest.param(
        SLOPE,
        'method = "peak_memory", target = "n", size = 0, limit_mib = "8"',
        [
            (
                SCALES + "options.limit_mib is text, not a number",
                "write a number, such as 2.5, without quotes",
            ),
            (SCALES + "options.size is 0", "choose from 1 to 1e+09"),
        ],
        id="peak memory of nothing",
    ),
    pytest.param(
        SLOPE,
        'method = "comparisons", target = "n", limit = 3',
        [(SCALES + 'unknown key "options.limit"', "known here: method, target")],
        id="an option of another method",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), RUBRIC_CASES)
def test_a_wrong_rubric_is_told_in_full(
    tmp_path: Path, old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    folder = write_kata(tmp_path / "katas", rubric=RUBRIC_TOML.replace(old, new))

    found = problems_of(folder)

    assert found == [(what, "katas/k_means/rubric.toml", fix) for what, fix in expected]
