from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from kata_folders import A_SLUG, KATA_TOML, problems_of, write_kata

if TYPE_CHECKING:
    from pathlib import Path

KATA_CASES = [
    pytest.param(
        'title = "K-means"',
        'titel = "K-means"',
        [
            ('unknown key "titel"', 'did you mean "title"?'),
            ('missing key "title"', "add title = ..."),
        ],
        id="a misspelt key",
    ),
    pytest.param(
        'title = "K-means"',
        'title = "K-means"\nzzz = 1',
        [
            (
                'unknown key "zzz"',
                (
                    "known here: title, section, level, minutes, topics, summary, requires, "
                    "editable, packages, records, limits, rules"
                ),
            )
        ],
        id="a key like no other",
    ),
    pytest.param(
        'title = "K-means"',
        'title = " "',
        [("title is empty", "write a few words for the learner")],
        id="an empty title",
    ),
    pytest.param(
        'title = "K-means"',
        "title = 7",
        [("title is a whole number, not text", 'put it in quotes: "..."')],
        id="a number for text",
    ),
    pytest.param(
        'title = "K-means"',
        "title = 2025-01-01",
        [("title is a date or time, not text", 'put it in quotes: "..."')],
        id="a date for text",
    ),
    pytest.param(
        "minutes = 30",
        'minutes = "30"',
        [("minutes is text, not a whole number", "write digits only, without quotes")],
        id="text for a whole number",
    ),
    pytest.param(
        "minutes = 30",
        "minutes = true",
        [("minutes is true or false, not a whole number", "write digits only, without quotes")],
        id="true for a whole number",
    ),
    pytest.param(
        "minutes = 30",
        "minutes = 30.0",
        [("minutes is a number, not a whole number", "write digits only, without quotes")],
        id="a fraction for a whole number",
    ),
    pytest.param(
        "minutes = 30", "minutes = 4", [("minutes is 4", "choose from 5 to 90")], id="too short"
    ),
    pytest.param(
        "minutes = 30",
        "minutes = 0x" + "f" * 9000,
        [("minutes is huge", "choose from 5 to 90")],
        id="a number beyond all bounds",
    ),
    pytest.param(
        'section = "coding"',
        'section = "codign"',
        [('section cannot be "codign"', 'did you mean "coding"?')],
        id="a misspelt section",
    ),
    pytest.param(
        'level = "medium"',
        'level = "?\\n\\u001b[2J' + "x" * 60 + '"',
        [('level cannot be "???[2J' + "x" * 54 + '..."', "one of: easy, medium, hard")],
        id="a level that would upset the terminal",
    ),
    pytest.param(
        'level = "medium"',
        "level = 2",
        [("level is a whole number, not text", 'put it in quotes: "..."')],
        id="a number for a level",
    ),
    pytest.param(
        'topics = ["clustering"]',
        'topics = "clustering"',
        [("topics is text, not a list", "put it in brackets: [...]")],
        id="text for a list",
    ),
    pytest.param(
        'topics = ["clustering"]',
        'topics = ["clustering", 2]',
        [("topics[2] is a whole number, not text", 'put it in quotes: "..."')],
        id="a number in a list of texts",
    ),
    pytest.param(
        'title = "K-means"',
        'title = "K-means"\nrequires = ["K-Means"]',
        [('requires: "K-Means" is not a slug', A_SLUG)],
        id="a requirement that is no slug",
    ),
    pytest.param(
        'title = "K-means"',
        'title = "K-means"\neditable = []',
        [("editable is empty", 'name a file, such as "solution.py"')],
        id="nothing to edit",
    ),
    pytest.param(
        'title = "K-means"',
        'title = "K-means"\neditable = [7]',
        [("editable[1] is a whole number, not text", 'put it in quotes: "..."')],
        id="a number for an editable file",
    ),
    pytest.param(
        'title = "K-means"',
        'title = "K-means"\neditable = ["../x.py", "/etc/passwd", "a/", "", "C:x", "a b", ".git"]',
        [
            (
                f'editable: "{name}" is not a plain file name',
                "name a file of the attempt's folder, such as solution.py",
            )
            for name in ("../x.py", "/etc/passwd", "a/", "", "C:x", "a b", ".git")
        ],
        id="editable files elsewhere",
    ),
    pytest.param(
        'title = "K-means"',
        'title = "K-means"\neditable = ["solution.py", "Solution.py"]',
        [('editable: "Solution.py" is listed twice', "remove one of the two")],
        id="an editable file twice",
    ),
    pytest.param(
        'title = "K-means"',
        'title = "K-means"\neditable = ["attempt.toml"]',
        [('editable: "attempt.toml" is written by the kata command', "choose another name")],
        id="an editable file that the command writes",
    ),
    pytest.param(
        'title = "K-means"',
        'title = "K-means"\npackages = ["scikit-learn"]',
        [
            (
                'packages: "scikit-learn" is not a package\'s name',
                "write the name that it is imported by, such as numpy",
            )
        ],
        id="a package by its name on the index",
    ),
    pytest.param(
        'title = "K-means"',
        'title = "K-means"\nrecords = { "List Node" = ["next node"] }',
        [
            (
                'records: "List Node" is not a class\'s name',
                "write a Python name, such as ListNode",
            ),
            (
                'records.List Node: "next node" is not a field\'s name',
                "write a Python name, such as next",
            ),
        ],
        id="a record with impossible names",
    ),
    pytest.param(
        'title = "K-means"',
        'title = "K-means"\nrecords = ["ListNode"]',
        [
            (
                "records is a list, not a table",
                "write it as a table: a heading in brackets, or key = value in braces",
            )
        ],
        id="a list for a table",
    ),
    pytest.param(
        'title = "K-means"',
        'title = "K-means"\nrecords = { ListNode = "next" }',
        [("records.ListNode is text, not a list", "put it in brackets: [...]")],
        id="text for a record's fields",
    ),
    pytest.param(
        'title = "K-means"',
        'title = "K-means"\nlimits = 3',
        [
            (
                "limits is a whole number, not a table",
                "write it as a table: a heading in brackets, or key = value in braces",
            )
        ],
        id="a number for the limits",
    ),
    pytest.param(
        'title = "K-means"',
        'title = "K-means"\n'
        "limits = { memory_mib = 8, reply_mib = 0, threads = 65, memory_mb = 1 }",
        [
            ('unknown key "limits.memory_mb"', 'did you mean "memory_mib"?'),
            ("limits.memory_mib is 8", "choose from 16 to 4096"),
            ("limits.reply_mib is 0", "choose from 1 to 256"),
            ("limits.threads is 65", "choose from 0 to 64"),
        ],
        id="limits out of range",
    ),
    pytest.param(
        'title = "K-means"',
        'title = "K-means"\nlimits = { call_cpu_seconds = nan, call_wall_seconds = inf }',
        [
            ("limits.call_cpu_seconds is nan", "choose from 0.05 to 60"),
            ("limits.call_wall_seconds is inf", "choose from 0.05 to 120"),
        ],
        id="limits that are no numbers",
    ),
    pytest.param(
        'title = "K-means"',
        'title = "K-means"\nlimits = { call_cpu_seconds = 31, attempt_wall_seconds = 5.5 }',
        [
            (
                "limits.call_cpu_seconds is 31, more than the 30 of the whole attempt",
                "raise attempt_cpu_seconds or lower call_cpu_seconds",
            ),
            (
                "limits.call_wall_seconds is 10, more than the 5.5 of the whole attempt",
                "raise attempt_wall_seconds or lower call_wall_seconds",
            ),
        ],
        id="a call longer than the attempt",
    ),
    pytest.param(
        'title = "K-means"',
        'title = "K-means"\n'
        'rules = { forbidden_imports = ["import os"], forbidden_names = ["np..dot"], '
        'forbidden_methods = ["list.count"], max_function_lines = -1 }',
        [
            (
                'rules.forbidden_imports: "import os" is not a dotted name',
                "write Python names with dots between, such as numpy.linalg",
            ),
            (
                'rules.forbidden_names: "np..dot" is not a dotted name',
                "write Python names with dots between, such as numpy.linalg",
            ),
            (
                'rules.forbidden_methods: "list.count" is not an attribute\'s name',
                "write one Python name, such as count",
            ),
            ("rules.max_function_lines is -1", "choose from 0 to 500"),
        ],
        id="rules that forbid nothing",
    ),
    pytest.param(
        'title = "K-means"',
        "title = K-means",
        [("is not valid TOML: Invalid value (at line 1, column 9)", "mend that spot")],
        id="no TOML",
    ),
    pytest.param(
        'title = "K-means"',
        "title = " + "[" * 5000,
        [("is not valid TOML: nested too deeply", "use fewer brackets inside brackets")],
        id="TOML without a floor",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), KATA_CASES)
def test_a_wrong_kata_file_is_told_in_full(
    tmp_path: Path, old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    folder = write_kata(tmp_path / "katas", kata=KATA_TOML.replace(old, new))

    found = problems_of(folder)

    assert found == [(what, "katas/k_means/kata.toml", fix) for what, fix in expected]
