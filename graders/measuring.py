"""
Time and memory of a solution, measured from outside the jail.

The processor time is the kernel's clock of the worker process, read from here;
the peak is what the kernel says the worker ever held. Nothing the solution
says enters.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from graders.errors import GraderError
from graders.model.result import Cause, CauseKind
from graders.model.rubric import Criterion
from graders.sandbox.link import Budget, Stopped
from graders.sandbox.peer import Peer
from graders.sandbox.proxy import Solution
from graders.testing import Chain, Oracle
from graders.trial import Trial

_ROUNDS = 3
_CHUNK = 4096
_MIB = 1 << 20
_LEAST_SECONDS = 1e-5
_BEYOND_DOUBT = 0.3
_TWICE = 2.0

Records = dict[str, tuple[type, tuple[str, ...]]]


class KeptResult:
    """A result that stayed in the jail, so that fetching it costs no memory there."""

    def __init__(self, peer: Peer, handle: Any) -> None:
        self._peer = peer
        self._handle = handle

    def fetch(self) -> Any:
        """Give the whole value."""
        return self._peer.apply("fetch", self._handle)

    def walk(self, value: str = "val", link: str = "next", *, most: int) -> list[Any]:
        """Give the values along a chain, at most `most` and one more."""
        values: list[Any] = []
        handle = self._handle
        while len(values) <= most:
            part, handle = self._peer.walk(handle._hid, value, link, _CHUNK)  # noqa: SLF001
            values += part
            if len(part) < _CHUNK:
                break
        return values


class Measure:
    """
    The fixture ``measure``: complexity of one criterion.

    Args:
        trial: What is graded.
        criterion: A criterion of kind complexity; its options set sizes and bounds.
        rng: Gives the random generator for a problem size.
        measured: Where the numbers go.
        insist: Stops when the solution is known not to load.
    """

    def __init__(  # noqa: PLR0913 - each has its name
        self,
        trial: Trial,
        criterion: Criterion,
        *,
        records: Records,
        rng: Callable[[int], Any],
        measured: dict[str, Any],
        insist: Callable[[], None] = lambda: None,
    ) -> None:
        self._trial = trial
        self._options = criterion.options
        self._records = records
        self._rng = rng
        self._measured = measured
        self._insist = insist
        measured["target"] = criterion.options.get("target", "")

    def cpu_slope(self, run: Callable[[Any, int, Any], Any]) -> None:
        """
        Assert that processor time grows no faster than the criterion allows.

        Time burnt on small inputs makes the slope look better, so the option
        ``most_seconds`` bounds the time at the largest size as well: many times
        what a good solution needs, a fraction of what a slow one does.

        Args:
            run: ``run(solution, n, rng)`` makes input of size n, calls the
                solution and asserts something about the answer. Each size gets
                a fresh worker, whose whole processor time counts.
        """
        self._wants("cpu_slope")
        limit = float(self._options["limit"])
        most = float(self._options.get("most_seconds", math.inf))
        exponents = []
        for _ in range(_ROUNDS):
            seconds = self._times(run)
            exponents.append(slope(self._options["sizes"], seconds))
            self._measured["exponent"] = round(min(exponents), 3)
            if exponents[-1] <= limit and seconds[-1] <= most:
                return
            if exponents[-1] > limit + _BEYOND_DOUBT and seconds[-1] > _TWICE * most:
                break  # no busy machine makes that of a good solution
        self._fail(CauseKind.TOO_SLOW)

    def _times(self, run: Callable[[Any, int, Any], Any]) -> list[float]:
        sizes: Sequence[int] = self._options["sizes"]
        seconds = []
        for size in sizes:
            try:
                seconds.append(self._seconds(run, size))
            except Stopped as stopped:
                if stopped.cause.kind in (CauseKind.TIMED_OUT, CauseKind.BUDGET):
                    self._measured["stopped_at"] = size
                    self._fail(CauseKind.TOO_SLOW)
                raise
        self._measured["seconds"] = [round(s, 6) for s in seconds]
        return seconds

    def _seconds(self, run: Callable[[Any, int, Any], Any], size: int) -> float:
        self._budget().start_test()  # each size is a test of its own
        peer = self._trial.peer(self._records, budget=self._budget())
        try:
            peer.ensure_loaded()
            run(Solution(peer), size, self._rng(size))
            return max(_LEAST_SECONDS, peer.link.cpu_seconds() - peer.link.start_cpu_seconds)
        finally:
            self._close(peer)

    def peak_memory(
        self,
        name: str,
        arguments: Callable[[int, Any], Sequence[Any]],
        verify: Callable[[KeptResult, int], None],
    ) -> None:
        """
        Assert what a function holds at most beyond its arguments.

        The arguments are in the jail before any of the learner's code is, so
        that nothing can be set aside beforehand.

        Args:
            name: The function.
            arguments: ``arguments(n, rng)``; a ``Chain`` goes piece by piece.
            verify: Asserts that the kept result is right, in pieces if long.
        """
        self._wants("peak_memory")
        size, limit_mib = int(self._options["size"]), float(self._options["limit_mib"])
        peer = self._trial.peer(self._records, budget=self._budget(), upload_first=True)
        try:
            peer.ensure_loaded()
            handles = [self._upload(peer, value) for value in arguments(size, self._rng(size))]
            before = peer.link.peak_bytes()
            peer.load(peer.link)
            kept = peer.call(["name", name], handles, {}, keep=True)
            verify(KeptResult(peer, kept), size)
            extra = self._peak(peer, least=before) - before
        except MemoryError:
            self._fail(CauseKind.TOO_MUCH_MEMORY)
        finally:
            self._close(peer)
        self._measured.update(peak_mib=round(extra / _MIB, 2), limit_mib=limit_mib)
        if extra > limit_mib * _MIB:
            self._fail(CauseKind.TOO_MUCH_MEMORY)

    def _peak(self, peer: Peer, *, least: int) -> int:
        """Give the peak; it never sinks, so that less means a worker that ended to hide it."""
        peak = peer.link.peak_bytes()
        if peak < least:
            raise peer.link.stop(CauseKind.EXITED)
        return peak

    def _upload(self, peer: Peer, value: Any) -> Any:
        if not isinstance(value, Chain):
            return peer.upload([value])[0]
        return peer.upload_chain(value.cls, value.values, value.value, value.link, chunk=_CHUNK)

    def comparisons(self, oracle: Oracle, *, at_most: float) -> None:
        """Assert how many comparisons were asked of the oracle."""
        self._wants("comparisons")
        self._measured.update(comparisons=oracle.comparisons, most=math.floor(at_most))
        if oracle.comparisons > at_most:
            self._fail(CauseKind.TOO_SLOW)

    def hashes(self, oracle: Oracle, *, at_most: float) -> None:
        """Assert how many hashes were asked of the oracle."""
        self._wants("comparisons")
        self._measured.update(hashes=oracle.hashes, most_hashes=math.floor(at_most))
        if oracle.hashes > at_most:
            self._fail(CauseKind.TOO_SLOW)

    def _wants(self, method: str) -> None:
        if self._options.get("method") != method:
            raise GraderError(f"a test measures {method}, the criterion says otherwise")
        self._insist()

    def _budget(self) -> Budget:
        return self._trial.measuring

    def _close(self, peer: Peer) -> None:
        self._trial.note_refusals(peer)
        peer.link.close()

    def _fail(self, kind: CauseKind) -> NoReturn:
        raise Stopped(Cause(kind=kind))


def slope(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """
    Give the slope of log(seconds) over log(sizes) by least squares.

    Later sizes weigh more, because there the constant costs weigh less.
    """
    xs, ys = [math.log(n) for n in sizes], [math.log(s) for s in seconds]
    weights = [float(i + 1) for i in range(len(xs))]
    total = sum(weights)
    mean_x = sum(w * x for w, x in zip(weights, xs, strict=True)) / total
    mean_y = sum(w * y for w, y in zip(weights, ys, strict=True)) / total
    spread = sum(w * (x - mean_x) ** 2 for w, x in zip(weights, xs, strict=True))
    joint = sum(w * (x - mean_x) * (y - mean_y) for w, x, y in zip(weights, xs, ys, strict=True))
    return joint / spread
