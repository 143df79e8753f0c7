"""The rules of a kata, put in force in a process."""

import operator
import sys
import syslog
import types

import pytest

from graders.sandbox import guarding
from graders.sandbox.arming import RefusedImportError, RefusedNameError, arm


def inner_of(free):
    def inner(x):
        return x, free

    return inner


@pytest.fixture
def toys(monkeypatch):
    """Give a module of toys, and put back what arming takes away."""
    modules, finders = dict(sys.modules), list(sys.meta_path)
    toys = types.ModuleType("toys")
    toys.child = types.ModuleType("toys.child")
    toys.child.deep = lambda x: x
    toys.plain = lambda x: x
    toys.closed = inner_of("free")
    toys.number = 5

    class Wrapped:
        _implementation = staticmethod(lambda x: x)

        def __call__(self, x):
            return type(self)._implementation(x)

    def behind(x):
        return x

    def front(x):
        return behind(x)

    class Cls:
        pass

    front.__wrapped__ = behind
    toys.wrapped, toys.front, toys.Cls = Wrapped(), front, Cls
    for value in (toys.plain, toys.closed, front):
        value.__module__ = "toys"
    monkeypatch.setitem(sys.modules, "toys", toys)
    monkeypatch.setitem(sys.modules, "toys.child", toys.child)
    yield toys
    sys.meta_path[:] = finders
    sys.modules.clear()
    sys.modules.update(modules)
    for name, module in modules.items():
        parent, _, child = name.rpartition(".")
        if parent in modules and not hasattr(modules[parent], child):
            setattr(modules[parent], child, module)


@pytest.mark.parametrize("name", ["plain", "closed", "wrapped", "front", "Cls"])
def test_every_reference_to_a_forbidden_name_refuses(toys, name):
    kept = getattr(toys, name)
    kept = getattr(kept, "_implementation", kept)
    kept = getattr(kept, "__wrapped__", kept)
    refusals = []

    arm(refusals, imports=(), names=[f"toys.{name}"])

    with pytest.raises(RefusedNameError, match=f"this kata forbids toys.{name}"):
        kept(1)
    assert refusals == [["name", f"toys.{name}"]]
    assert name == "Cls" or getattr(toys, name, None) is not kept


def test_a_name_in_a_module_within_a_module(toys):
    kept = toys.child.deep

    arm([], imports=(), names=["toys.child.deep"])

    with pytest.raises(RefusedNameError):
        kept(1)


def test_a_function_of_c_refuses_too(toys):
    kept = syslog.LOG_UPTO
    assert kept(1) == 3

    arm([], imports=(), names=["syslog.LOG_UPTO"])

    with pytest.raises(TypeError):
        kept(1)


@pytest.mark.parametrize(
    "name", ["no_such_module.f", "toys.no_such", "toys.no.such", "no_such_builtin"]
)
def test_a_name_that_is_not_there_is_no_matter(toys, name):
    arm([], imports=(), names=[name])

    assert toys.plain(1) == 1


def test_a_forbidden_module_is_gone_and_does_not_come_back(toys):
    refusals = []

    arm(refusals, imports=["toys"], names=())

    for words in ("import toys", "import toys.child", "from toys import plain"):
        with pytest.raises(RefusedImportError, match="this kata forbids toys"):
            exec(words)
    assert refusals == [["import", "toys"]] * 3


def test_a_function_of_a_forbidden_module_is_spoilt_where_it_is_kept(toys):
    kept, number = toys.plain, toys.number
    refusals = []

    arm(refusals, imports=["toys"], names=())

    with pytest.raises(RefusedNameError):
        kept(1)
    assert number == 5
    assert refusals == [["import", "toys"]]


def test_a_forbidden_child_leaves_its_parent(toys):
    arm([], imports=["toys.child"], names=())

    assert sys.modules["toys"] is toys
    assert not hasattr(toys, "child")


@pytest.mark.parametrize("module", ["ctypes", "graders", "msgspec"])
def test_what_no_honest_solution_needs_is_gone(toys, module):
    arm([], imports=(), names=())

    with pytest.raises(RefusedImportError):
        __import__(module)
    assert __import__("string")


EVASIVE = ["__loader__", "__globals__", "__subclasses__", "f_back"]


@pytest.mark.parametrize("name", EVASIVE)
def test_an_evasive_attribute_is_refused_however_its_name_is_put_together(name):
    refusals = []
    own = guarding.guarded_builtins(guarding.Guard(refusing(refusals)))

    with pytest.raises(RuntimeError):
        own["getattr"](a_function, name[:3] + name[3:])
    with pytest.raises(RuntimeError):
        own["getattr"](a_function, Lying(name), None)

    assert refusals == [name, name]


def test_other_attributes_are_had_as_ever():
    own = guarding.guarded_builtins(guarding.Guard(refusing([])))

    assert own["getattr"]("a", "upper")() == "A"
    assert own["getattr"]("a", "nothing", 3) == 3
    with pytest.raises(TypeError):
        own["getattr"]("a", 3)


def test_operators_getters_look_at_names_too(monkeypatch):
    import _operator

    for module in (operator, _operator):
        for name in ("attrgetter", "methodcaller"):
            monkeypatch.setattr(module, name, getattr(module, name))
    refusals = []
    guarding.guard_operator(guarding.Guard(refusing(refusals), ["sort"]))

    assert operator.attrgetter("real", "imag")(3) == (3, 0)
    assert operator.methodcaller("split", ".", maxsplit=1)("a.b.c") == ["a", "b.c"]
    with pytest.raises(RuntimeError):
        operator.attrgetter("upper.__self__")
    with pytest.raises(RuntimeError):
        operator.methodcaller("__subclasses__")
    with pytest.raises(RuntimeError):
        operator.methodcaller("so" + "rt")
    assert refusals == ["__self__", "__subclasses__", "sort"]


def a_function():
    """Stands for a function of the learner's."""


class Lying(str):
    __slots__ = ()

    def __hash__(self):
        return 0

    def __eq__(self, other):
        return False

    def __str__(self):
        return "upper"

    def split(self, *_):
        return ["upper"]


def refusing(refusals):
    def refuse(name):
        refusals.append(name)
        raise RuntimeError(name)

    return refuse
