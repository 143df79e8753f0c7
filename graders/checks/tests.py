"""
Criteria of kind tests and complexity: one pytest run over the hidden tests.

pytest runs in this, the trusted process; the submission is a fixture whose
calls go into the jail. The run is believed only when it is whole.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from graders.errors import GraderError
from graders.model.kata import Kata
from graders.model.result import (
    Cause,
    CriterionResult,
    FailedTest,
    Outcome,
    SituationResult,
)
from graders.model.rubric import Criterion
from graders.pytest_plugin import GradingPlugin, TestResult
from graders.trial import Trial

_EXIT_CODES = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
_PHASES = {"setup", "call", "teardown"}
_WORST = (
    Outcome.VOID,
    Outcome.TIMED_OUT,
    Outcome.ERRORED,
    Outcome.FAILED,
    Outcome.SKIPPED,
)
# Loaded by pytest itself and of no use here; each costs a start some milliseconds.
_UNUSED = (
    "cacheprovider debugging doctest faulthandler junitxml logging pastebin setuponly setupplan "
    "stepwise subtests terminalprogress unraisableexception threadexception unittest"
).split()


def decide(criteria: Sequence[Criterion], trial: Trial) -> list[CriterionResult]:
    """Run the hidden tests of these criteria once and give a result for each."""
    plugin = _Once(trial, [criterion.id for criterion in criteria])
    try:
        report = run_pytest(trial.kata, plugin, keeps_evidence=trial.keeps_evidence)
        believe(report, plugin)
    finally:
        plugin.close()
    return conclude(criteria, plugin)


def conclude(criteria: Sequence[Criterion], plugin: GradingPlugin) -> list[CriterionResult]:
    """Give the results of criteria whose tests have all run."""
    return [_result(criterion, list(plugin.results.values())) for criterion in criteria]


class _Once(GradingPlugin):
    """Grades the one attempt that this process is for."""

    def __init__(self, trial: Trial, wanted: Sequence[str]) -> None:
        super().__init__(trial.kata, wanted)
        self._only = trial

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self) -> None:
        """Begin, now that the tests are collected."""
        self.begin(self._only)


def run_pytest(
    kata: Kata, plugin: GradingPlugin, *, keeps_evidence: bool = False
) -> dict[str, Any]:
    """
    Run pytest over the hidden tests in this process.

    Returns:
        The document of pytest-json-report, with the exit code that pytest gave.
    """
    hidden = kata.folder / "hidden"
    catcher = _ReportCatcher()
    arguments = [
        str(hidden),
        f"--rootdir={hidden}",
        f"--confcutdir={hidden}",
        f"--config-file={Path(__file__).with_name('pytest.ini')}",
        "--import-mode=importlib",
        "--noconftest",
        "--disable-plugin-autoload",
        "-p",
        "pytest_timeout",
        "-p",
        "pytest_jsonreport.plugin",
        "--json-report",
        "--json-report-file=none",
        "--json-report-omit=collectors,log,streams,warnings,keywords,traceback",
        f"--timeout={kata.about.limits.attempt_wall_seconds}",
        "--timeout-method=signal",
        "--capture=no",
        "-qq",
        f"--tb={'short' if keeps_evidence else 'no'}",
        f"--assert={'rewrite' if keeps_evidence else 'plain'}",
        *(word for name in _UNUSED for word in ("-p", f"no:{name}")),
    ]
    with _quiet(), _hidden_on_path(hidden), _clean_environment():
        code = pytest.main(arguments, plugins=[plugin, catcher])
    if catcher.was_interrupted:
        raise KeyboardInterrupt  # pytest keeps it to itself
    return {**(catcher.report or {}), "exitcode": int(code)}


class _ReportCatcher:
    """Takes the document of pytest-json-report at the end of the session."""

    def __init__(self) -> None:
        self.report: dict[str, Any] | None = None
        self.was_interrupted = False

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Note that a person stopped the run; a failed collection is told in the same way."""
        self.was_interrupted = excinfo.type is KeyboardInterrupt

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Take it."""
        self.report = session.config._json_report.report  # type: ignore[attr-defined] # noqa: SLF001


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep what pytest prints off the learner's screen: it quotes hidden tests."""
    with (
        open(os.devnull, "w") as nowhere,  # noqa: PTH123
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        yield


@contextlib.contextmanager
def _hidden_on_path(hidden: Path) -> Iterator[None]:
    """
    Let hidden tests import their neighbours, and forget those afterwards.

    Another module of the same name, such as another kata's ``oracle``, steps
    aside meanwhile.
    """
    aside = {p.stem: sys.modules.pop(p.stem) for p in hidden.glob("*.py") if p.stem in sys.modules}
    before = set(sys.modules)
    sys.path.insert(0, str(hidden))
    try:
        yield
    finally:
        sys.path.remove(str(hidden))
        for name in set(sys.modules) - before:
            origin = getattr(sys.modules[name], "__file__", None) or ""
            if origin.startswith(str(hidden)):
                del sys.modules[name]
        sys.modules.update(aside)


@contextlib.contextmanager
def _clean_environment() -> Iterator[None]:
    """Keep the learner's pytest settings out of the grading."""
    taken = {
        k: os.environ.pop(k) for k in list(os.environ) if k.startswith(("PYTEST_", "PY_COLORS"))
    }
    try:
        yield
    finally:
        os.environ.update(taken)


def believe(report: dict[str, Any], plugin: GradingPlugin) -> None:
    """
    Check that the run is whole: exit code, the set of tests, all phases of each.

    Raises:
        GraderError: It is not; whatever it says counts for nothing.
    """
    if plugin.errors:
        raise GraderError("hidden tests cannot be collected: " + "; ".join(plugin.errors)[:2000])
    if report["exitcode"] not in _EXIT_CODES:
        raise GraderError(f"pytest ended with exit code {report['exitcode']}")
    told = {test["nodeid"]: test for test in report.get("tests", ())}
    if told.keys() != plugin.results.keys():
        raise GraderError("pytest reported other tests than it collected")
    for node, result in plugin.results.items():
        told_phases = _PHASES & told[node].keys()
        if set(result.phases) != told_phases or "teardown" not in told_phases:
            raise GraderError("a hidden test did not run to its end")
        if "call" not in told_phases and result.outcome is Outcome.PASSED:
            raise GraderError("a hidden test was never called")
        if (told[node]["outcome"] == "passed") != (result.outcome is Outcome.PASSED):
            raise GraderError("two records of one hidden test disagree")


def _result(criterion: Criterion, results: Sequence[TestResult]) -> CriterionResult:
    """Give the result of a criterion: its credit is the share of situations handled."""
    mine = [result for result in results if result.criterion == criterion.id]
    unknown = {r.situation for r in mine} - set(criterion.situations)
    missing = set(criterion.situations) - {r.situation for r in mine}
    if unknown or missing or not mine:
        raise GraderError(
            f"criterion {criterion.id}: tests and situations differ: {sorted(unknown | missing)}"
        )
    situations = tuple(
        SituationResult(
            id=id_, text=text, outcome=_worst([r.outcome for r in mine if r.situation == id_])
        )
        for id_, text in criterion.situations.items()
    )
    handled = sum(s.outcome is Outcome.PASSED for s in situations)
    failed = [r for r in mine if r.outcome is not Outcome.PASSED]
    return CriterionResult(
        criterion=criterion.id,
        outcome=_worst([s.outcome for s in situations]),
        credit=handled / len(situations),
        situations=situations,
        causes=_causes(failed),
        measured=next((r.measured for r in [*failed, *mine] if r.measured), {}),
        failures=tuple(FailedTest(test=r.id, cause=r.cause) for r in failed),
        private=tuple(r.private for r in failed if r.private),
    )


def _worst(outcomes: Sequence[Outcome]) -> Outcome:
    return next((worst for worst in _WORST if worst in outcomes), Outcome.PASSED)


def _causes(failed: Sequence[TestResult]) -> tuple[Cause, ...]:
    counted = Counter(
        (c.kind, c.error, c.line, c.name) for c in (r.cause for r in failed) if c is not None
    )
    return tuple(
        Cause(kind=kind, error=error, line=line, name=name)
        for (kind, error, line, name), _ in counted.most_common()
    )
