"""
What pytest is told: fixtures, the ``criterion`` marker, and how tests ended.

The plugin is an object, made for one grading and handed to pytest; there is no
state beside it.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from typing import Any

import msgspec
import pytest

from graders.errors import CannotGrade, GraderError
from graders.measuring import Measure, Records
from graders.model.kata import Kata
from graders.model.proof import HiddenTest
from graders.model.result import Cause, CauseKind, Outcome
from graders.sandbox.encoding import UnsendableError
from graders.sandbox.faults import cause_of
from graders.sandbox.link import Stopped
from graders.sandbox.peer import Peer
from graders.sandbox.proxy import Solution
from graders.testing import Oracle
from graders.trial import Trial

MARKERS = (
    "criterion(id, situation): the criterion of the rubric that a test decides",
    "states(sentence): the sentence of the statement that a test holds",
    "spec: holds a sentence of the statement and need not kill a wrong solution",
)
# The sandbox broke, or a hidden test hands over what cannot cross: never the learner's fault.
_OURS = (CannotGrade, GraderError, UnsendableError)
# The alarm is for a test that is busy with an answer; a question has a clock of its own.
_SPARE_SECONDS = 0.5
_DRAWING = {"rng", "measure", "oracle"}
_TIMED_OUT = {CauseKind.TIMED_OUT, CauseKind.BUDGET}
_ERRORED = {CauseKind.KILLED, CauseKind.EXITED, CauseKind.NOT_LOADED, CauseKind.BAD_REPLY}


class TestResult(msgspec.Struct, kw_only=True):
    """
    How one hidden test ended.

    Attributes:
        phases: The phases that reported, of setup, call and teardown.
        private: What pytest would have printed; never published.
    """

    __test__ = False

    id: str
    criterion: str
    situation: str
    outcome: Outcome = Outcome.PASSED
    cause: Cause | None = None
    phases: list[str] = []
    measured: dict[str, Any] = {}
    private: str = ""


class GradingPlugin:
    """
    Lends the jailed solution to hidden tests, and notes how each test ended.

    Args:
        kata: Whose hidden tests are collected.
        wanted: The criteria to decide; tests of others do not run.

    Attributes:
        collected: The wanted tests, in their order.
        results: Node id to how that test ended.
        errors: Why the tests cannot be believed: what could not be collected.
    """

    def __init__(self, kata: Kata, wanted: Collection[str]) -> None:
        self._kata = kata
        self._wanted = wanted
        self._peer: Peer | None = None
        self._records: Records = {}
        self.results: dict[str, TestResult] = {}
        self.collected: list[HiddenTest] = []
        self.errors: list[str] = []

    def begin(self, trial: Trial) -> None:
        """Meet what is graded; the tests are collected by now."""
        self._trial = trial
        self._peer = trial.peer(self._records)

    # Collecting -----------------------------------------------------------

    def pytest_configure(self, config: pytest.Config) -> None:
        """Register the markers."""
        for marker in MARKERS:
            config.addinivalue_line("markers", marker)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Note the criterion of each test, and the record classes of their modules."""
        wanted: list[pytest.Item] = []
        for item in items:
            marker = item.get_closest_marker("criterion")
            if marker is None or not marker.args:
                self.errors.append(f"{item.nodeid} names no criterion")
                continue
            known = any(c.id == marker.args[0] for c in self._kata.rubric.criterion)
            if not known:
                self.errors.append(f"{item.nodeid} names {marker.args[0]}, which is no criterion")
            if marker.args[0] not in self._wanted:
                continue
            wanted.append(item)
            situation = marker.args[1] if len(marker.args) > 1 else ""
            self.results[item.nodeid] = TestResult(
                id=item.nodeid, criterion=marker.args[0], situation=situation
            )
            module = getattr(item, "module", None)
            for value in vars(module).values() if module else ():
                fields = isinstance(value, type) and value.__dict__.get("__kata_record__")
                if fields:
                    self._records[value.__name__] = (value, fields)
            fixtures = getattr(item, "fixturenames", ())
            self.collected.append(
                HiddenTest(
                    test=item.nodeid,
                    criterion=marker.args[0],
                    situation=situation,
                    draws=not _DRAWING.isdisjoint(fixtures),
                    is_spec=item.get_closest_marker("spec") is not None,
                )
            )
        items[:] = wanted

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a test file that cannot be read: our fault, never the learner's."""
        if report.failed:
            self.errors.append(f"{report.nodeid}: {report.longreprtext}")

    # Lending ---------------------------------------------------------------

    @pytest.fixture
    def solution(self) -> Any:
        """Give the learner's module."""
        assert self._peer is not None
        return Solution(self._peer)

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> Any:
        """Give a random generator that depends on the test seed and the test alone."""
        return self._generator(request.node.nodeid)

    @pytest.fixture
    def oracle(self, request: pytest.FixtureRequest) -> Oracle:
        """Give a maker of elements whose comparisons are counted."""
        return Oracle(self._trial.derived_seed("oracle", request.node.nodeid))

    @pytest.fixture
    def measure(self, request: pytest.FixtureRequest) -> Measure:
        """Give the measure of time and memory for the test's criterion."""
        assert self._peer is not None
        node = request.node.nodeid
        result = self.results[node]
        criterion = self._kata.rubric.named(result.criterion)
        return Measure(
            self._trial,
            criterion,
            records=self._records,
            rng=lambda size: self._generator(node, size),
            measured=result.measured,
            # A load that hangs is not waited for again. A fixture must not stop: pytest
            # would believe it to be set up.
            insist=self._peer.link.insist_that_it_loads,
        )

    def _generator(self, *parts: Any) -> Any:
        import numpy as np

        return np.random.default_rng(self._trial.derived_seed(*parts))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Set a test's alarm to what is left of the attempt, before pytest-timeout looks."""
        left = self._trial.budget.wall_seconds_left
        if "measure" in getattr(item, "fixturenames", ()):
            left = max(left, self._trial.measuring.wall_seconds_left)
        item.add_marker(pytest.mark.timeout(left + _SPARE_SECONDS), append=False)
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Iterator[None]:
        """Book what the test itself spends on an answer: the submission chose its size."""
        budget, measuring = self._trial.budget, self._trial.measuring
        budget.start_test()
        measuring.start_test()
        booked = budget.wall_seconds + measuring.wall_seconds
        started = time.monotonic()
        try:
            return (yield)
        finally:
            asked = budget.wall_seconds + measuring.wall_seconds - booked
            own = time.monotonic() - started - asked
            budget.spend(wall=max(0.0, own), cpu=0.0)

    # Noting ------------------------------------------------------------------

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Iterator[None]:
        """Note how a phase of a test ended."""
        report: Any = yield
        result = self.results.get(item.nodeid)
        if result is not None:
            result.phases.append(call.when)
            if report.skipped:
                result.outcome = Outcome.VOID  # a hidden test that skips itself decides nothing
            elif call.excinfo is not None:
                self._note(result, call, touched="solution" in getattr(item, "fixturenames", ()))
                if self._trial.keeps_evidence:
                    result.private += report.longreprtext
        return report  # type: ignore[no-any-return]

    def _note(self, result: TestResult, call: pytest.CallInfo[None], *, touched: bool) -> None:
        """Note a failed phase; `touched` says whether the solution can have a part in it."""
        assert call.excinfo is not None
        error = call.excinfo.value
        is_theirs = call.when == "call" or touched or isinstance(error, Stopped)
        if isinstance(error, _OURS) or not is_theirs:
            result.outcome = Outcome.VOID
            result.private += f"{type(error).__name__}: {error}\n"
            return
        result.cause = self._cause(error)
        if result.cause.kind in _TIMED_OUT:
            result.outcome = Outcome.TIMED_OUT
        elif result.cause.kind in _ERRORED:
            result.outcome = Outcome.ERRORED
        else:
            result.outcome = Outcome.FAILED

    def _cause(self, error: BaseException) -> Cause:
        assert self._peer is not None
        if isinstance(error, pytest.fail.Exception) and str(error).startswith("Timeout"):
            return Cause(kind=CauseKind.TIMED_OUT)
        return cause_of(error)

    def close(self) -> None:
        """End the worker."""
        if self._peer is not None:
            self._trial.note_refusals(self._peer)
            self._peer.link.close()
