"""
The words for what went wrong.

Sentences are made of a closed set of causes, the kata's limits, and identifiers
that were looked at; nothing that a submission says is repeated, and no number
that was measured.
"""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, NamedTuple

from graders.model.result import Cause, CauseKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graders.model.limits import Limits
    from graders.model.rubric import Criterion

LONGEST_NAME = 60
LARGEST_LINE = 10**6
MOST_CAUSES = 3


class Words(NamedTuple):
    """
    How to speak of one kind of cause.

    Attributes:
        full: What happened, without capital and full stop.
        advice: The next step.
        bare: What happened, for when a word of ``full`` is not known.
    """

    full: str
    advice: str
    bare: str = ""


def safe_cause(cause: Cause) -> Cause:
    """Give a cause whose words are identifiers, whatever they were before."""
    return Cause(
        kind=cause.kind,
        error=_identifier(cause.error),
        line=cause.line if 0 < cause.line <= LARGEST_LINE else 0,
        name=_identifier(cause.name),
    )


def sentence(cause: Cause, criterion: Criterion, limits: Limits) -> str:
    """Give what happened, in a few words that are safe to publish."""
    words = WORDS[cause.kind]
    known = _known_words(safe_cause(cause), criterion, limits)
    asked = {field for _, field, _, _ in Formatter().parse(words.full) if field}
    is_known = all(known[field] for field in asked - MAY_LACK)
    return (words.full if is_known else words.bare).format(**known)


def sentences(causes: Sequence[Cause], criterion: Criterion, limits: Limits) -> list[str]:
    """Give the most frequent things that happened, each said once."""
    told, first, several = _one_todo(causes)
    said = dict.fromkeys(sentence(cause, criterion, limits) for cause in told)
    return [text.replace(first, several) for text in said][:MOST_CAUSES]


def _one_todo(causes: Sequence[Cause]) -> tuple[list[Cause], str, str]:
    """Give the causes with one TODO left, what its sentence says, and what all of them say."""
    lines = sorted({c.line for c in causes if c.kind is CauseKind.TODO and c.line})
    if len(lines) <= 1:
        return list(causes), "", ""
    told = [c for c in causes if c.kind is not CauseKind.TODO or c.line == lines[0]]
    several = f"{', '.join(map(str, lines[:-1]))} and {lines[-1]}"
    return told, f"TODO at line {lines[0]}", f"TODOs at lines {several}"


def advice(causes: Sequence[Cause], criterion: Criterion) -> str:
    """
    Give the next step for a criterion that did not pass.

    The author knows best what to try after a wrong answer; a crash or a limit has
    advice of its own.
    """
    is_authors = not causes or causes[0].kind in AUTHORS_TURN
    if is_authors and criterion.next_step:
        return criterion.next_step
    if causes:
        return WORDS[causes[0].kind].advice
    return f"Read what is asked for: kata explain {criterion.id}"


def say_number(value: float) -> str:
    """Give a limit as people write it: ``2`` for 2.0."""
    return f"{value:g}"


def _known_words(cause: Cause, criterion: Criterion, limits: Limits) -> dict[str, str]:
    """Give what stands for each word in braces; empty when it is not known."""
    bound = criterion.options.get("limit_mib")
    return {
        "name": cause.name,
        "error": cause.error,
        "at": f" at line {cause.line}" if cause.line else "",
        "line": f" (line {cause.line})" if cause.line else "",
        "call_cpu": say_number(limits.call_cpu_seconds),
        "call_wall": say_number(limits.call_wall_seconds),
        "attempt_cpu": say_number(limits.attempt_cpu_seconds),
        "attempt_wall": say_number(limits.attempt_wall_seconds),
        "memory_mib": say_number(limits.memory_mib),
        "output_kib": say_number(limits.output_kib),
        "target": str(criterion.options.get("target", "")),
        "limit_mib": "" if bound is None else say_number(bound),
    }


