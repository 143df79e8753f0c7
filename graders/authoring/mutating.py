"""
Advice on what the hidden tests miss: a reference, changed in one small place.

cosmic-ray makes the changes; the changed solutions are graded in the jail like
any other. A survivor is no verdict, because some changes leave a solution right.
"""

from __future__ import annotations

import difflib
import multiprocessing
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple

import msgspec

from graders.authoring.seeded import Seeded, solutions
from graders.catalogue import load_kata
from graders.errors import UsageError
from graders.model.attempt import Attempt
from graders.model.kata import Kata
from graders.model.proof import HiddenTest, SeededKind
from graders.model.result import Outcome
from graders.model.rubric import CriterionKind
from graders.sandbox.jail import choose_tier
from graders.trial import SOLUTION
from graders.warm import Graded, Job, run_plan
from graders.workspace import read_attempt

_BATCH = 10
_SEED = "mutants"


class Survivor(NamedTuple):
    """A change that no test notices: the line, and the change as a diff."""

    where: str
    diff: str


class Mutants(NamedTuple):
    """
    What came of changing a reference.

    Attributes:
        total: Changes that were graded.
        left_out: Changes beyond those that were asked for.
    """

    reference: str
    total: int
    left_out: int
    survivors: tuple[Survivor, ...]


def mutants(
    folder: Path,
    *,
    reference: str | None,
    jobs: int,
    most: int,
    progress: Callable[[int, int], None],
) -> Mutants:
    """
    Change a reference in small ways and grade each change once.

    Raises:
        UsageError: There is no such reference, or cosmic-ray is not installed.
        CannotGrade: The sandbox did not start.
    """
    kata = load_kata(folder)
    chosen = _reference(kata, reference)
    source = chosen.path.read_text(encoding="utf-8-sig")
    found = sorted(set(_changes(source)) - {source})
    kept = found if len(found) <= most else found[:: -(-len(found) // most)]
    batches = [kept[start : start + _BATCH] for start in range(0, len(kept), _BATCH)]
    survived: list[str] = []
    done = 0
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=jobs, mp_context=context) as pool:
        futures = {pool.submit(survivors, folder, batch): len(batch) for batch in batches}
        for future in as_completed(futures):
            survived += future.result()
            done += futures[future]
            progress(done, len(kept))
    told = tuple(_survivor(source, text, chosen.where) for text in sorted(survived))
    return Mutants(chosen.name, len(kept), len(found) - len(kept), told)


def survivors(folder: Path, texts: Sequence[str]) -> list[str]:
    """Give the solutions that no hidden test stops; runs in a process of the pool."""
    kata = load_kata(folder)
    slow = CriterionKind.COMPLEXITY
    wanted = frozenset(c.id for c in kata.rubric.criterion if c.kind is not slow)
    model = read_attempt(folder / "stub.py", kata)

    def plan(tests: tuple[HiddenTest, ...]) -> Generator[Job, Graded, list[str]]:
        del tests
        survived = []
        for text in texts:
            graded = yield Job(_attempt(model, text), _SEED, wanted)
            if all(result.outcome is Outcome.PASSED for result in graded.results):
                survived.append(text)
        return survived

    survived: list[str] = run_plan(kata, plan, choose_tier())
    return survived


def _attempt(model: Attempt, text: str) -> Attempt:
    return msgspec.structs.replace(model, files={**model.files, SOLUTION: text})


def _reference(kata: Kata, name: str | None) -> Seeded:
    found = [s for s in solutions(kata) if s.kind is SeededKind.REFERENCE]
    chosen = [s for s in found if name in (None, s.name)]
    if not chosen:
        names = ", ".join(s.name for s in found) or "none yet"
        raise UsageError(f"{kata.slug} has no reference {name or ''}", fix=f"there is: {names}")
    return chosen[0]


def _changes(source: str) -> Iterator[str]:
    """Give the source with one change each."""
    try:
        from cosmic_ray.mutating import mutate_code
        from cosmic_ray.plugins import get_operator, operator_names
    except ImportError:
        fix = ".venv/bin/python -m pip install cosmic-ray"
        raise UsageError("cosmic-ray, which makes the changes, is missing", fix=fix) from None
    for name in operator_names():
        try:
            operator = get_operator(name)()
        except TypeError:
            continue  # it wants to be told what to look for
        place = 0
        while (changed := mutate_code(source, operator, place)) is not None:
            yield changed
            place += 1


def _survivor(source: str, text: str, where: str) -> Survivor:
    lines = list(difflib.unified_diff(source.splitlines(), text.splitlines(), lineterm="", n=1))
    line = lines[2].split()[1].lstrip("-").partition(",")[0]
    return Survivor(f"{where}:{line}", "\n".join(f"  {line}" for line in lines[3:]))
