"""Facts of a source text, found without running it."""

import pytest

from graders.sandbox.scanning import scan


def test_imports_are_told_with_their_lines():
    facts = scan("import a.b, c as d\nfrom e.f import g as h\nfrom . import i\nfrom .j import k\n")

    assert facts["imports"] == [
        ["a.b", 1],
        ["c", 1],
        ["e.f", 2],
        ["e.f.g", 2],
        [".", 3],
        ["..i", 3],
        [".j", 4],
        [".j.k", 4],
    ]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import numpy as np\nnp.linalg.norm(x)", "numpy.linalg.norm"),
        ("import numpy\nnumpy.sort", "numpy.sort"),
        ("import os.path\nos.path.join", "os.path.join"),
        ("import os.path as p\np.join", "os.path.join"),
        ("from numpy import sort as s\ns([1])", "numpy.sort"),
        ("from numpy.linalg import *", "numpy.linalg.*"),
        ("sorted(x)", "sorted"),
    ],
)
def test_names_are_told_as_what_they_stand_for(source, name):
    assert name in [found for found, _ in scan(source)["names"]]


def test_attributes_of_values_have_no_dotted_name():
    facts = scan("f().sort()\n'a'.join(x)[0].y")

    assert {name for name, _ in facts["attributes"]} == {"sort", "join", "y"}
    assert facts["names"] == []


def test_functions_and_classes():
    facts = scan("class C:\n    def f(self):\n        pass\n\nasync def g():\n    return 1\n")

    assert facts["functions"] == [["f", 2, 2], ["g", 5, 2]]
    assert facts["classes"] == ["C"]


def test_a_fact_is_told_once_so_that_a_long_file_makes_a_short_list():
    source = "len = 1\n" * 9000 + "def f(): pass\ndef f():\n    return 2\n"

    facts = scan(source)

    assert facts["names"] == [["len", 1]]
    assert facts["functions"] == [["f", 9002, 2]]


@pytest.mark.parametrize("source", ["x =", "(" * 500, "x = 1\0"])
def test_what_does_not_compile_is_an_error(source):
    with pytest.raises((SyntaxError, ValueError, MemoryError)):
        scan(source)


@pytest.mark.parametrize(
    "source",
    [
        "def f(code):\n    return code + 1",
        "def f(x):\n    input = x\n    return input",
        "def f(xs):\n    for trace in xs:\n        print(trace.total)",
        "def f():\n    def io(): return 1\n    return io()",
        "g = lambda open: open + 1",
        "def f():\n    try:\n        pass\n    except ValueError as profile:\n        raise profile",
        "def f(input):\n    def g():\n        return input\n    return g",
        "code = 3\nprint(code)",
    ],
)
def test_a_variable_is_no_module_and_no_builtin(source):
    told = {name for name, _ in scan(source)["names"]}

    assert not told & {"code", "input", "trace", "trace.total", "io", "open", "profile"}


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("def f(run=eval):\n    return run('1')", "eval"),
        ("def f(eval=eval):\n    return eval('1')", "eval"),
        ("class A:\n    eval = eval", "eval"),
        ("eval = eval", "eval"),
        ("def f(xs):\n    [eval for eval in xs]\n    return eval('1')", "eval"),
        ("def f():\n    global open\n    open = open\n", "open"),
        ("def f():\n    import gc\n    return gc.get_objects()", "gc.get_objects"),
        ("def f():\n    import code\n    return code.interact", "code.interact"),
        ("def f(x):\n    code = x\n\ndef g():\n    return open(1)", "open"),
        ("from os import *\nopen(1)", "open"),
        ("from gc import *\nget_objects()", "get_objects"),
        ("__builtins__['eval']", "__builtins__"),
        ("def f():\n    return lambda open: 1, open", "open"),
        ("def f():\n    [open := 1 for _ in 'a']\n    return open", "open"),
    ],
)
def test_a_name_that_may_be_the_builtin_is_told(source, name):
    assert name in {found for found, _ in scan(source)["names"]}


def test_a_pattern_reads_attributes_too():
    facts = scan("match s:\n    case object(count=found, x=int(real=r)):\n        pass")

    assert facts["captures"] == [["count", 2], ["x", 2], ["real", 2]]
    assert [name for name, _ in facts["attributes"]] == ["count", "x", "real"]
