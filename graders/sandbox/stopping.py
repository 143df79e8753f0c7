"""Why a worker gave no answer, and how much it may use up."""

from __future__ import annotations

import math
from typing import NamedTuple

from graders.model.limits import Limits
from graders.model.result import Cause

_MIB = 1 << 20
# A test may keep all that it is given, and a byte of a head can become many of objects.
_HEAD_WEIGHT = 16


class Stopped(BaseException):
    """
    The worker did not answer; ``cause`` says why.

    Not an ``Exception``, so that ``pytest.raises(Exception)`` does not take a
    crash for the error it waits for.
    """

    def __init__(self, cause: Cause) -> None:
        super().__init__(cause.kind.value)
        self.cause = cause


class Share(NamedTuple):
    """
    What a single test may use up of what all tests have together.

    Attributes:
        wall_seconds, cpu_seconds: Of all its questions; it is timed out beyond.
        replies: So many of the largest replies may its answers be in all.
    """

    wall_seconds: float = math.inf
    cpu_seconds: float = math.inf
    replies: int = 6


class Budget:
    """
    What an attempt has left, over all its workers and tests.

    Args:
        limits: Of a call and of all of them.
        share: Of each test; before the first one begins, only the limits count.
    """

    def __init__(self, limits: Limits, *, share: Share = Share()) -> None:  # noqa: B008 - frozen
        self.limits = limits
        self.wall_seconds = 0.0
        self.cpu_seconds = 0.0
        self.workers = 0
        self.share = share
        self._most_received: float = math.inf
        self._test_ends: tuple[float, float] = (math.inf, math.inf)

    def start_test(self) -> None:
        """Give the next test its share."""
        share = self.share
        self._most_received = share.replies * self.limits.reply_mib * _MIB
        self._test_ends = (
            self.wall_seconds + share.wall_seconds,
            self.cpu_seconds + share.cpu_seconds,
        )

    def receive(self, *, head: int, buffers: int) -> bool:
        """Book the bytes of an answer; give whether the test may be given that much."""
        self._most_received -= _HEAD_WEIGHT * head + buffers
        return self._most_received >= 0

    def spend(self, *, wall: float, cpu: float) -> None:
        """Book the time of one question."""
        self.wall_seconds += wall
        self.cpu_seconds += cpu

    def of_a_call(self) -> tuple[float, float]:
        """Give the wall and processor seconds that the next question may take."""
        limits, (wall, cpu) = self.limits, self._test_ends
        wall, cpu = min(wall, limits.attempt_wall_seconds), min(cpu, limits.attempt_cpu_seconds)
        return (
            min(limits.call_wall_seconds, wall - self.wall_seconds),
            min(limits.call_cpu_seconds, cpu - self.cpu_seconds),
        )

    @property
    def wall_seconds_left(self) -> float:
        """What is left of the wall time."""
        return max(0.0, self.limits.attempt_wall_seconds - self.wall_seconds)

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left."""
        return (
            self.wall_seconds >= self.limits.attempt_wall_seconds
            or self.cpu_seconds >= self.limits.attempt_cpu_seconds
        )

    @property
    def is_share_spent(self) -> bool:
        """Whether nothing is left of what the running test was given."""
        wall, cpu = self._test_ends
        return self.wall_seconds >= wall or self.cpu_seconds >= cpu
