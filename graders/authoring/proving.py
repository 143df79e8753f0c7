"""Grade the seeded solutions of one kata over many seeds."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import NamedTuple

from graders.authoring.seeded import Seeded
from graders.engine import report_of
from graders.model.kata import Kata
from graders.model.proof import HiddenTest, Proof, Run, SeededKind
from graders.model.result import CriterionResult, Outcome
from graders.model.rubric import CriterionKind
from graders.reporting.assembling import FAILING
from graders.sandbox.jail import Tier
from graders.scoring import score
from graders.warm import Graded, Job, run_plan
from graders.workspace import read_attempt

# Seeds over which complexity is measured, and mistakes are known by what they fail.
FEW = 5
TWICE = 2


class Proofs(NamedTuple):
    """The hidden tests of a kata, and what seeded solutions did with them."""

    tests: tuple[HiddenTest, ...]
    proofs: tuple[Proof, ...]


def prove(kata: Kata, seeded: Sequence[Seeded], *, seeds: int, tier: Tier) -> Proofs:
    """
    Grade seeded solutions, each in a jail of its own.

    Tests that draw nothing run on the first seed alone: they cannot come out
    otherwise on another.

    Raises:
        UncollectableError: The hidden tests cannot be collected.
        CannotGrade: The sandbox did not start.
    """

    def plan(tests: tuple[HiddenTest, ...]) -> Generator[Job, Graded, Proofs]:
        proofs = []
        for solution in seeded:
            runs = yield from _Prover(kata, solution, tests, seeds).runs()
            proofs.append(Proof(kind=solution.kind, name=solution.name, runs=tuple(runs)))
        return Proofs(tests, tuple(proofs))

    proofs: Proofs = run_plan(kata, plan, tier)
    return proofs


class _Prover:
    def __init__(
        self, kata: Kata, solution: Seeded, tests: Sequence[HiddenTest], seeds: int
    ) -> None:
        self._kata = kata
        self._solution = solution
        self._tests = tests
        self._seeds = seeds
        self._attempt = read_attempt(solution.path, kata)
        kinds = {c.id: c.kind for c in kata.rubric.criterion}
        self._measured = {i for i, kind in kinds.items() if kind is CriterionKind.COMPLEXITY}
        self._named = solution.said.get("Fails", "")

    def runs(self) -> Generator[Job, Graded, list[Run]]:
        """Give the runs that a solution of this kind needs."""
        match self._solution.kind:
            case SeededKind.STUB:
                return [(yield from self._whole(0))]
            case SeededKind.REFERENCE:
                return (yield from self._reference())
            case SeededKind.WRONG:
                return (yield from self._wrong())
            case SeededKind.SLOW:
                times = 1 if self._seeds <= FEW else FEW
                return (yield from self._many(range(times)))
            case SeededKind.CHEAT:
                return [(yield from self._quick(0))]

    def _reference(self) -> Generator[Job, Graded, list[Run]]:
        # Complexity hangs on no seed: twice to be sure, five times where there is time.
        whole = min(TWICE if self._seeds <= FEW else FEW, self._seeds)
        runs = yield from self._many(range(whole))
        runs += yield from self._parts(range(whole, self._seeds), self._drawing())
        return runs

    def _wrong(self) -> Generator[Job, Graded, list[Run]]:
        runs = [(yield from self._quick(0))]
        drawing = self._drawing()
        of_named = {t.test for t in self._tests if t.criterion == self._named}
        if (of_named - drawing).intersection(f.test for f in runs[0].failures):
            # Killed whatever the seed; a second one says how steady the other failures are.
            return runs + (yield from self._parts(range(1, min(2, self._seeds)), drawing))
        runs += yield from self._parts(range(1, min(FEW, self._seeds)), drawing)
        runs += yield from self._parts(range(FEW, self._seeds), of_named & drawing)
        return runs

    def _drawing(self) -> set[str]:
        return {t.test for t in self._tests if t.draws and t.criterion not in self._measured}

    def _many(self, seeds: range) -> Generator[Job, Graded, list[Run]]:
        runs = []
        for seed in seeds:
            runs.append((yield from self._whole(seed)))  # noqa: PERF401 - that cannot yield
        return runs

    def _whole(self, seed: int) -> Generator[Job, Graded, Run]:
        graded = yield self._job(seed)
        return self._run(seed, graded)

    def _quick(self, seed: int) -> Generator[Job, Graded, Run]:
        """Decide all criteria but complexity, unless that is what should fail."""
        unwanted = self._measured - {self._named}
        wanted = frozenset(c.id for c in self._kata.rubric.criterion if c.id not in unwanted)
        graded = yield self._job(seed, criteria=wanted)
        return self._run(seed, graded)

    def _parts(self, seeds: range, tests: set[str]) -> Generator[Job, Graded, list[Run]]:
        runs = []
        for seed in seeds if tests else ():
            graded = yield self._job(seed, tests=frozenset(tests))
            runs.append(self._run(seed, graded))
        return runs

    def _job(
        self,
        seed: int,
        *,
        criteria: frozenset[str] | None = None,
        tests: frozenset[str] | None = None,
    ) -> Job:
        return Job(self._attempt, f"proof-{seed}", criteria, tests)

    def _run(self, seed: int, graded: Graded) -> Run:
        results = graded.results
        is_whole = len(results) == len(self._kata.rubric.criterion)
        return Run(
            seed=seed,
            measured=graded.measured,
            earned=score(self._kata.rubric, results).earned if is_whole else None,
            outcomes={result.criterion: result.outcome for result in results},
            credits=self._credits(results),
            failures=graded.failures,
            told=tuple(self._told(graded)) if results else (),
            refused=tuple(_refused(results)),
            fault=graded.fault,
        )

    def _told(self, graded: Graded) -> Iterator[str]:
        """Give what a learner would read of the criteria that fail."""
        decided = {result.criterion: result for result in graded.results}
        results = [
            decided.get(c.id) or CriterionResult(criterion=c.id, outcome=Outcome.SKIPPED)
            for c in self._kata.rubric.criterion
        ]
        report = report_of(
            self._kata, self._attempt, results, seed="proof", measured=graded.measured
        )
        for criterion in report.criteria:
            if criterion.id in decided and criterion.outcome in FAILING:
                yield f"{criterion.title}: {criterion.feedback}"
                lost = [s.text for s in criterion.situations if s.outcome is not Outcome.PASSED]
                yield from (f"not handled: {text}" for text in lost)
                yield from (f"line {f.line}: {f.text}" for f in criterion.findings)

    def _credits(self, results: Sequence[CriterionResult]) -> dict[str, float]:
        passed = {r.criterion for r in results if r.outcome is Outcome.PASSED}
        requires = {c.id: set(c.requires) for c in self._kata.rubric.criterion}
        return {r.criterion: r.credit if requires[r.criterion] <= passed else 0.0 for r in results}


def _refused(results: Sequence[CriterionResult]) -> list[str]:
    """Give the sentences of broken rules, and the names that were refused at run time."""
    found = [finding.text for result in results for finding in result.findings]
    return found + [cause.name for result in results for cause in result.causes if cause.name]
