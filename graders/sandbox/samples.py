"""
Run the sample tests on the learner's own copy, wholly inside the jail.

Nothing is compared here and no point depends on it: only text comes out.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from graders.model.kata import Kata
from graders.model.result import Cause, CauseKind
from graders.sandbox import tags
from graders.sandbox.jail import Jail, Order, Strictness, choose_tier
from graders.sandbox.link import Budget, Link, Stopped

_PYTEST = ("pytest", "_pytest", "pluggy", "iniconfig", "packaging", "pygments")
_OUTPUT_KIB = 512
_SETTINGS = str(Path(__file__).parents[1] / "checks" / "pytest.ini")
_PYTEST_MIB = 64
_WORDS = (
    "--import-mode=importlib --capture=no --no-header --color=no --tb=short "
    "-q -p no:cacheprovider -p no:logging -p no:debugging -p no:faulthandler -p no:threadexception "
    "-p no:unraisableexception --disable-plugin-autoload"
).split()
_STOPPED = {
    CauseKind.TIMED_OUT: "stopped: the sample tests took too long",
    CauseKind.OUT_OF_MEMORY: "stopped: out of memory",
    CauseKind.EXITED: "stopped: your code ended the program (exit)",
    CauseKind.TOO_MUCH_OUTPUT: "stopped: too much output",
}


class SampleRun(NamedTuple):
    """What the sample tests printed, and what they say of themselves."""

    text: str
    passed: bool
    tier: str


def run_samples(kata: Kata, folder: Path, *, sandbox: str = "auto") -> SampleRun:
    """
    Run ``test_sample.py`` of an attempt's folder.

    Raises:
        CannotGrade: The sandbox did not start.
    """
    tier = choose_tier(Strictness(sandbox))
    limits = kata.about.limits
    generous = msgspec.structs.replace(
        limits,
        call_cpu_seconds=limits.attempt_cpu_seconds,
        call_wall_seconds=limits.attempt_wall_seconds,
        output_kib=_OUTPUT_KIB,
    )
    order = Order(
        limits=generous,
        packages=(*_PYTEST, *kata.about.packages),
        also_readable=(str(folder.resolve()), _SETTINGS),
        memory_extra_mib=_PYTEST_MIB,
    )
    with Jail(order, tier) as jail:
        link = Link(jail, Budget(generous), greet=lambda _: None, answer_callback=_refuse)
        place = str(folder.resolve())
        passed, ending = False, ""
        try:
            head, _ = link.ask(tags.SAMPLES, place, _words(place))
            passed = head[0] == tags.RETURN and head[2][0] == [0]
        except Stopped as stopped:
            ending = _STOPPED.get(stopped.cause.kind, "stopped: the process died")
        link.close()
        text = link.output.decode("utf-8", "replace")
        for long in (place + "/", place.lstrip("/") + "/"):
            text = text.replace(long, "")
    return SampleRun(text=f"{text}\n{ending}".strip() + "\n", passed=passed, tier=tier.letter)


def _words(place: str) -> list[str]:
    return [
        f"{place}/test_sample.py",
        f"--rootdir={place}",
        f"--confcutdir={place}",
        f"--config-file={_SETTINGS}",
        *_WORDS,
    ]


def _refuse(*_: Any) -> Callable[[Link], None]:
    # Nothing was handed to the worker that it could call.
    raise Stopped(Cause(kind=CauseKind.BAD_REPLY))
