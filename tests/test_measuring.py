"""Complexity, measured from outside."""

import pytest

from graders.errors import GraderError
from graders.measuring import KeptResult, Measure, slope
from graders.model.limits import Limits
from graders.model.result import CauseKind
from graders.model.rubric import Criterion, CriterionKind
from graders.sandbox.link import Budget, Stopped
from graders.testing import Chain, Oracle, record
from tests.sandbox.fakes import peer_of, reap_all

SIZES = [100, 200, 400]
NODES = """
class Node:
    def __init__(self, val=0, next=None):
        self.val, self.next = val, next
def same(head):
    return head
def total(xs):
    return sum(xs)
def raises(xs):
    raise MemoryError
"""


@record
class Node:
    def __init__(self, val=0, next=None):  # noqa: A002 - as in the katas
        self.val = val
        self.next = next


class FakeLink:
    """A link whose clock and memory are told by a script."""

    def __init__(self, seconds, peaks):
        self.start_cpu_seconds = 0.0
        self._seconds, self._peaks = seconds, peaks
        self.closed = 0

    def cpu_seconds(self):
        return self._seconds.pop(0)

    def peak_bytes(self):
        return self._peaks.pop(0)

    def close(self):
        self.closed += 1


class FakeTrial:
    """A trial whose peers load in a thread, and whose clocks are scripted."""

    def __init__(self, seconds=(), peaks=(), source=NODES):
        self.measuring = Budget(Limits())
        self.seconds, self.peaks, self.source = list(seconds), list(peaks), source
        self.noted = 0

    def peer(self, records, *, budget, upload_first=False):
        assert budget is self.measuring
        peer = peer_of(self.source, records=records, upload_first=upload_first)
        script = FakeLink(self.seconds, self.peaks)
        if self.seconds:
            peer.link.cpu_seconds = script.cpu_seconds
            peer.link.start_cpu_seconds = 0.0
        peer.link.peak_bytes = script.peak_bytes
        return peer

    def note_refusals(self, peer):
        self.noted += 1


def measure_of(trial, **options):
    criterion = Criterion(
        id="grows", title="Grows", kind=CriterionKind.COMPLEXITY, points=9, options=options
    )
    measured = {}
    records = {"Node": (Node, ("val", "next"))}
    made = Measure(trial, criterion, records=records, rng=lambda size: size, measured=measured)
    return made, measured


@pytest.fixture(autouse=True)
def _nothing_is_left():
    yield
    reap_all()


def kind_of(run, *args, **more):
    with pytest.raises(Stopped) as caught:
        run(*args, **more)
    return caught.value.cause.kind


@pytest.mark.parametrize("power", [0.0, 1.0, 1.5, 2.0])
def test_the_slope_of_a_power_is_its_exponent(power):
    assert slope([10, 20, 40, 80], [n**power / 7 for n in (10, 20, 40, 80)]) == pytest.approx(power)


def test_later_sizes_weigh_more_than_constant_costs():
    assert slope([1, 2, 4, 8], [1.0, 1.0, 2.0, 4.0]) > 0.75


class StubbedMeasure(Measure):
    """A measure whose seconds are told by a script."""

    script = ()

    def _seconds(self, run, size):
        told = self.script.pop(0)
        if isinstance(told, BaseException):
            raise told
        return told


def slope_measure(*seconds):
    made, measured = measure_of(FakeTrial(), method="cpu_slope", sizes=SIZES, limit=1.5, target="n")
    made.__class__ = StubbedMeasure
    made.script = list(seconds)
    return made, measured


LINEAR, SQUARE = (1.0, 2.0, 4.0), (1.0, 4.0, 16.0)


def test_a_solution_that_grows_slowly_enough_is_measured_once():
    made, measured = slope_measure(*LINEAR, "never asked for")

    made.cpu_slope(None)

    assert measured == {"target": "n", "exponent": 1.0, "seconds": [1.0, 2.0, 4.0]}


def test_one_good_round_of_three_is_enough():
    made, measured = slope_measure(*SQUARE, *SQUARE, *LINEAR)

    made.cpu_slope(None)

    assert measured["exponent"] == 1.0


