"""``kata isolate`` agrees with plain pytest, test by test, and holds the solution in its jail."""

import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from graders.errors import AttemptError
from graders.isolation import isolate
from graders.isolation.running import LIMITS
from graders.sandbox.stopping import Share

SUITES = Path(__file__).with_name("suites")
CASES = [
    pytest.param(suite.name, solution.name, id=f"{suite.name}-{solution.stem}")
    for suite in sorted(SUITES.iterdir())
    for solution in sorted(suite.glob("*.py"))
    if solution.stem == suite.name or solution.name.startswith("wrong_")
]
SHORT = {"call_cpu_seconds": 0.3, "call_wall_seconds": 2.0}


class Desk:
    """A folder with a test file, and another one with a solution."""

    def __init__(self, root: Path) -> None:
        self.tests = root / "tests"
        self.work = root / "work"
        self.tests.mkdir()
        self.work.mkdir()

    def write(self, test: str, solution: str) -> None:
        (self.tests / "thing_test.py").write_text(test)
        (self.work / "thing.py").write_text(solution)

    def outcomes(self, **options) -> dict[str, str]:
        return {test.id: test.outcome.value for test in self.report(**options).tests}

    def report(self, **options):
        limits = LIMITS if "limits" not in options else options.pop("limits")
        return isolate(
            self.tests / "thing_test.py", self.work / "thing.py", limits=limits, **options
        )

    def plain(self) -> dict[str, str]:
        """Give what plain pytest says, with the solution beside the test."""
        shutil.copy(self.work / "thing.py", self.tests / "thing.py")
        try:
            return plain_outcomes(self.tests / "thing_test.py")
        finally:
            (self.tests / "thing.py").unlink()


def plain_outcomes(test_file: Path) -> dict[str, str]:
    """Give the outcome of each test under pytest alone; a failed subtest fails its test."""
    told = test_file.with_suffix(".xml")
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    words = ["-c", "/dev/null", "--rootdir", str(test_file.parent), f"--junitxml={told}"]
    subprocess.run(
        [*command, *words, test_file.name], cwd=test_file.parent, capture_output=True, check=False
    )
    outcomes: dict[str, str] = {}
    for case in ET.parse(told).iter("testcase"):
        place = case.get("classname", "").split(".")[1:]
        node = "::".join([*place, case.get("name", "")])
        kinds = {child.tag for child in case}
        outcome = "failed" if kinds & {"failure", "error"} else "passed"
        outcome = "skipped" if "skipped" in kinds and outcome == "passed" else outcome
        if outcomes.get(node) != "failed":
            outcomes[node] = outcome
    return outcomes


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def coarse(outcomes: dict[str, str]) -> dict[str, str]:
    return {k: v if v in ("passed", "skipped") else "failed" for k, v in outcomes.items()}


@pytest.mark.parametrize(("suite", "solution"), CASES)
def test_agrees_with_plain_pytest_test_by_test(suite, solution, tmp_path):
    beside, apart = tmp_path / "beside", tmp_path / "apart"
    leave_out = shutil.ignore_patterns("wrong_*", "__pycache__")
    shutil.copytree(SUITES / suite, beside, ignore=leave_out)
    shutil.copy(SUITES / suite / solution, beside / f"{suite}.py")
    apart.mkdir()
    shutil.move(beside / f"{suite}.py", apart / f"{suite}.py")

    report = isolate(
        beside / f"{suite}_test.py", apart / f"{suite}.py", allow_read=[beside / "poems"]
    )

    shutil.copy(apart / f"{suite}.py", beside / f"{suite}.py")
    expected = plain_outcomes(beside / f"{suite}_test.py")
    assert coarse({test.id: test.outcome.value for test in report.tests}) == expected
    failed = "failed" in expected.values()
    assert failed == solution.startswith("wrong_")
    assert all((test.cause is None) == (test.outcome.value == "passed") for test in report.tests)


def test_a_solution_that_does_not_load_fails_every_test_with_that_cause(desk):
    test = "from thing import a, B\n\ndef test_a():\n    assert a() == 1\n\ndef test_b():\n    B\n"
    desk.write(test, "def a():\n    return 1\n\nraise ValueError('no')\n")

    tests = desk.report().tests

    assert [(t.id, t.outcome.value, t.cause) for t in tests] == [
        ("test_a", "errored", "not loaded ValueError at line 4"),
        ("test_b", "errored", "not loaded ValueError at line 4"),
    ]


