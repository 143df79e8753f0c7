"""
Many attempts at one kata: its tests are collected once, each attempt gets a fork.

This process configures pytest, collects the hidden tests and starts the jail.
For each job it forks; the child runs the collected tests on its attempt, tells
the results through a pipe and ends. So every attempt meets the state right after
collection, whatever became of the one before.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from collections.abc import Generator, Sequence
from typing import Any, NamedTuple, NoReturn, TypeVar

import msgspec
import pytest

from graders.checks.tests import believe, conclude, run_pytest
from graders.engine import decide_all, measure
from graders.errors import GraderError
from graders.model.attempt import Attempt
from graders.model.kata import Kata
from graders.model.proof import HiddenTest
from graders.model.report import Measured
from graders.model.result import CriterionResult, FailedTest, Outcome
from graders.model.rubric import Criterion
from graders.pytest_plugin import GradingPlugin
from graders.sandbox.jail import Jail, Tier
from graders.trial import Trial, order_of

# What a grading may take beyond its own budgets: the rules, and this machine being busy.
_SPARE_SECONDS = 30.0
_READ_BYTES = 1 << 16

Told = TypeVar("Told")


class Job(NamedTuple):
    """
    One thing to grade.

    Attributes:
        criteria: Ids of the criteria to decide; ``None`` for all.
        tests: Node ids of the tests to run; ``None`` for all of the criteria.
            Where some are left out, no criterion has a result.
    """

    attempt: Attempt
    seed: str
    criteria: frozenset[str] | None = None
    tests: frozenset[str] | None = None


class Graded(msgspec.Struct, frozen=True, kw_only=True):
    """
    What came of a job.

    Attributes:
        results: One result a criterion, in the order of the rubric.
        failures: The tests that did not pass.
        fault: Why it is void, for authors.
    """

    measured: Measured
    results: tuple[CriterionResult, ...] = ()
    failures: tuple[FailedTest, ...] = ()
    fault: str = ""


class UncollectableError(GraderError):
    """
    The hidden tests cannot be collected.

    Attributes:
        problems: One text a problem.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(f"the hidden tests cannot be collected: {problems[0]}")
        self.problems = tuple(problems)


# Is told what was collected, gives jobs, and is sent what came of each.
Plan = Generator[Job, Graded, Told]


def run_plan(kata: Kata, plan: Any, tier: Tier) -> Any:
    """
    Grade the jobs of a plan, one after another.

    Args:
        kata: Whose tests are collected.
        plan: ``plan(tests)`` is told the tests and gives a generator of jobs; each ``yield`` gives
            what came of the job, so that the next job may depend on it.
        tier: The jail's.

    Returns:
        What the generator returns.

    Raises:
        UncollectableError: The hidden tests cannot be collected.
        CannotGrade: The sandbox did not start.
    """
    lane = _Lane(kata, plan, tier)
    try:
        report = run_pytest(kata, lane)
        if lane.pipe is not None:
            lane.answer(report)
    finally:
        if lane.pipe is not None:  # a child that broke on the way must not go on as its parent
            os._exit(1)
        lane.jail.close()
    if lane.error is not None:
        raise lane.error
    if not lane.is_done:
        raise UncollectableError(lane.errors or [f"pytest ended with {report['exitcode']}"])
    return lane.told


