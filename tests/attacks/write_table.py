"""
The page ``docs/attacks.md``: all hostile files, by class, from what they say of themselves.

Run as ``python -m tests.attacks.write_table`` to write it; a test keeps it current.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from tests.attacks.control import LEAST
from tests.attacks.corpus_files import TARGET, Hostile, corpus

PAGE = Path(__file__).parents[2] / "docs" / "attacks.md"

# What keeps each class from its aim.
OUTCOMES: Mapping[str, str] = {
    "callbacks": "a callback answers with data, and what all answers of a test may weigh is bounded",
    "crashes": "only the worker dies; the next question gets a fresh one",
    "exceptions": "the class is one of Python's or of the source, the text is cut and never shown",
    "exits": "an end of the worker is a failed test, never a passed one",
    "folder tricks": "only solution.py is read, as text",
    "forged cells": "every number is distrusted and bounded; the test fails on a bad reply",
    "forged frames": "a forged frame is an answer, and a wrong one",
    "frames": "neither the tests nor what they expect are in the worker",
    "liars": "the value arrives as its base type, or as a handle without operators",
    "loops": "stopped by a call's clocks or by the budget of the attempt",
    "measuring": "time, memory and counts are taken outside the worker",
    "memory": "refused by the limits of the process",
    "network": "the calls do not exist for a worker",
    "output": "the output ends at its limit and is not shown",
    "patches": "pytest runs in another process",
    "processes": "the calls do not exist for a worker",
    "reading": "the kernel opens the standard library and named packages, nothing else",
    "replies": "bounded before it is built, or stopped by a clock",
    "rules": "found in the source, refused at run time, or noticed when a text is run",
    "side channels": "only identifiers and lines of the source are told",
    "worker": "only names that the kata forbids are told",
    "writing": "the kernel opens nothing for writing",
}
_INTRO = """\
# Attacks

{count} hostile solutions, in `tests/attacks/corpus/`. Each is graded by the engine as any attempt is, in the kernel's
jail without bubblewrap. A test asserts of each that it earns no more than the table says, that the
report is never void and holds no hidden input, that the grading ends in time and in less than 512 MiB, and that no
process and no file is left behind.

Most aim at `tests/attacks/target/`, a kata of small tasks and tight limits; a file that names another kata is graded by
that one. **Earns** is the most that a file may get: what its honest parts are worth, since an attack on one criterion is
usually wrapped in an answer that is right. **What happens** holds for the whole class.

Two files earn everything: they take room that grows with the input, and hide it below the limit of their kata.

The control runs {control} of the files against plain pytest, in one process with the solution on its path; the others would
hurt the machine, or speak to parts that plain pytest lacks. It counts a file as a success when pytest ends with exit
code 0, does not end, or dies before it could tell; a test prints the number and asserts at least {least}. What a file reads,
writes or sends away there is not counted.

This page is written by `python -m tests.attacks.write_table`.
"""
_HEAD = "| File | Aim | Earns | What happens |\n| --- | --- | ---: | --- |\n"


def page() -> str:
    """Give the text of the page."""
    files = sorted(corpus(), key=lambda hostile: (hostile.kind, hostile.path.stem))
    control = sum(hostile.in_control for hostile in files)
    intro = _INTRO.format(count=len(files), control=control, least=LEAST)
    parts = [
        f"\n## {kind.capitalize()}\n\n{_HEAD}{''.join(map(_row, members))}"
        for kind, members in groupby(files, key=lambda hostile: hostile.kind)
    ]
    return intro + "".join(parts)


def _row(hostile: Hostile) -> str:
    where = "" if hostile.kata == TARGET.name else f" ({hostile.kata})"
    aim = hostile.aim.rstrip(".").replace("|", "\\|")
    cells = (f"`{hostile.path.stem}`{where}", aim, str(hostile.earns), OUTCOMES[hostile.kind])
    return f"| {' | '.join(cells)} |\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