def test_three_bad_rounds_are_too_slow():
    made, measured = slope_measure(*SQUARE * 3)

    assert kind_of(made.cpu_slope, None) is CauseKind.TOO_SLOW
    assert measured["exponent"] == 2.0


def stopped(kind):
    from graders.model.result import Cause

    return Stopped(Cause(kind=kind))


@pytest.mark.parametrize("kind", [CauseKind.TIMED_OUT, CauseKind.BUDGET])
def test_a_size_that_takes_for_ever_is_too_slow(kind):
    made, measured = slope_measure(1.0, stopped(kind))

    assert kind_of(made.cpu_slope, None) is CauseKind.TOO_SLOW
    assert measured["stopped_at"] == SIZES[1]


def test_a_solution_that_dies_while_it_is_measured_is_named_by_that():
    made, _ = slope_measure(1.0, stopped(CauseKind.KILLED))

    assert kind_of(made.cpu_slope, None) is CauseKind.KILLED


def test_each_size_is_run_with_the_solution_its_size_and_its_generator():
    seen = []
    trial = FakeTrial()
    made, measured = measure_of(trial, method="cpu_slope", sizes=SIZES, limit=99.0)

    made.cpu_slope(lambda solution, n, rng: seen.append((solution.total([n]), n, rng)))

    assert seen == [(n, n, n) for n in SIZES]
    assert trial.noted == len(SIZES)
    assert len(measured["seconds"]) == len(SIZES)


@pytest.mark.parametrize(("extra", "fits"), [(0, True), (1 << 20, True), (3 << 20, False)])
def test_the_memory_beyond_the_arguments_is_bounded(extra, fits):
    made, measured = measure_of(
        FakeTrial(peaks=[5 << 20, (5 << 20) + extra] * 3),
        method="peak_memory",
        size=10,
        limit_mib=2.0,
    )
    seen = []

    def run():
        made.peak_memory(
            "total", lambda n, rng: ([n, rng],), lambda kept, n: seen.append(kept.fetch())
        )

    if fits:
        run()
    else:
        assert kind_of(run) is CauseKind.TOO_MUCH_MEMORY
    assert set(seen) == {20}
    assert measured["peak_mib"] == extra / (1 << 20)


def test_running_out_of_memory_is_too_much_memory():
    made, _ = measure_of(FakeTrial(peaks=[0] * 9), method="peak_memory", size=10, limit_mib=2.0)

    kind = kind_of(made.peak_memory, "raises", lambda n, rng: ([n],), lambda kept, n: None)

    assert kind is CauseKind.TOO_MUCH_MEMORY


@pytest.mark.parametrize("size", [0, 5, 4096, 5000])
def test_a_chain_goes_up_and_comes_back_in_pieces(size):
    made, _ = measure_of(
        FakeTrial(peaks=[0] * 9), method="peak_memory", size=max(1, size), limit_mib=2.0
    )
    values = list(range(max(1, size)))

    def verify(kept, n):
        assert isinstance(kept, KeptResult)
        assert kept.walk(most=n) == values
        assert len(kept.walk(most=2)) >= min(2, n)

    made.peak_memory("same", lambda n, rng: (Chain(Node, values),), verify)


def test_comparisons_and_hashes_are_counted_by_the_judge():
    made, measured = measure_of(FakeTrial(), method="comparisons")
    oracle = Oracle()
    sorted(oracle.items([3, 1, 2]))
    set(oracle.items("ab"))

    made.comparisons(oracle, at_most=5)
    made.hashes(oracle, at_most=2.9)

    assert measured["most"] == 5
    assert measured["most_hashes"] == 2
    assert kind_of(made.comparisons, oracle, at_most=1) is CauseKind.TOO_SLOW
    assert kind_of(made.hashes, oracle, at_most=1) is CauseKind.TOO_SLOW


@pytest.mark.parametrize("method", ["peak_memory", "comparisons"])
def test_a_test_that_measures_something_else_than_its_criterion_is_our_fault(method):
    made, _ = measure_of(FakeTrial(), method=method)

    with pytest.raises(GraderError, match="measures cpu_slope, the criterion says otherwise"):
        made.cpu_slope(None)
