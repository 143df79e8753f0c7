"""A pytest run is believed only when it is whole, and when both records of it agree."""

import types

import pytest

from graders.checks.tests import believe
from graders.errors import GraderError
from graders.model.result import Outcome
from graders.pytest_plugin import TestResult

PHASES = {"setup": {}, "call": {}, "teardown": {}}


def ran(outcome=Outcome.PASSED, phases=tuple(PHASES), told="passed"):
    """Give a run of one test, as the plugin and as pytest-json-report tell it."""
    result = TestResult(id="t", criterion="c", situation="s", outcome=outcome, phases=list(phases))
    plugin = types.SimpleNamespace(errors=[], results={"t": result})
    test = {"nodeid": "t", "outcome": told, **{phase: {} for phase in phases}}
    return {"exitcode": 0, "tests": [test]}, plugin


def test_a_whole_run_is_believed():
    believe(*ran())
    believe(*ran(Outcome.FAILED, told="failed"))
    believe(*ran(Outcome.VOID, phases=("setup", "teardown"), told="error"))


def _collection_failed(report, plugin):
    plugin.errors = ["t.py: SyntaxError"]


def _exit_code(report, plugin):
    report["exitcode"] = 3


def _no_document(report, plugin):
    del report["tests"]


def _another_test(report, plugin):
    report["tests"].append({"nodeid": "u", "outcome": "passed"})


def _a_missing_phase(report, plugin):
    plugin.results["t"].phases.remove("call")


def _no_end(report, plugin):
    plugin.results["t"].phases.remove("teardown")
    del report["tests"][0]["teardown"]


def _never_called(report, plugin):
    plugin.results["t"].phases.remove("call")
    del report["tests"][0]["call"]


def _another_outcome(report, plugin):
    report["tests"][0]["outcome"] = "failed"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_collection_failed, "cannot be collected: t.py: SyntaxError"),
        (_exit_code, "exit code 3"),
        (_no_document, "other tests than it collected"),
        (_another_test, "other tests than it collected"),
        (_a_missing_phase, "did not run to its end"),
        (_no_end, "did not run to its end"),
        (_never_called, "was never called"),
        (_another_outcome, "two records of one hidden test disagree"),
    ],
)
def test_a_run_that_is_not_whole_counts_for_nothing(spoil, words):
    report, plugin = ran()
    spoil(report, plugin)

    with pytest.raises(GraderError, match=words):
        believe(report, plugin)