def test_a_solution_that_hangs_while_it_loads_is_waited_for_once(desk):
    test = "import thing\n" + "".join(f"def test_{n}():\n    thing.a()\n" for n in range(20))
    desk.write(test, "while True:\n    pass\n")
    limits = LIMITS.__class__(**SHORT)

    tests = desk.report(limits=limits).tests

    assert {test.outcome.value for test in tests} == {"timed_out"}
    assert len(tests) == 20


def test_a_missing_name_is_a_file_that_cannot_be_collected(desk):
    desk.write("from thing import missing\n\ndef test_a():\n    pass\n", "x = 1\n")

    (test,) = desk.report().tests

    assert test.outcome.value == "errored"
    assert "cannot import name 'missing' from 'thing'" in test.cause


def test_a_call_that_hangs_costs_its_own_test_only(desk):
    test = """
from thing import Thing, fail, spin, Broken
import pytest

def test_before():
    assert Thing(1).value == 1

def test_hangs():
    spin()

def test_after():
    assert isinstance(Thing(2), Thing)
    assert Thing(2).value == 2

def test_error_after():
    with pytest.raises(Broken):
        fail()
"""
    solution = """
class Broken(Exception):
    pass

class Thing:
    def __init__(self, value):
        self.value = value

def spin():
    while True:
        pass

def fail():
    raise Broken
"""
    desk.write(test, solution)

    outcomes = desk.outcomes(limits=LIMITS.__class__(**SHORT))

    assert outcomes == {
        "test_before": "passed",
        "test_hangs": "timed_out",
        "test_after": "passed",
        "test_error_after": "passed",
    }


def test_a_test_without_an_end_costs_the_others_nothing(desk):
    test = """
from thing import numbers, one
import pytest

@pytest.mark.parametrize("_", range(4))
def test_endless(_):
    for number in numbers():
        assert number >= 0

def test_after():
    assert one() == 1
"""
    desk.write(test, "from itertools import count as numbers\n\ndef one():\n    return 1\n")
    limits = LIMITS.__class__(attempt_wall_seconds=3.0)

    outcomes = desk.outcomes(limits=limits, share=Share(wall_seconds=0.4))

    assert list(outcomes.values()) == ["timed_out"] * 4 + ["passed"]


def test_a_coroutine_without_an_end_costs_its_own_test_only(desk):
    test = """
import asyncio
import pytest
from thing import one, rest, stuck

def test_busy():
    asyncio.run(stuck(0))

def test_waiting():
    asyncio.run(stuck(1000))

def test_limit():
    async def main():
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(rest(), 0.01)

    asyncio.run(main())

def test_after():
    assert asyncio.run(one()) == 1
"""
    solution = """
import asyncio

async def stuck(seconds):
    while True:
        await asyncio.sleep(seconds)

async def rest():
    try:
        await asyncio.sleep(1000)
    finally:
        await asyncio.sleep(0.001)

async def one():
    return 1
"""
    desk.write(test, solution)

    outcomes = desk.outcomes(share=Share(wall_seconds=0.4))

    assert list(outcomes.values()) == ["timed_out", "timed_out", "passed", "passed"]


def test_nobody_sleeps_where_sleep_is_patched(desk):
    test = """
import asyncio
from unittest import mock
import thing

def test_patched():
    with mock.patch("asyncio.sleep") as sleep:
        assert asyncio.run(thing.late()) == 1
    sleep.assert_awaited_once_with(1000)
"""
    desk.write(
        test, "import asyncio\n\nasync def late():\n    await asyncio.sleep(1000)\n    return 1\n"
    )

    assert desk.outcomes() == {"test_patched": "passed"}


def test_a_module_that_only_the_test_file_imports_is_patched_for_the_solution(desk, monkeypatch):
    test = """
import {0}
from unittest import mock
import thing

def test_patched():
    with mock.patch("{0}.{1}", return_value=7):
        assert thing.f() == 7
    assert thing.f() != 7
"""
    name, function = "colorsys", "rgb_to_hsv"
    monkeypatch.delitem(sys.modules, name, raising=False)  # another test may have needed it
    desk.write(
        test.format(name, function),
        f"import {name}\n\ndef f():\n    return {name}.{function}(1, 2, 3)\n",
    )

    assert desk.outcomes() == {"test_patched": "passed"}
    sys.modules.pop(name, None)