def _identifier(text: str) -> str:
    """Give a dotted name of fair length unchanged, and nothing for all else."""
    is_name = len(text) <= LONGEST_NAME and all(part.isidentifier() for part in text.split("."))
    return text if is_name else ""


MAY_LACK = frozenset({"at", "line"})
# Nobody can say more of these than the kata's author.
AUTHORS_TURN = frozenset({CauseKind.WRONG_VALUE, CauseKind.TOO_SLOW, CauseKind.TOO_MUCH_MEMORY})

WORDS: Mapping[CauseKind, Words] = {
    CauseKind.WRONG_VALUE: Words(
        "gave a wrong answer from {name}{at}",
        "Work one small case out on paper, and compare it with what your code returns.",
        bare="gave a wrong answer",
    ),
    CauseKind.RAISED: Words(
        "raised {error}{at}",
        "Run the sample tests with kata test, and look at that line with the smallest input.",
        bare="raised an exception{at}",
    ),
    CauseKind.TIMED_OUT: Words(
        "ran out of time (a call has {call_cpu} s of processor time, {call_wall} s in all)",
        "Look for a loop that never ends, or for work done again and again.",
    ),
    CauseKind.OUT_OF_MEMORY: Words(
        "used more than {memory_mib} MiB",
        "Look for a list that grows without end, or a copy that you do not need.",
    ),
    CauseKind.KILLED: Words(
        "ended before it could answer",
        "Look for endless recursion, or for a call that the sandbox does not allow.",
    ),
    CauseKind.EXITED: Words(
        "tried to end the program (exit){at}",
        "Return a value instead of ending the program.",
    ),
    CauseKind.REFUSED_VALUE: Words(
        "returned a value of type {name}, which is no plain data",
        "Return the type that the task asks for, made of plain data.",
        bare="returned no plain data",
    ),
    CauseKind.REFUSED_IMPORT: Words(
        "imports {name}, which this kata forbids{line}",
        "Do without that import: writing it yourself is what this kata is about.",
        bare="imports what this kata forbids{line}",
    ),
    CauseKind.REFUSED_NAME: Words(
        "uses {name}, which this kata forbids{line}",
        "Do without it: writing it yourself is what this kata is about.",
        bare="uses what this kata forbids{line}",
    ),
    CauseKind.MISSING_NAME: Words(
        "has no {name}",
        "Define it at the top level of your file, spelled as in the task.",
        bare="lacks a name that the task asks for",
    ),
    CauseKind.NOT_LOADED: Words(
        "could not be loaded: {error}{at}",
        "Mend that line first: nothing else can be graded until the file loads.",
        bare="could not be loaded{line}",
    ),
    CauseKind.TODO: Words(
        "still says NotImplementedError: the stub's TODO{at}",
        "Write that part; a hint may help you begin: kata hint",
    ),
    CauseKind.TOO_MUCH_OUTPUT: Words(
        "printed more than {output_kib} KiB",
        "Remove the prints: only what you return is graded.",
    ),
    CauseKind.BUDGET: Words(
        "used up the attempt's time ({attempt_cpu} s of processor time, {attempt_wall} s in all)",
        "Make the slow calls faster: later tests found no time left.",
    ),
    CauseKind.BAD_REPLY: Words(
        "gave an answer that cannot be read",
        "Return plain values, and leave the sandbox's own files and streams alone.",
    ),
    CauseKind.TOO_SLOW: Words(
        "grows faster than {target}",
        "Count how often each element is looked at; look for a loop inside a loop.",
        bare="grows too fast with the input",
    ),
    CauseKind.TOO_MUCH_MEMORY: Words(
        "holds more than {limit_mib} MiB",
        "Keep only what the next step needs, instead of everything seen so far.",
        bare="holds too much memory",
    ),
    CauseKind.RULE: Words(
        "breaks a rule of this kata{at}",
        "Change the lines that are listed.",
    ),
}
