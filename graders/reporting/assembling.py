"""From results and points to the report that a learner reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from graders.errors import GraderError
from graders.model.report import SCHEMA, CriterionReport, Measured, NextStep, Report
from graders.model.result import CriterionResult, Outcome, SituationResult
from graders.reporting.wording import advice, safe_cause, say_number, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graders.mistakes import Signature
    from graders.model.attempt import Attempt
    from graders.model.kata import Kata
    from graders.model.limits import Limits
    from graders.model.rubric import Criterion, Rubric
    from graders.model.score import Earned, Score

FAILING = frozenset({Outcome.FAILED, Outcome.ERRORED, Outcome.TIMED_OUT})
# A criterion that ended so says nothing of its situations yet.
SILENT = frozenset({Outcome.SKIPPED, Outcome.VOID})
AFTER_VOID = "This one is on the grader, not on you: run kata doctor, then grade again."


def assemble(  # noqa: PLR0913 - each is a part of the record
    kata: Kata,
    attempt: Attempt,
    results: Sequence[CriterionResult],
    score: Score,
    *,
    seed: str,
    grader_version: str,
    measured: Measured,
    mistakes: Sequence[Signature] = (),
) -> Report:
    """
    Put the report of one grading together; the same arguments give the same one.

    Args:
        kata: What was graded.
        attempt: The attempt.
        results: One result per criterion, in any order.
        score: What ``scoring.score`` made of them.
        seed: The test seed, in hexadecimal.
        grader_version: SHA-256 over the grader.
        measured: The run's own numbers; those of the results are added to it.
        mistakes: The named mistakes that the attempt seems to have made.

    Raises:
        GraderError: A result names a situation that the rubric does not have.
    """
    by_id = {result.criterion: result for result in results}
    criteria = _criterion_reports(kata, by_id, score)
    return Report(
        schema=SCHEMA,
        slug=kata.slug,
        title=kata.about.title,
        attempt=attempt.number,
        digest=attempt.digest,
        kata_version=kata.version,
        grader_version=grader_version,
        seed=seed,
        standing=score.standing,
        earned=score.earned,
        pending=score.pending,
        possible=score.possible,
        pass_mark=score.pass_mark,
        criteria=criteria,
        next_step=_next_step(criteria, mistakes),
        limits=_limits(kata.about.limits),
        measured=_with_results(measured, kata.rubric, by_id.values()),
    )


def _criterion_reports(
    kata: Kata, by_id: Mapping[str, CriterionResult], score: Score
) -> tuple[CriterionReport, ...]:
    rows = {row.criterion: row for row in score.by_criterion}
    return tuple(
        _criterion_report(criterion, by_id[criterion.id], rows[criterion.id], kata=kata)
        for criterion in kata.rubric.criterion
    )


def _criterion_report(
    criterion: Criterion, result: CriterionResult, row: Earned, *, kata: Kata
) -> CriterionReport:
    outcome = _outcome(result, row)
    is_silent = outcome in SILENT
    causes = () if is_silent else tuple(safe_cause(cause) for cause in result.causes)
    situations = _situations(criterion, result, is_silent=is_silent)
    report = CriterionReport(
        id=criterion.id,
        title=criterion.title,
        kind=criterion.kind.value,
        outcome=outcome,
        earned=row.earned,
        pending=row.pending,
        possible=row.possible,
        situations=situations,
        causes=causes,
        findings=() if is_silent else result.findings,
        next_step=advice(causes, criterion) if outcome in FAILING else "",
    )
    feedback = _feedback(report, result, criterion, kata=kata)
    return msgspec.structs.replace(report, feedback=feedback)


def _outcome(result: CriterionResult, row: Earned) -> Outcome:
    """Give the outcome after what other criteria have to say."""
    if row.skipped:
        return Outcome.SKIPPED
    if result.outcome is Outcome.PASSED and row.pending:
        return Outcome.PENDING
    return result.outcome


def _situations(
    criterion: Criterion, result: CriterionResult, *, is_silent: bool
) -> tuple[SituationResult, ...]:
    """Give every situation of the rubric, in the author's words and order."""
    outcomes = {} if is_silent else {seen.id: seen.outcome for seen in result.situations}
    for name in outcomes:
        if name not in criterion.situations:
            raise GraderError(f"criterion {criterion.id!r} has no situation {name!r}")
    return tuple(
        SituationResult(id=name, text=text, outcome=outcomes.get(name, Outcome.SKIPPED))
        for name, text in criterion.situations.items()
    )


def _feedback(
    report: CriterionReport, result: CriterionResult, criterion: Criterion, *, kata: Kata
) -> str:
    """Give one line: what was handled, then what went wrong."""
    if report.outcome is Outcome.VOID:
        return "the grader itself failed here; this costs you nothing"
    waits = [kata.rubric.named(name).title for name in criterion.requires]
    if report.outcome is Outcome.SKIPPED:
        return f"not graded until this passes: {', '.join(waits)}" if waits else "not graded"
    if report.outcome is Outcome.PENDING and result.outcome is not Outcome.PENDING:
        return f"counts once this is settled: {', '.join(waits)}"
    parts = [_handled(report.situations)]
    parts += sentences(report.causes, criterion, kata.about.limits)
    if report.findings:
        count = len(report.findings)
        parts.append(f"{count} line{'s' * (count != 1)} to change")
    if report.outcome is Outcome.PENDING:
        parts.append("waits for a person's verdict")
    return "; ".join(part for part in parts if part)


def _handled(situations: Sequence[SituationResult]) -> str:
    handled = sum(situation.outcome is Outcome.PASSED for situation in situations)
    if not handled or handled == len(situations):
        return "all situations handled" if handled else ""
    return f"{handled} of {len(situations)} situations handled"


def _next_step(
    criteria: Iterable[CriterionReport], mistakes: Sequence[Signature]
) -> NextStep | None:
    """
    Give the sentence of a named mistake, else the step of the first criterion that fails.

    Rubrics build up in their order. ``None`` when all that is left is a person's
    turn, or nothing.
    """
    criteria = tuple(criteria)
    failing = [criterion for criterion in criteria if criterion.outcome in FAILING]
    named = [m for m in mistakes if any(m.criterion == c.id for c in failing)]
    if named:
        return _named_step(named)
    if failing:
        return NextStep(criterion=failing[0].id, text=failing[0].next_step)
    for criterion in criteria:
        if criterion.outcome is Outcome.VOID:
            return NextStep(criterion=criterion.id, text=AFTER_VOID)
    return None


def _named_step(mistakes: Sequence[Signature]) -> NextStep:
    first = mistakes[0]
    if len(mistakes) == 1:
        return NextStep(criterion=first.criterion, text=first.say, ask=first.ask)
    either = " Or: ".join(mistake.say for mistake in mistakes)
    return NextStep(criterion=first.criterion, text=f"One of these fits. Either: {either}")


def _limits(limits: Limits) -> str:
    return f"{say_number(limits.call_cpu_seconds)} s, {say_number(limits.memory_mib)} MiB"


def _with_results(
    measured: Measured, rubric: Rubric, results: Iterable[CriterionResult]
) -> Measured:
    found = {result.criterion: result.measured for result in results if result.measured}
    merged = {
        criterion.id: {**measured.criteria.get(criterion.id, {}), **found.get(criterion.id, {})}
        for criterion in rubric.criterion
    }
    kept = {name: numbers for name, numbers in merged.items() if numbers}
    return msgspec.structs.replace(measured, criteria=kept)
