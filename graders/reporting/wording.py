"""
The words for what went wrong.

Sentences are made of a closed set of causes, the kata's limits, and identifiers
that were looked at; nothing that a submission says is repeated, and no number
that was measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graders.model.result import Cause, CauseKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graders.model.limits import Limits
    from graders.model.rubric import Criterion

LONGEST_NAME = 60
LARGEST_LINE = 10**6
MOST_CAUSES = 3


class Words(NamedTuple):
    """
    How to speak of one kind of cause.

    Attributes:
        sentence: Gives what happened, without capital and full stop.
        advice: The next step.
    """

    sentence: Callable[[Cause, Criterion, Limits], str]
    advice: str


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
    return WORDS[cause.kind].sentence(safe_cause(cause), criterion, limits)


def sentences(causes: Sequence[Cause], criterion: Criterion, limits: Limits) -> list[str]:
    """Give the most frequent things that happened, each said once."""
    said = dict.fromkeys(sentence(cause, criterion, limits) for cause in causes)
    return list(said)[:MOST_CAUSES]


def advice(causes: Sequence[Cause], criterion: Criterion) -> str:
    """
    Give the next step for a criterion that did not pass.

    The author knows best what to try after a wrong answer; a crash or a limit has
    advice of its own.
    """
    for cause in causes[:1]:
        if cause.kind not in AUTHORS_TURN:
            return WORDS[cause.kind].advice
    if criterion.next_step:
        return criterion.next_step
    if causes:
        return WORDS[causes[0].kind].advice
    return f"Read what is asked for: kata explain {criterion.id}"


def number(value: float) -> str:
    """Give a limit as people write it: ``2`` for 2.0."""
    return f"{value:g}"


def _identifier(text: str) -> str:
    """Give a dotted name of fair length unchanged, and nothing for all else."""
    is_name = len(text) <= LONGEST_NAME and all(part.isidentifier() for part in text.split("."))
    return text if is_name else ""


def _raised(cause: Cause, criterion: Criterion, limits: Limits) -> str:
    del criterion, limits
    return f"raised {cause.error or 'an exception'}{_at(cause)}"


def _not_loaded(cause: Cause, criterion: Criterion, limits: Limits) -> str:
    del criterion, limits
    reason = f": {cause.error}{_at(cause)}" if cause.error else _at(cause)
    return f"could not be loaded{reason}"


def _todo(cause: Cause, criterion: Criterion, limits: Limits) -> str:
    del criterion, limits
    return f"still says NotImplementedError: the stub's TODO{_at(cause)}"


def _exited(cause: Cause, criterion: Criterion, limits: Limits) -> str:
    del criterion, limits
    return f"tried to end the program (exit){_at(cause)}"


def _at(cause: Cause) -> str:
    return f" at line {cause.line}" if cause.line else ""


def _named(before: str, after: str, otherwise: str) -> Callable[[Cause, Criterion, Limits], str]:
    """Give a sentence with the cause's name in it, and one for when it has none."""

    def say(cause: Cause, criterion: Criterion, limits: Limits) -> str:
        del criterion, limits
        return f"{before}{cause.name}{after}{_at(cause)}" if cause.name else otherwise

    return say


def _limited(text: str, key: str) -> Callable[[Cause, Criterion, Limits], str]:
    """Give a sentence with one of the kata's limits in it."""

    def say(cause: Cause, criterion: Criterion, limits: Limits) -> str:
        del cause, criterion
        return text.format(number(getattr(limits, key)))

    return say


def _optional(text: str, key: str, otherwise: str) -> Callable[[Cause, Criterion, Limits], str]:
    """Give a sentence with one of the criterion's options in it."""

    def say(cause: Cause, criterion: Criterion, limits: Limits) -> str:
        del cause, limits
        value = criterion.options.get(key)
        if value is None:
            return otherwise
        return text.format(value if isinstance(value, str) else number(value))

    return say


# Nobody can say more of these than the kata's author.
AUTHORS_TURN = frozenset({CauseKind.WRONG_VALUE, CauseKind.TOO_SLOW, CauseKind.TOO_MUCH_MEMORY})

WORDS: Mapping[CauseKind, Words] = {
    CauseKind.WRONG_VALUE: Words(
        _named("gave a wrong answer from ", "", "gave a wrong answer"),
        "Work one small case out on paper, and compare it with what your code returns.",
    ),
    CauseKind.RAISED: Words(
        _raised,
        "Run the sample tests with kata test, and look at that line with the smallest input.",
    ),
    CauseKind.TIMED_OUT: Words(
        _limited("ran out of time ({} s of processor time a call)", "call_cpu_seconds"),
        "Look for a loop that never ends, or for work done again and again.",
    ),
    CauseKind.OUT_OF_MEMORY: Words(
        _limited("used more than {} MiB", "memory_mib"),
        "Look for a list that grows without end, or a copy that you do not need.",
    ),
    CauseKind.KILLED: Words(
        lambda *_: "ended before it could answer",
        "Look for endless recursion, or for a call that the sandbox does not allow.",
    ),
    CauseKind.EXITED: Words(
        _exited,
        "Return a value instead of ending the program.",
    ),
    CauseKind.REFUSED_VALUE: Words(
        _named("returned a value of type ", ", which is no plain data", "returned no plain data"),
        "Return the type that the task asks for, made of plain data.",
    ),
    CauseKind.REFUSED_IMPORT: Words(
        _named("imports ", ", which this kata forbids", "imports what this kata forbids"),
        "Do without that import: writing it yourself is what this kata is about.",
    ),
    CauseKind.REFUSED_NAME: Words(
        _named("uses ", ", which this kata forbids", "uses what this kata forbids"),
        "Do without it: writing it yourself is what this kata is about.",
    ),
    CauseKind.MISSING_NAME: Words(
        _named("has no ", "", "lacks a name that the task asks for"),
        "Define it at the top level of your file, spelled as in the task.",
    ),
    CauseKind.NOT_LOADED: Words(
        _not_loaded,
        "Mend that line first: nothing else can be graded until the file loads.",
    ),
    CauseKind.TODO: Words(
        _todo,
        "Write that part; a hint may help you begin: kata hint",
    ),
    CauseKind.TOO_MUCH_OUTPUT: Words(
        _limited("printed more than {} KiB", "output_kib"),
        "Remove the prints: only what you return is graded.",
    ),
    CauseKind.BUDGET: Words(
        _limited(
            "ran out of the whole attempt's time ({} s of processor time)", "attempt_cpu_seconds"
        ),
        "Make the slow calls faster: later tests found no time left.",
    ),
    CauseKind.BAD_REPLY: Words(
        lambda *_: "gave an answer that cannot be read",
        "Return plain values, and leave the sandbox's own files and streams alone.",
    ),
    CauseKind.TOO_SLOW: Words(
        _optional("grows faster than {}", "target", "grows too fast with the input"),
        "Count how often each element is looked at; look for a loop inside a loop.",
    ),
    CauseKind.TOO_MUCH_MEMORY: Words(
        _optional("holds more than {} MiB", "limit_mib", "holds too much memory"),
        "Keep only what the next step needs, instead of everything seen so far.",
    ),
    CauseKind.RULE: Words(
        _named("breaks a rule of this kata with ", "", "breaks a rule of this kata"),
        "Change the lines that are listed.",
    ),
}
