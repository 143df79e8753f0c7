"""How the tests of a file ended, told by pytest itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest

from graders.model.result import Cause, CauseKind, Outcome
from graders.sandbox.link import Stopped

_TIMED_OUT = {CauseKind.TIMED_OUT, CauseKind.BUDGET}
_LONGEST_CAUSE = 500


class TestReport(msgspec.Struct, kw_only=True):
    """
    How one test ended.

    Attributes:
        id: The node id without the file it is in.
        cause: What went wrong, in words; None for a test that passed.
    """

    __test__ = False

    id: str
    outcome: Outcome = Outcome.PASSED
    cause: str | None = None


class OutcomePlugin:
    """
    Notes the outcome of each test.

    Args:
        load_cause: Gives why the solution did not load; no test is run then.
        cause_of: Gives the cause behind an exception.
        start_test: Called before each test.
    """

    def __init__(
        self,
        load_cause: Callable[[], Cause | None],
        cause_of: Callable[[BaseException], Cause],
        *,
        start_test: Callable[[], None],
    ) -> None:
        self._load_cause = load_cause
        self._start_test = start_test
        self._cause_of = cause_of
        self.tests: dict[str, TestReport] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self) -> None:
        """Begin a test, or tell it that there is no solution instead of running it."""
        self._start_test()
        cause = self._load_cause()
        if cause is not None:
            raise Stopped(cause)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file that cannot be collected, as one test that could not begin."""
        if report.failed:
            words = _last_line(report.longreprtext)
            cause = self._load_cause()
            self.tests[report.nodeid] = TestReport(
                id=report.nodeid, outcome=Outcome.ERRORED, cause=sentence(cause) if cause else words
            )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Iterator[None]:
        """Note how a phase of a test ended."""
        report: Any = yield
        test = self._test(item.nodeid)
        if report.skipped:
            self._lower(test, Outcome.SKIPPED, _skip_words(report, call))
        elif report.failed:
            error = call.excinfo.value if call.excinfo else None
            outcome = Outcome.FAILED if call.when == "call" else Outcome.ERRORED
            self._fail(test, outcome, error, report)
        return report  # type: ignore[no-any-return]

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Note a failed subtest: it fails the test it belongs to."""
        if type(report).__name__ == "SubtestReport" and report.failed:
            self._lower(self._test(report.nodeid), Outcome.FAILED, _last_line(report.longreprtext))

    def _test(self, node: str) -> TestReport:
        inner = node.partition("::")[2]
        return self.tests.setdefault(node, TestReport(id=inner))

    def _fail(
        self, test: TestReport, outcome: Outcome, error: BaseException | None, report: Any
    ) -> None:
        cause = self._cause_of(error) if error is not None else None
        if cause is None or cause.kind is CauseKind.WRONG_VALUE:
            is_late = isinstance(error, pytest.fail.Exception) and str(error).startswith("Timeout")
            outcome = Outcome.TIMED_OUT if is_late else outcome
            words = str(error) if error is not None else _last_line(report.longreprtext)
            name = "" if isinstance(error, AssertionError) else f"{type(error).__name__}: "
            self._lower(test, outcome, (name + words) or "AssertionError")
            return
        if cause.kind in _TIMED_OUT:
            outcome = Outcome.TIMED_OUT
        elif isinstance(error, Stopped):
            outcome = Outcome.ERRORED
        self._lower(test, outcome, sentence(cause))

    def _lower(self, test: TestReport, outcome: Outcome, cause: str | None) -> None:
        """Keep the worse outcome: a failure is not mended by what comes after."""
        if test.outcome in (Outcome.PASSED, Outcome.SKIPPED):
            test.outcome = outcome
            test.cause = cause[:_LONGEST_CAUSE] if cause else None


def sentence(cause: Cause) -> str:
    """Give a cause in words."""
    words = cause.kind.value.replace("_", " ")
    if cause.error:
        words = f"{words} {cause.error}"
    if cause.name:
        words = f"{words} {cause.name}"
    return f"{words} at line {cause.line}" if cause.line else words


def _skip_words(report: Any, call: pytest.CallInfo[None]) -> str | None:
    if hasattr(report, "wasxfail"):
        return str(report.wasxfail) or "failed as expected"
    return str(call.excinfo.value) if call.excinfo else None


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1].removeprefix("E   ") if lines else "it could not be collected"
