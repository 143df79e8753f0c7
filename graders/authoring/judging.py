"""What the runs of a kata's seeded solutions prove, and what they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from graders.authoring.finding import Found
from graders.authoring.seeded import Seeded
from graders.catalogue.finding import did_you_mean
from graders.checks.registry import TESTED
from graders.model.kata import Kata
from graders.model.proof import HiddenTest, Proof, SeededKind
from graders.model.result import Outcome
from graders.model.rubric import CriterionKind

_SHARE_OF_LIMITS = 3


class Proved(NamedTuple):
    """A seeded solution and its runs."""

    solution: Seeded
    proof: Proof


def proof_findings(
    kata: Kata, proved: Sequence[Proved], tests: Sequence[HiddenTest]
) -> Iterator[Found]:
    """Give everything that the runs say against the kata."""
    yield from _situations(kata, tests)
    for solution, proof in proved:
        void = [run for run in proof.runs if run.fault]
        if void:
            what = f"the grader itself failed on it: {void[0].fault}"
            yield Found(what, solution.where, "mend the hidden tests: kata grade --private FILE")
            continue
        if solution.kind is SeededKind.WRONG:
            yield from _wrong(solution, proof, tests)
        else:
            yield from _JUDGES[solution.kind](kata, solution, proof)
    yield from _dead_tests(kata, proved, tests)
    yield from _forbidden(kata, proved)
    yield from _separation(kata, proved)


def _situations(kata: Kata, tests: Sequence[HiddenTest]) -> Iterator[Found]:
    """Give situations without a test, and tests without a situation."""
    at = f"{kata.folder.parent.name}/{kata.slug}"
    for criterion in kata.rubric.criterion:
        if criterion.kind not in TESTED:
            continue
        tested = {test.situation: test for test in tests if test.criterion == criterion.id}
        for name in criterion.situations:
            if name not in tested:
                what = f"no test decides {criterion.id}, {name}"
                fix = f'mark one @pytest.mark.criterion("{criterion.id}", "{name}")'
                yield Found(what, f"{at}/rubric.toml", fix)
        for name, test in tested.items():
            if name not in criterion.situations:
                what = f"{test.function} decides {criterion.id}, {name!r}, which is no situation"
                fix = did_you_mean(name, list(criterion.situations)) or "add it to rubric.toml"
                yield Found(what, f"{at}/hidden", fix)


def _stub(kata: Kata, solution: Seeded, proof: Proof) -> Iterator[Found]:
    del kata
    earned = proof.runs[0].earned
    if earned:
        paid = [name for name, credit in proof.runs[0].credits.items() if credit]
        fix = f"let {', '.join(paid)} require a criterion that takes work"
        yield Found(f"the stub earns {earned} points", solution.where, fix)


def _reference(kata: Kata, solution: Seeded, proof: Proof) -> Iterator[Found]:
    automatic = sum(c.points for c in kata.rubric.criterion if c.kind in _AUTOMATIC)
    for run in proof.runs:
        if run.failures or (run.earned is not None and run.earned < automatic):
            lost = [name for name, outcome in run.outcomes.items() if outcome is not Outcome.PASSED]
            names = ", ".join(lost or [failure.test for failure in run.failures])
            fix = "mend the reference, or the test: is what it wants in the statement?"
            what = f"a reference does not earn everything on seed {run.seed}: {names}"
            yield Found(what, solution.where, fix)
            return
    yield from _time(kata, solution, proof)


def _time(kata: Kata, solution: Seeded, proof: Proof) -> Iterator[Found]:
    limits = kata.about.limits
    seconds = min(run.measured.worker_cpu_seconds for run in proof.runs)
    if seconds * _SHARE_OF_LIMITS > limits.attempt_cpu_seconds:
        what = f"a reference needs {seconds:.1f} s of {limits.attempt_cpu_seconds:g} s"
        fix = "give learners three times that: raise [limits], or ask for less in the tests"
        yield Found(what, solution.where, fix)


def _wrong(solution: Seeded, proof: Proof, tests: Sequence[HiddenTest]) -> Iterator[Found]:
    named = solution.said.get("Fails", "")
    of_named = {test.test: test for test in tests if test.criterion == named}
    first = {failure.test for failure in proof.runs[0].failures}
    if any(not test.draws and name in first for name, test in of_named.items()):
        return  # what draws nothing kills it whatever the seed
    survived = [
        run.seed
        for run in proof.runs
        if not any(failure.test in of_named for failure in run.failures)
        and run.outcomes.get(named) in (None, Outcome.PASSED, Outcome.SKIPPED)
    ]
    if survived:
        seeds = f"seed{'s' * (len(survived) > 1)} {', '.join(map(str, survived))}"
        what = f"this wrong solution survives {named} on {seeds}"
        yield Found(what, solution.where, f"add a test of {named} that it fails on every seed")


def _slow(kata: Kata, solution: Seeded, proof: Proof) -> Iterator[Found]:
    named = solution.said.get("Fails", "")
    kinds = {c.id: c.kind for c in kata.rubric.criterion}
    if kinds.get(named) is not CriterionKind.COMPLEXITY:
        fix = "name a criterion of kind complexity after Fails:"
        yield Found("a slow solution must fail a complexity criterion", solution.where, fix)
        return
    for run in proof.runs:
        bad = [n for n, o in run.outcomes.items() if o not in (Outcome.PASSED, Outcome.SKIPPED)]
        others = [name for name in bad if name != named]
        if named not in bad:
            fix = f"measure {named} at larger sizes, or lower its limit"
            yield Found(f"this slow solution passes {named}", solution.where, fix)
            return
        if others:
            what = f"a slow solution fails {', '.join(others)}, which it should pass"
            yield Found(what, solution.where, "mend it, or move it to hidden/wrong")
            return


def _cheat(kata: Kata, solution: Seeded, proof: Proof) -> Iterator[Found]:
    del kata
    named = solution.said.get("Fails", "")
    if proof.runs[0].credits.get(named, 0.0) > 0:
        fix = "forbid the name it uses in kata.toml, or test what it cannot do"
        yield Found(f"a way round the rules that earns {named}", solution.where, fix)


def _dead_tests(
    kata: Kata, proved: Sequence[Proved], tests: Sequence[HiddenTest]
) -> Iterator[Found]:
    """Give the tests that no seeded solution fails and that hold no sentence."""
    killing = {
        failure.test.partition("[")[0]
        for solution, proof in proved
        if solution.kind in (SeededKind.WRONG, SeededKind.SLOW, SeededKind.CHEAT)
        for run in proof.runs
        for failure in run.failures
    }
    dead = sorted({test.function for test in tests if not test.is_spec} - killing)
    at = f"{kata.folder.parent.name}/{kata.slug}/hidden"
    for test in dead:
        file, _, name = test.partition("::")
        fix = "add the wrong solution that it kills, mark it spec, or take it out"
        yield Found(f"a dead test: {name} kills nothing", f"{at}/{file}", fix)


def _forbidden(kata: Kata, proved: Sequence[Proved]) -> Iterator[Found]:
    """Give the forbidden names that no cheat is caught using."""
    rules = kata.about.rules
    words = [
        word
        for solution, proof in proved
        if solution.kind is SeededKind.CHEAT
        for word in proof.runs[0].refused
    ]
    names = [*rules.forbidden_imports, *rules.forbidden_names, *rules.forbidden_methods]
    for name in names:
        if not any(_tells(word, name) for word in words):
            where = f"{kata.folder.parent.name}/{kata.slug}/kata.toml"
            fix = "add a solution that uses it to hidden/cheats"
            yield Found(f"no cheat is caught using {name}", where, fix)


def _tells(word: str, name: str) -> bool:
    said = (f"imports {name},", f"uses {name},", f"uses .{name},")
    return word == name or word.startswith(said)


def _separation(kata: Kata, proved: Sequence[Proved]) -> Iterator[Found]:
    """Give the complexity criteria that no slow solution shows to bite."""
    stopped = {
        solution.said.get("Fails", "") for solution, _ in proved if solution.kind is SeededKind.SLOW
    }
    for criterion in kata.rubric.criterion:
        if criterion.kind is CriterionKind.COMPLEXITY and criterion.id not in stopped:
            where = f"{kata.folder.parent.name}/{kata.slug}/hidden/slow"
            fix = f"add a correct solution that is too slow, with Fails: {criterion.id}"
            yield Found(f"nothing shows that {criterion.id} stops a slow solution", where, fix)


_AUTOMATIC = {CriterionKind.TESTS, CriterionKind.COMPLEXITY, CriterionKind.STATIC}
_JUDGES = {
    SeededKind.STUB: _stub,
    SeededKind.REFERENCE: _reference,
    SeededKind.SLOW: _slow,
    SeededKind.CHEAT: _cheat,
}
