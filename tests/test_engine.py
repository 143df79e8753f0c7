"""One attempt through the whole engine: tests, complexity, rules, a person's part."""

import json

import pytest

from graders import engine
from graders.catalogue import load_kata
from graders.errors import CannotGrade
from graders.workspace import read_attempt
from tests.robustness.tiny import HIDDEN, KATA, RIGHT, RUBRIC, write_repository

REVIEW = """
[[criterion]]
id = "prose"
title = "Explains itself"
kind = "review"
points = 10
"""


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Give a function that grades a text; its options change the kata."""
    monkeypatch.setenv("KATA_BWRAP", "0")
    root = write_repository(tmp_path)
    folder = root / "katas" / "doubling"

    def desk(text=RIGHT, *, kata=KATA, rubric=RUBRIC, hidden=HIDDEN, **options):
        (folder / "kata.toml").write_text(kata)
        (folder / "rubric.toml").write_text(rubric)
        (folder / "hidden" / "test_hidden.py").write_text(hidden)
        (root / "s.py").write_text(text)
        loaded = load_kata(folder)
        report = engine.grade(loaded, read_attempt(root / "s.py", loaded), **options)
        return json.loads(report.to_json())

    desk.root = root
    return desk


def outcomes(report):
    return {c["id"]: c["outcome"] for c in report["criteria"]}


def test_a_right_solution_earns_everything(desk):
    report = desk()

    assert (report["earned"], report["standing"]) == (100, "passed")
    assert set(outcomes(report).values()) == {"passed"}
    assert report["measured"]["workers"] >= 2


def test_a_half_right_solution_earns_its_situations(desk):
    report = desk("def double(n):\n    return 2 * n if abs(n) < 4 else 0\n")

    assert report["earned"] == 30
    assert outcomes(report) == {"doubles": "failed", "grows": "skipped", "rules": "skipped"}
    situations = {s["id"]: s["outcome"] for s in report["criteria"][0]["situations"]}
    assert situations == {"small": "passed", "drawn": "failed"}


def test_a_persons_part_is_pending(desk):
    rubric = RUBRIC.replace("points = 60", "points = 50") + REVIEW

    report = desk(rubric=rubric)

    assert outcomes(report)["prose"] == "pending"
    assert (report["earned"], report["pending"]) == (90, 10)


def test_what_the_tests_saw_goes_into_a_file_of_its_own(desk):
    private = desk.root / "evidence.json"

    report = desk("def double(n):\n    return 12345\n", private=private)

    evidence = json.loads(private.read_text())
    assert "12345" in json.dumps(evidence[0]["private"])
    assert evidence[0]["failures"]
    assert "12345" not in json.dumps(report)


@pytest.mark.parametrize(
    ("body", "outcome", "words"),
    [
        ("raise TypeError", "failed", "raised TypeError at line 2"),
        ("while True: pass", "timed_out", "ran out of time"),
        ("import os; os._exit(0)", "errored", "tried to end the program"),
        ("return object()", "failed", "wrong answer"),
        ("raise NotImplementedError  # TODO", "failed", "TODO"),
    ],
)
def test_a_cause_is_named(desk, body, outcome, words):
    report = desk(f"def double(n):\n    {body}\n")

    assert outcomes(report)["doubles"] == outcome
    assert words in report["criteria"][0]["feedback"]
    assert report["earned"] == 0


BROKEN = {
    "a test that names no criterion": HIDDEN + "\ndef test_stray():\n    pass\n",
    "a test of an unknown criterion": HIDDEN
    + '\n@pytest.mark.criterion("other")\ndef test_stray():\n    pass\n',
    "a test of an unknown situation": HIDDEN
    + '\n@pytest.mark.criterion("doubles", "odd")\ndef test_stray():\n    pass\n',
    "a situation without a test": HIDDEN.replace('"small")', '"drawn")'),
    "a file that does not compile": HIDDEN + "\nx =\n",
    "a file that cannot be imported": "import no_such_module\n" + HIDDEN,
    "a test that skips itself": HIDDEN.replace(
        'assert solution.double(n) == 2 * n\n\n\n@pytest.mark.criterion("grows"',
        'pytest.skip()\n\n\n@pytest.mark.criterion("grows"',
    ),
    "a fixture that fails without the solution": HIDDEN
    + "\n@pytest.fixture\ndef broken():\n    1 / 0\n\n@pytest.mark.criterion('doubles', 'small')\ndef test_it(broken):\n    pass\n",
    "an exit of pytest": HIDDEN.replace(
        "def test_drawn(solution, rng):", "def test_drawn(solution, rng):\n    pytest.exit('no')"
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_hidden_test_that_breaks_is_void_and_nobodys_fault(desk, what):
    report = desk(hidden=BROKEN[what])

    assert outcomes(report)["doubles"] == "void"
    assert (report["earned"], report["standing"]) == (None, "void")


FIXTURE = """
@pytest.fixture
def doubled(solution):
    value = solution.double(2)
    assert value == 4
    return value


@pytest.mark.criterion("doubles", "small")
def test_by_fixture(doubled):
    assert doubled == 4


@pytest.fixture
def after(solution):
    yield
    assert solution.double(1) == 2


@pytest.mark.criterion("doubles", "small")
def test_with_an_afterword(after):
    pass
