"""
Named mistakes: which seeded wrong solution fails as this attempt does.

The signature of a wrong solution is what its failing tests saw: for each hidden
test, how often it failed over the seeds, and the kind of cause. An attempt is
compared with all signatures of its kata; the nearest one gives its sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from graders.model.kata import Kata
from graders.model.result import Cause, CauseKind, CriterionResult, FailedTest

SCHEMA = "kata-signatures/1"
FILE = "hidden/signatures.json"
# Below this, two attempts have too little in common to speak of the same mistake.
LEAST_LIKENESS = 0.7
# The same test failed, but for another cause.
_OTHER_CAUSE = 0.5
_SAME = 0.02
_MOST_NAMED = 2
# Enough where no other mistake comes anywhere near.
_CLEAR_LIKENESS = 0.6
_CLEAR_LEAD = 0.2
# Such a failure says nothing of how the solution works: it never came to it, or only costs much.
_MUTE = {
    CauseKind.BUDGET,
    CauseKind.TODO,
    CauseKind.NOT_LOADED,
    CauseKind.MISSING_NAME,
    CauseKind.TOO_SLOW,
    CauseKind.TOO_MUCH_MEMORY,
}


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """
    How one wrong solution fails.

    Attributes:
        criterion: What it fails, by its docstring.
        say: The sentence for a learner who made this mistake.
        ask: An interviewer's follow-up question.
        digest: SHA-256 of the file.
        fails: Criterion to test to cause to the share of seeds on which it failed so.
    """

    name: str
    criterion: str
    say: str
    ask: str
    digest: str
    fails: dict[str, dict[str, dict[str, float]]]


class Signatures(msgspec.Struct, frozen=True, kw_only=True):
    """All signatures of a kata, as they stand in ``hidden/signatures.json``."""

    schema: str = SCHEMA
    mistakes: tuple[Signature, ...] = ()

    def to_json(self) -> bytes:
        """Give the file's content: a line a mistake, so that a change shows as one."""
        head = b'{"schema": %s, "mistakes": [\n' % msgspec.json.encode(self.schema)
        lines = b",\n".join(msgspec.json.encode(mistake) for mistake in self.mistakes)
        return head + lines + b"\n]}\n"


class Likeness(NamedTuple):
    """A signature, and how near an attempt comes to it: 1.0 is the same."""

    signature: Signature
    share: float


def read_signatures(kata: Kata) -> Signatures:
    """Give a kata's signatures; none where the file is missing or of another kind."""
    try:
        found = msgspec.json.decode((kata.folder / FILE).read_bytes(), type=Signatures)
    except (OSError, msgspec.MsgspecError):
        return Signatures()
    return found if found.schema == SCHEMA else Signatures()


def recognise(signatures: Signatures, results: Iterable[CriterionResult]) -> tuple[Signature, ...]:
    """
    Give the mistakes that an attempt seems to have made: one, two as near as each other, or none.

    Where the attempt as a whole is like none, the first failing criterion is
    looked at by itself: a second mistake elsewhere hides nothing then.
    """
    failing = [result for result in results if spoken(result.failures)]
    if not failing:
        return ()
    first = failing[0]
    of_first = [s for s in signatures.mistakes if s.criterion == first.criterion]
    return _nearest(likenesses(signatures.mistakes, failing)) or _nearest(
        likenesses(of_first, [first], within=first.criterion)
    )


def spoken(failures: Iterable[FailedTest]) -> dict[str, str]:
    """Give test to cause, of the failures that say something."""
    return {f.test: word(f.cause) for f in failures if not _is_mute(f)}


def _is_mute(failure: FailedTest) -> bool:
    cause = failure.cause
    # A part that is still to be written says so, whatever the stub said.
    return cause is not None and (cause.kind in _MUTE or cause.error == "NotImplementedError")


def word(cause: Cause | None) -> str:
    """Give a cause in one word: its kind, and the class of an exception."""
    if cause is None:
        return ""
    return f"{cause.kind.value} {cause.error}" if cause.error else cause.kind.value


def likenesses(
    signatures: Iterable[Signature],
    failing: Sequence[CriterionResult],
    *,
    within: str = "",
) -> list[Likeness]:
    """
    Give each signature with its likeness to failing criteria, the nearest first.

    Args:
        signatures: Those to compare with.
        failing: Results of an attempt; a test that never ran counts on neither side.
        within: The criterion whose tests alone count; all where it is empty.
    """
    mine = {test: cause for result in failing for test, cause in spoken(result.failures).items()}
    mute = {f.test for result in failing for f in result.failures if _is_mute(f)}
    found = []
    for signature in signatures:
        tests = {
            test: causes
            for criterion, of_criterion in signature.fails.items()
            if within in ("", criterion)
            for test, causes in of_criterion.items()
            if test not in mute
        }
        found.append(Likeness(signature, _likeness(tests, mine)))
    return sorted(found, key=lambda likeness: (-likeness.share, likeness.signature.name))


def _likeness(signature: Mapping[str, Mapping[str, float]], mine: Mapping[str, str]) -> float:
    """Give what both have in common, as a share of what either has."""
    common = either = 0.0
    for test in signature.keys() | mine.keys():
        causes = signature.get(test, {})
        often = sum(causes.values())
        if test not in mine:
            either += often
            continue
        either += 1.0
        same = causes.get(mine[test], 0.0)
        common += same + _OTHER_CAUSE * (often - same)
    return common / either if either else 0.0


def _nearest(found: Sequence[Likeness]) -> tuple[Signature, ...]:
    if not found or found[0].share < _CLEAR_LIKENESS:
        return ()
    second = found[1].share if len(found) > 1 else 0.0
    if found[0].share < LEAST_LIKENESS and found[0].share - second < _CLEAR_LEAD:
        return ()
    near = [like.signature for like in found if like.share > found[0].share - _SAME]
    sentences = {signature.say: signature for signature in near}
    return tuple(sentences.values()) if len(sentences) <= _MOST_NAMED else ()
