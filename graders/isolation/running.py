"""Run a test file in this process, and its solution in the jail."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from graders.errors import AttemptError
from graders.model.limits import Limits
from graders.sandbox.jail import Jail, Order, Strictness, Tier, choose_tier
from graders.sandbox.stopping import Budget, Share

if TYPE_CHECKING:
    from graders.isolation.outcomes import TestReport

LIMITS = Limits(
    call_cpu_seconds=10.0,
    call_wall_seconds=60.0,
    attempt_cpu_seconds=1200.0,
    attempt_wall_seconds=3600.0,
    memory_mib=1024,
    output_kib=1024,
    reply_mib=64,
    threads=64,
)
# Small beside the limits: a test that goes on for ever leaves the others theirs.
SHARE = Share(wall_seconds=60.0, cpu_seconds=20.0, replies=32)
_NUMPY = re.compile(r"^\s*(?:import|from)\s+numpy\b", re.MULTILINE)
_MAX_SOURCE = 10 << 20
_UNUSED = (
    "cacheprovider doctest faulthandler junitxml logging pastebin setuponly setupplan "
    "stepwise terminalprogress"
).split()


class IsolationReport(NamedTuple):
    """How the tests ended, in their order, and the name of the jail."""

    tests: Sequence[TestReport]
    sandbox: str


def isolate(  # noqa: PLR0913 - what the command line may say
    test_file: Path,
    solution: Path,
    *,
    allow_read: Sequence[Path] = (),
    sandbox: str = "auto",
    limits: Limits = LIMITS,
    share: Share = SHARE,
) -> IsolationReport:
    """
    Run a test file unchanged; what it imports from the solution stays in the jail.

    Args:
        test_file: Trusted; its folder's helper modules are importable.
        solution: Not trusted; its stem is the name that the tests import.
        allow_read: Folders that the solution may read.
        sandbox: ``strict`` refuses a jail weaker than the kernel's.
        limits: Of the solution, over the whole file.
        share: Of each test in them.

    Raises:
        AttemptError: A file cannot be read.
        CannotGrade: The sandbox did not start.
    """
    source, test = _text(solution), _text(test_file)
    tier = choose_tier(Strictness(sandbox))
    with _jail(source, allow_read, limits, tier) as jail:
        budget = Budget(limits, share=share)
        tests = _run(test_file.absolute(), solution.absolute(), (source, test), jail, budget)
    return IsolationReport(tests, tier.name)


def _text(path: Path) -> str:
    """Give the text of a source file, as Python would read it."""
    try:
        if not path.is_file():
            raise AttemptError(f'there is no file "{path}"', fix="see kata isolate --help")
        content = path.read_bytes()
        if len(content) > _MAX_SOURCE:
            raise AttemptError("more than 10 MiB", where=str(path))
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AttemptError(f"not UTF-8 at byte {error.start}", where=str(path)) from error
    except OSError as error:
        raise AttemptError(f"cannot be read: {error.strerror}", where=str(path)) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _jail(source: str, allow_read: Sequence[Path], limits: Limits, tier: Tier) -> Jail:
    wants_numpy = _NUMPY.search(source) and importlib.util.find_spec("numpy")
    order = Order(
        limits=limits,
        packages=("numpy",) if wants_numpy else (),
        also_readable=tuple(str(folder.resolve()) for folder in allow_read),
    )
    return Jail(order, tier)


def _run(
    test_file: Path, solution: Path, texts: tuple[str, str], jail: Jail, budget: Budget
) -> Sequence[TestReport]:
    import pytest  # it loads while the jail starts

    from graders.isolation.importing import SolutionFinder
    from graders.isolation.mirroring import mirrored
    from graders.isolation.outcomes import OutcomePlugin
    from graders.sandbox.faults import cause_of
    from graders.sandbox.peer import Settings
    from graders.sandbox.trusting import TrustingPeer

    source, test = texts
    settings = Settings(source=source, module=solution.stem, trusts_operators=True)
    peer = TrustingPeer(jail, budget, settings, path=str(solution))
    finder = SolutionFinder(solution.stem, peer, str(solution))
    plugin = OutcomePlugin(lambda: finder.load_cause, cause_of, start_test=budget.start_test)
    words = _words(test_file, is_beside=test_file.parent == solution.parent, budget=budget)
    try:
        with _quiet(), _importable(test_file.parent, finder), mirrored(peer, source, test=test):
            pytest.main(words, plugins=[plugin])
    finally:
        peer.link.close()
    return list(plugin.tests.values())


def _words(test_file: Path, *, is_beside: bool, budget: Budget) -> list[str]:
    """Give pytest's command line; a conftest.py beside the solution is not trusted."""
    folder = test_file.parent
    # A test that asks the solution nothing spends nothing of its share.
    seconds = min(budget.share.wall_seconds, budget.limits.attempt_wall_seconds)
    return [
        str(test_file),
        f"--rootdir={folder}",
        f"--confcutdir={folder}",
        f"--config-file={Path(__file__).with_name('pytest.ini')}",
        *(["--noconftest"] if is_beside else []),
        "--disable-plugin-autoload",
        "-p",
        "pytest_timeout",
        f"--timeout={seconds + budget.limits.call_wall_seconds}",
        "--timeout-method=signal",
        "--assert=plain",
        "--tb=line",
        "-qq",
        *(word for name in _UNUSED for word in ("-p", f"no:{name}")),
    ]


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep what pytest prints off the screen: the command prints the outcomes."""
    with (
        open(os.devnull, "w") as nowhere,  # noqa: PTH123
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        yield


@contextlib.contextmanager
def _importable(folder: Path, finder: Any) -> Iterator[None]:
    """Let the test file import its neighbours and the solution; forget all of it afterwards."""
    before, path, writes = set(sys.modules), list(sys.path), sys.dont_write_bytecode
    taken = {k: os.environ.pop(k) for k in list(os.environ) if k.startswith("PYTEST_")}
    hidden = sys.modules.pop(finder.name, None)
    sys.dont_write_bytecode = True
    sys.meta_path.insert(0, finder)
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        sys.path[:], sys.dont_write_bytecode = path, writes
        os.environ.update(taken)
        for name in set(sys.modules) - before:
            origin = getattr(sys.modules[name], "__file__", None) or ""
            if origin.startswith(str(folder)) or name == finder.name:
                del sys.modules[name]
        if hidden is not None:
            sys.modules[finder.name] = hidden