class _Lane(GradingPlugin):
    """The plugin of the parent, and after a fork that of the child."""

    def __init__(self, kata: Kata, plan: Any, tier: Tier) -> None:
        super().__init__(kata, [criterion.id for criterion in kata.rubric.criterion])
        self._plan = plan
        self._tier = tier
        self.jail = Jail(order_of(kata), tier)
        self.is_done = False
        self.told: Any = None
        self.error: BaseException | None = None
        self.pipe: int | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Serve the plan in the parent; in a child, go on to the tests."""
        if self.errors or session.testsfailed:
            return None  # pytest says so itself
        try:
            self._serve(session)
        except BaseException as error:
            if self.pipe is not None:
                raise
            self.error = error
        return None if self.pipe is not None else True

    def _serve(self, session: pytest.Session) -> None:
        _load_what_all_need(self.collected)
        plan = self._plan(tuple(self.collected))
        outcome: Graded | None = None
        while True:
            try:
                job = next(plan) if outcome is None else plan.send(outcome)
            except StopIteration as stop:
                self.told, self.is_done = stop.value, True
                return
            outcome = self._grade(job, session)
            if outcome is None:
                return  # the child

    # The parent ---------------------------------------------------------------

    def _grade(self, job: Job, session: pytest.Session) -> Graded | None:
        self.jail.wait()
        source, sink = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(source)
            self.pipe = sink
            self._become(job, session)
            return None
        os.close(sink)
        try:
            told = self._read(source)
        finally:
            os.close(source)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        try:
            return msgspec.msgpack.decode(told, type=Graded)
        except msgspec.MsgspecError:
            return self._void(job)

    def _read(self, source: int) -> bytes:
        limits = self._kata.about.limits
        deadline = time.monotonic() + 2 * limits.attempt_wall_seconds + _SPARE_SECONDS
        told = bytearray()
        while (left := deadline - time.monotonic()) > 0:
            if select.select([source], [], [], left)[0]:
                part = os.read(source, _READ_BYTES)
                if not part:
                    return bytes(told)
                told += part
        return b""

    def _void(self, job: Job) -> Graded:
        """Give void for all: the child broke, and its worker may be anywhere."""
        self.jail.close()
        self.jail = Jail(order_of(self._kata), self._tier)
        fault = "the grading process ended without an answer"
        return Graded(
            measured=Measured(sandbox=self._tier.name, tier=self._tier.letter, wall_seconds=0.0),
            results=tuple(
                CriterionResult(criterion=c.id, outcome=Outcome.VOID, private=(fault,))
                for c in self._kata.rubric.criterion
                if job.criteria is None or c.id in job.criteria
            ),
            fault=fault,
        )

    # The child ----------------------------------------------------------------

    def _become(self, job: Job, session: pytest.Session) -> None:
        """Keep what the job asks for, and meet its attempt."""
        self._job, self._started = job, time.monotonic()
        chosen = {
            node: result
            for node, result in self.results.items()
            if (job.tests is None or node in job.tests)
            and (job.criteria is None or result.criterion in job.criteria)
        }
        self.results = chosen
        session.items[:] = [item for item in session.items if item.nodeid in chosen]
        trial = Trial(self._kata, job.attempt, seed=job.seed, tier=self._tier, jail=self.jail)
        self.begin(trial)

    def answer(self, report: dict[str, Any]) -> NoReturn:
        """Tell the parent what came of the job, and end."""
        assert self.pipe is not None
        fault = ""
        try:
            believe(report, self)
        except GraderError as error:
            fault = str(error)
        self.close()
        graded = Graded(
            results=() if self._job.tests is not None else tuple(self._decide(fault)),
            failures=tuple(
                FailedTest(test=result.id, cause=result.cause)
                for result in self.results.values()
                if result.outcome is not Outcome.PASSED
            ),
            measured=measure(self._trial, self._started),
            fault=fault,
        )
        _write(self.pipe, msgspec.msgpack.encode(graded))
        os._exit(0)

    def _decide(self, fault: str) -> Sequence[CriterionResult]:
        def conclude_these(criteria: Sequence[Criterion], trial: Trial) -> list[CriterionResult]:
            del trial
            if fault:
                raise GraderError(fault)
            return conclude(criteria, self)

        wanted = [
            c
            for c in self._kata.rubric.criterion
            if self._job.criteria is None or c.id in self._job.criteria
        ]
        return decide_all(self._trial, wanted, tests=conclude_these)


def _load_what_all_need(tests: Sequence[HiddenTest]) -> None:
    """Import here what each child would import by itself, again and again."""
    import graders.checks.registry

    del graders
    if any(test.draws for test in tests):
        import numpy.random

        del numpy


def _write(sink: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(sink, view) :]
