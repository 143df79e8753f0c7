"""``kata dev check``: everything that can be said against a kata, and the kill matrix."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple

from graders.authoring.finding import Found
from graders.authoring.folder import folder_findings
from graders.authoring.judging import Proved, proof_findings
from graders.authoring.proving import Proofs, prove
from graders.authoring.remembering import Memory
from graders.authoring.seeded import Seeded, solutions
from graders.authoring.signing import sign
from graders.catalogue import load_kata
from graders.errors import CatalogueError
from graders.mistakes import FILE, Signatures, read_signatures
from graders.model.kata import Kata
from graders.model.proof import HiddenTest, Proof
from graders.sandbox.jail import Strictness, Tier, choose_tier
from graders.warm import UncollectableError

# Solutions that one process grades before it tells; few, so that all cores end together.
_BATCH = 8
_MOST_NAMED = 3


class Checked(NamedTuple):
    """
    What a check says of one kata.

    Attributes:
        kata: ``None`` when its files cannot be read.
        proved: The seeded solutions with their runs; empty when they did not run.
        signatures: How its wrong solutions fail, freshly recorded.
    """

    slug: str
    kata: Kata | None
    findings: tuple[Found, ...]
    tests: tuple[HiddenTest, ...] = ()
    proved: tuple[Proved, ...] = ()
    signatures: Signatures = Signatures()

    @property
    def is_proved(self) -> bool:
        """Whether nothing but warnings was found."""
        return all(found.is_warning for found in self.findings)


class Work(NamedTuple):
    """Some solutions of one kata to grade."""

    folder: Path
    names: tuple[tuple[str, str], ...]
    seeds: int
    tier: Tier


Progress = Callable[[int, int], None]


class Options(NamedTuple):
    """
    How to check.

    Attributes:
        seeds: Test seeds to grade each solution with.
        jobs: Processes to grade in.
        memory: Folder of earlier proofs; ``None`` for none.
        is_fresh: Whether to grade again what was proved before.
        sandbox: ``strict`` refuses a jail weaker than the kernel's.
    """

    seeds: int
    jobs: int
    memory: Path | None = None
    is_fresh: bool = False
    sandbox: str = "auto"


def check(folders: Sequence[Path], options: Options, progress: Progress) -> list[Checked]:
    """
    Check katas; what was proved before and did not change is not graded again.

    Args:
        folders: The katas' folders.
        options: How to check.
        progress: Is told how many solutions are done, of how many.

    Raises:
        CannotGrade: The sandbox did not start.
    """
    tier = choose_tier(Strictness(options.sandbox))
    remembered = Memory(options.memory, tier=tier, seeds=options.seeds)
    checks = [_Check(folder, remembered, is_fresh=options.is_fresh) for folder in folders]
    total = sum(len(check.missing) for check in checks)
    work = [unit for check in checks for unit in check.work(options.seeds, tier)]
    done = 0
    if work:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(max_workers=options.jobs, mp_context=context) as pool:
            for index, proofs in _graded(pool, work):
                done += len(work[index].names)
                progress(done, total)
                owner = next(c for c in checks if c.folder == work[index].folder)
                owner.add(work[index], proofs)
    return [check.conclude() for check in checks]


def _graded(
    pool: Executor, work: Sequence[Work]
) -> Iterator[tuple[int, Proofs | UncollectableError]]:
    futures = {pool.submit(grade_work, unit): index for index, unit in enumerate(work)}
    try:
        for future in as_completed(futures):
            try:
                yield futures[future], future.result()
            except UncollectableError as error:
                yield futures[future], error
    except BaseException:
        for future in futures:
            future.cancel()
        raise


def grade_work(work: Work) -> Proofs:
    """Grade some solutions of one kata; runs in a process of the pool."""
    kata = load_kata(work.folder)
    wanted = set(work.names)
    seeded = [s for s in solutions(kata) if (s.kind.value, s.name) in wanted]
    return prove(kata, seeded, seeds=work.seeds, tier=work.tier)


class _Check:
    """One kata on its way."""

    def __init__(self, folder: Path, memory: Memory, *, is_fresh: bool) -> None:
        self.folder = folder
        self._memory = memory
        self._kata: Kata | None = None
        self._findings: list[Found] = []
        self._proofs: dict[Seeded, Proof] = {}
        self._tests: tuple[HiddenTest, ...] = ()
        self.missing: list[Seeded] = []
        try:
            self._kata = load_kata(folder)
        except CatalogueError as error:
            self._findings += [Found(p.what, p.where, p.fix) for p in error.problems]
            return
        if self._kata.is_sealed:
            where = f"{folder.parent.name}/{folder.name}/hidden.age"
            fix = f"kata dev unseal {folder.name}"
            self._findings.append(Found("its hidden tests are sealed", where, fix))
            self._kata = None
            return
        self._findings += folder_findings(self._kata)
        self._seeded = solutions(self._kata)
        self._tests, known = memory.recall(self._kata, self._seeded)
        known = {} if is_fresh else known
        self._proofs = {s: known[s.path] for s in self._seeded if s.path in known}
        self.missing = [s for s in self._seeded if s not in self._proofs]

    def work(self, seeds: int, tier: Tier) -> list[Work]:
        """Give what has to be graded, the dearest first: references and slow solutions."""
        names = [(s.kind.value, s.name) for s in self.missing]
        batches = [names[start : start + _BATCH] for start in range(0, len(names), _BATCH)]
        return [Work(self.folder, tuple(batch), seeds, tier) for batch in batches]

    def add(self, work: Work, proofs: Proofs | UncollectableError) -> None:
        """Take what came of a part of the work."""
        assert self._kata is not None
        if isinstance(proofs, UncollectableError):
            at = f"{self.folder.parent.name}/{self.folder.name}/hidden"
            fix = "mend the hidden tests; pytest --collect-only hidden shows more"
            told = [Found(problem, at, fix) for problem in proofs.problems]
            self._findings += [found for found in told if found not in self._findings]
            return
        self._tests = proofs.tests
        by_name = {(s.kind.value, s.name): s for s in self.missing}
        for name, proof in zip(work.names, proofs.proofs, strict=True):
            self._proofs[by_name[name]] = proof
        # At once, so that a check that is stopped goes on from here.
        self._memory.keep(self._kata, self._tests, self._proofs)

    def conclude(self) -> Checked:
        """Judge what was proved."""
        slug = self.folder.name
        if self._kata is None or len(self._proofs) < len(self._seeded):
            return Checked(slug, self._kata, tuple(self._findings))
        proved = tuple(Proved(s, self._proofs[s]) for s in self._seeded)
        self._findings += proof_findings(self._kata, proved, self._tests)
        signatures = sign(proved, self._tests)
        self._findings += _stale(self._kata, signatures)
        return Checked(slug, self._kata, tuple(self._findings), self._tests, proved, signatures)


def _stale(kata: Kata, fresh: Signatures) -> Iterator[Found]:
    """Warn when the mistakes' signatures are not written down as they are now."""
    at = f"{kata.folder.parent.name}/{kata.slug}/{FILE}"
    written = {s.name: s.digest for s in read_signatures(kata).mistakes}
    now = {s.name: s.digest for s in fresh.mistakes}
    names = sorted(name for name in now.keys() | written if now.get(name) != written.get(name))
    if names:
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        what = f"no signature, or an old one, of {', '.join(names[:_MOST_NAMED])}{more}"
        yield Found(what, at, f"kata dev check {kata.slug} --write", is_warning=True)
