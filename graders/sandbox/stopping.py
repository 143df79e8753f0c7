"""Why a worker gave no answer, and how much it may use up."""

from __future__ import annotations

import math

from graders.model.limits import Limits
from graders.model.result import Cause

_MIB = 1 << 20
# A test may keep all that it is given, and a byte of a head can become many of objects.
_HEAD_WEIGHT = 16
_REPLIES_OF_A_TEST = 6


class Stopped(BaseException):
    """
    The worker did not answer; ``cause`` says why.

    Not an ``Exception``, so that ``pytest.raises(Exception)`` does not take a
    crash for the error it waits for.
    """

    def __init__(self, cause: Cause) -> None:
        super().__init__(cause.kind.value)
        self.cause = cause


class Budget:
    """What an attempt has left, over all its workers and tests."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.wall_seconds = 0.0
        self.cpu_seconds = 0.0
        self.workers = 0
        self._most_received: float = math.inf

    def start_test(self) -> None:
        """Bound what the answers of one test may be in all; before the first one nothing is."""
        self._most_received = _REPLIES_OF_A_TEST * self.limits.reply_mib * _MIB

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
        limits = self.limits
        return (
            min(limits.call_wall_seconds, limits.attempt_wall_seconds - self.wall_seconds),
            min(limits.call_cpu_seconds, limits.attempt_cpu_seconds - self.cpu_seconds),
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