"""


@pytest.mark.parametrize(
    "body",
    [
        "return 5",
        "raise TypeError",
        "return None",
        "import os; os._exit(0)",
        "while True: pass",
        "raise SystemExit",
    ],
)
def test_nothing_that_a_solution_does_in_a_fixture_is_void(desk, body):
    report = desk(f"def double(n):\n    {body}\n", hidden=HIDDEN + FIXTURE)

    assert outcomes(report)["doubles"] in ("failed", "errored", "timed_out")
    assert report["standing"] == "failed"


def test_fixtures_of_a_right_solution_pass(desk):
    assert desk(hidden=HIDDEN + FIXTURE)["earned"] == 100


def test_an_interrupt_during_the_tests_ends_the_grading(desk):
    hidden = HIDDEN.replace(
        "def test_drawn(solution, rng):",
        "def test_drawn(solution, rng):\n    raise KeyboardInterrupt",
    )

    with pytest.raises(KeyboardInterrupt):
        desk(hidden=hidden)


def test_pytests_own_patience_ends_a_hidden_test_that_hangs(desk):
    hidden = HIDDEN.replace(
        "def test_drawn(solution, rng):",
        "def test_drawn(solution, rng):\n    import time; time.sleep(9)",
    )

    report = desk(
        hidden=hidden, kata=KATA.replace("attempt_wall_seconds = 8.0", "attempt_wall_seconds = 1.0")
    )

    situations = {s["id"]: s["outcome"] for s in report["criteria"][0]["situations"]}
    assert situations == {"small": "passed", "drawn": "timed_out"}


def test_a_load_that_hangs_is_waited_for_once(desk):
    report = desk("import time\ntime.sleep(60)\n")

    assert report["measured"]["wall_seconds"] < 2.5
    assert outcomes(report)["doubles"] == "timed_out"


def test_an_attempts_time_is_bounded_over_all_its_tests(desk):
    hidden = HIDDEN.replace("[0, 1, -3]", "range(40)")
    kata = KATA.replace("attempt_wall_seconds = 8.0", "attempt_wall_seconds = 1.5")

    report = desk(
        "import time\ndef double(n):\n    time.sleep(0.4)\n    return 2 * n\n",
        hidden=hidden,
        kata=kata,
    )

    assert report["measured"]["wall_seconds"] < 5
    assert outcomes(report)["doubles"] == "timed_out"
    assert "used up the attempt's time" in report["criteria"][0]["feedback"]


def test_neighbours_of_hidden_tests_can_be_imported_and_are_forgotten(desk):
    import sys

    (desk.root / "katas" / "doubling" / "hidden" / "neighbour_of_tests.py").write_text("TWO = 2\n")
    hidden = "from neighbour_of_tests import TWO\n" + HIDDEN.replace("2 * n", "TWO * n")

    assert desk(hidden=hidden)["earned"] == 100
    assert "neighbour_of_tests" not in sys.modules


def test_the_learners_pytest_settings_do_not_matter(desk, monkeypatch):
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")

    assert desk()["earned"] == 100


RULES = """
[rules]
forbidden_imports = ["heapq"]
forbidden_names = ["math.fsum"]
forbidden_methods = ["sort"]
max_function_lines = 6
"""


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("import heapq", "imports heapq, which this kata forbids"),
        ("from math import fsum as f", "uses math.fsum, which this kata forbids"),
        ("[2].sort()", "uses .sort, which this kata forbids"),
        ("eval('1')", "uses eval, a way round the rules"),
        ("import importlib", "imports importlib, a way round the rules"),
        ("(lambda: 1).__globals__", "uses __globals__, a way round the rules"),
        ("\n        ".join(["n"] * 5), "double is 8 lines long; 6 is the most here"),
    ],
)
def test_a_broken_rule_is_found_in_the_source(desk, line, finding):
    source = f"def double(n):\n    if n == 99:\n        {line}\n    return 2 * n\n"

    report = desk(source, kata=KATA + RULES)

    rules = report["criteria"][2]
    assert finding in [found["text"] for found in rules["findings"]]
    assert rules["earned"] == 0


def test_a_rule_that_was_broken_at_run_time_counts(desk):
    source = "def double(n):\n    import math\n    try:\n        getattr(math, 'fs' + 'um')([n])\n    except Exception:\n        pass\n    return 2 * n\n"

    report = desk(source, kata=KATA + RULES)

    assert outcomes(report) == {"doubles": "passed", "grows": "passed", "rules": "failed"}
    assert "uses math.fsum" in report["criteria"][2]["feedback"]


def test_a_source_that_crashes_the_parser_breaks_the_rules(desk):
    report = desk("x = " + "(" * 5000, rubric=RUBRIC.replace('requires = ["doubles"]\n', ""))

    assert outcomes(report)["rules"] == "failed"


def test_a_sandbox_that_does_not_start_is_no_grade(desk):
    with pytest.raises(CannotGrade, match="the package nothing_like_it is not installed"):
        desk(kata=KATA.replace("[limits]", 'packages = ["nothing_like_it"]\n[limits]'))


def test_a_check_that_breaks_is_void(desk):
    start = HIDDEN.index("    measure.peak_memory")

    report = desk(hidden=HIDDEN[:start] + "    measure.comparisons(None, at_most=1)\n")

    assert outcomes(report)["grows"] == "void"
