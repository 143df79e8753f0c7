"""Texts that are run as code are noticed; in a process of its own, for a hook stays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_RUN = """
import sys
sys.path.insert(0, {root!r})
from graders.sandbox.watching import watch
noted = []
source = compile({source!r}, "solution.py", "exec")
watch(lambda: noted.append(1), own="own")
import types; types.FunctionType(source, {{"__name__": "solution", "__builtins__": __builtins__}})()
print(len(noted) > 0)
"""

RUN = {
    "by exec": "exec('x = 1')",
    "by eval of a sum": "eval('1 + 1')",
    "by a compiled text": "compile('x = 1', 'own', 'exec')",
    "under another name": "import builtins\nvars(builtins)['ev' + 'al']('1')",
    "by timeit": "import timeit\ntimeit.timeit('pass', number=1)",
    "by a type hint that calls": (
        "import typing\nclass A: x: 'print()'\ntyping.get_type_hints(A, {'print': list})"
    ),
    "by singledispatch": (
        "import functools\nf = functools.singledispatch(print)\n"
        "def g(x: '[int for _ in range(1)][0]'): pass\nf.register(g)"
    ),
    "by the field of a dataclass": (
        "import dataclasses\nclass A: y = 0\nA.__annotations__ = {'x if print() else y': int}\n"
        "dataclasses.dataclass(init=False, repr=False)(A)"
    ),
}
HONEST = {
    "a named tuple": "import collections\ncollections.namedtuple('A', 'x y')",
    "a dataclass": "import dataclasses\n@dataclasses.dataclass\nclass A:\n    x: int = 0",
    "a type hint that is a name": (
        "import typing\nclass A: x: 'typing.Optional[int]'\n"
        "typing.get_type_hints(A, {'typing': typing})"
    ),
    "an import": "import colorsys, statistics",
    "a literal": "import ast\nast.literal_eval('[1, 2]')",
}


def noticed(source: str) -> bool:
    """Give whether running a source is noticed."""
    code = _RUN.format(root=str(ROOT), source=source)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip().endswith("True")


@pytest.mark.parametrize("source", RUN.values(), ids=RUN)
def test_a_text_that_is_run_is_noticed(source: str) -> None:
    assert noticed(source)


@pytest.mark.parametrize("source", HONEST.values(), ids=HONEST)
def test_what_the_library_runs_for_an_honest_solution_is_not(source: str) -> None:
    assert not noticed(source)