def test_a_worker_that_dies_is_an_error_of_that_test(desk):
    desk.write(
        "import thing\n\ndef test_a():\n    thing.die()\n\ndef test_b():\n    thing.one()\n",
        "import os\n\ndef die():\n    os._exit(0)\n\ndef one():\n    return 1\n",
    )

    assert desk.outcomes() == {"test_a": "errored", "test_b": "passed"}


def test_files_are_invisible_unless_allowed(desk, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("word")
    desk.write(
        f"from thing import read\n\ndef test_read():\n    assert read({str(secret)!r}) == 'word'\n",
        "def read(name):\n    with open(name) as file:\n        return file.read()\n",
    )

    assert desk.outcomes() == {"test_read": "failed"}
    assert desk.outcomes(allow_read=[tmp_path]) == {"test_read": "passed"}


@pytest.mark.parametrize(
    "expression",
    [
        "probe.__class__.__init__.__globals__",
        "probe.method.__func__.__globals__",
        "probe.method.__self__.__class__",
        "walk.gi_frame.f_globals",
        "probe.module.system",
        "probe.power",
    ],
)
def test_no_way_leads_from_an_object_of_the_test_into_its_interpreter(desk, expression):
    test = """
import os
import thing

class Probe:
    module = os
    power = eval

    def method(self):
        return 1

def test_reach():
    probe = Probe()
    assert thing.reach(probe, (n for n in range(3))) == "refused"
"""
    solution = f"""
def reach(probe, walk):
    try:
        {expression}
    except Exception:
        return "refused"
    return "reached"
"""
    desk.write(test, solution)

    assert desk.outcomes() == {"test_reach": "passed"}


def test_the_solution_stays_in_the_jail_when_it_lies_beside_the_test(tmp_path):
    (tmp_path / "neighbour.py").write_text("VALUE = 3\n")
    (tmp_path / "conftest.py").write_text("raise SystemExit('a conftest of the learner')\n")
    (tmp_path / "thing.py").write_text("import os\nPROCESS = os.getpid()\n")
    (tmp_path / "thing_test.py").write_text(
        "import os, neighbour, thing\n\n"
        "def test_process():\n    assert thing.PROCESS != os.getpid()\n\n"
        "def test_neighbour():\n    assert neighbour.VALUE == 3\n"
    )

    report = isolate(tmp_path / "thing_test.py", tmp_path / "thing.py")

    assert [test.outcome.value for test in report.tests] == ["passed", "passed"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "conftest.py",
        "neighbour.py",
        "thing.py",
        "thing_test.py",
    ]
    assert "thing" not in sys.modules
    assert "neighbour" not in sys.modules


def test_a_failed_subtest_fails_its_test(desk):
    test = """
import unittest
import thing

class ThingTest(unittest.TestCase):
    def test_each(self):
        for number in range(3):
            with self.subTest(number=number):
                self.assertEqual(thing.twice(number), 2 * number)
"""
    desk.write(test, "def twice(n):\n    return n + n if n < 2 else 0\n")

    assert coarse(desk.outcomes()) == {"ThingTest::test_each": "failed"}


def test_undecodable_files_are_refused_with_their_place(desk):
    desk.write("", "")
    (desk.work / "thing.py").write_bytes(b"x = '\xff'")

    with pytest.raises(AttemptError, match="not UTF-8 at byte 5"):
        desk.report()


def test_a_null_byte_is_a_solution_that_does_not_load(desk):
    desk.write("import thing\n\ndef test_a():\n    thing.x\n", "x = 1\0\n")

    assert desk.outcomes() == {"test_a": "errored"}


def test_the_command_prints_one_document_and_exits_by_it(desk):
    test = "import thing\n\nclass TestX:\n    def test_a(self):\n        assert thing.x == 1\n"
    desk.write(test, "x = 1\n")
    command = [sys.executable, "-c", "from cli import main; main()", "isolate"]
    words = [str(desk.tests / "thing_test.py"), "--solution", str(desk.work / "thing.py")]

    done = subprocess.run([*command, *words, "--json"], capture_output=True, text=True, check=False)

    document = json.loads(done.stdout)
    assert done.returncode == 0
    assert "passed    TestX::test_a\n" in done.stderr
    assert document.pop("sandbox")
    assert document == {
        "schema": "kata-isolate/1",
        "tests": [{"id": "TestX::test_a", "outcome": "passed", "cause": None}],
        "passed": 1,
        "failed": 0,
        "skipped": 0,
        "total": 1,
        "trusts": ["operators"],
    }
