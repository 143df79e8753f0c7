"""The rules of a kata, held against the facts of a source."""

import pytest

from graders.checks.static import _broken
from graders.model.kata import Rules
from graders.sandbox.scanning import scan

RULES = Rules(
    forbidden_imports=("heapq",),
    forbidden_names=("numpy.logaddexp", "reversed"),
    forbidden_methods=("count",),
    max_function_lines=3,
)


def broken(source):
    return [text for _, text in sorted(set(_broken(scan(source), RULES)))]


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("import heapq", "imports heapq"),
        ("from _heapq import heappush", "imports heapq"),
        ("import numpy as np\nnp.logaddexp(1, 2)", "uses numpy.logaddexp"),
        ("from numpy._core import umath\numath.logaddexp", "uses numpy.logaddexp"),
        ("import numpy\nmatch numpy:\n    case object(logaddexp=f): pass", "uses numpy.logaddexp"),
        ("match 'a':\n    case object(count=f): pass", "uses .count"),
        ("'a'.count('a')", "uses .count"),
        ("reversed([])", "uses reversed"),
    ],
)
def test_a_broken_rule_is_named(source, rule):
    assert f"{rule}, which this kata forbids" in broken(source)


@pytest.mark.parametrize(
    ("source", "way"),
    [
        ("f.__globals__", "uses __globals__"),
        ("import gc", "imports gc"),
        ("eval('1')", "uses eval"),
        ("__builtins__['eval']", "uses __builtins__"),
        ("import string\nstring.Formatter()", "uses string.Formatter"),
        ("match f:\n    case object(__loader__=found): pass", "uses __loader__"),
    ],
)
def test_a_way_round_the_rules_is_named(source, way):
    assert f"{way}, a way round the rules" in broken(source)


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\nnp.exp(1)",
        "def f(code, input):\n    return code + input",
        "def f(count):\n    return count",
        "my.logaddexp(1)",
        "import math\nmath.log(2)",
    ],
)
def test_an_honest_source_breaks_nothing(source):
    assert broken(source) == []


def test_a_long_function_is_named():
    assert broken("def f():\n    a = 1\n    b = 2\n    return a + b") == [
        "f is 4 lines long; 3 is the most here"
    ]
