"""What is handed over where the tests trust operators: values, classes, methods, errors."""

import collections
import copy
import decimal
import json
import math
import os
import random
import sys
import types
import unittest

import pytest
from fakes import ROOMY, FakeJail, reap_all

from graders.model.result import CauseKind
from graders.sandbox.exports import RefusedCallbackError
from graders.sandbox.hosting import Echo, base_of
from graders.sandbox.judged import make_error
from graders.sandbox.link import Budget, Stopped
from graders.sandbox.open_exports import OpenExports, builtin_base
from graders.sandbox.operations import OPERATIONS
from graders.sandbox.peer import Settings
from graders.sandbox.trusting import TrustingPeer, known_error, remade

SOURCE = '''
import decimal
import json
import pathlib
import unittest
from collections import OrderedDict

class Word(str):
    def shout(self):
        return self.upper() + "!"

class Number(int): pass
class Real(float): pass
class Blob(bytes): pass
class Pair(tuple): pass

class Index(OrderedDict):
    def first(self):
        return next(iter(self))

class OwnError(Exception):
    pass

class Place:
    """A place."""
    kinds = ("near", "far")
    def __init__(self, name="here"):
        self.name = name
    def where(self, more=1):
        return [self.name, more]
    def __len__(self):
        return len(self.name)
    def __fspath__(self):
        return "/" + self.name
    def __floor__(self): return 1
    def __ceil__(self): return 2
    def __trunc__(self): return 3

HOME = Place("home")

def same(x): return x
def length(x): return len(x)
def number_of(): return 4
def generate(): yield 1
def call(f, *args): return f(*args)
def name_of(f): return f.__name__
def read(x, name): return getattr(x, name)
def hashed(x): return hash(x)
def path_class(): return pathlib.PurePosixPath
def error_of_unittest(): return unittest.SkipTest("no")
def own_error(): return OwnError("mine")
def skip(): raise unittest.SkipTest("no")
def leave(code): raise SystemExit(code)
def divide(): return decimal.Decimal(1) / 0
def parse(): return json.loads("{")
def noted():
    error = KeyError("k")
    error.extra = 5
    error._hidden = 6
    error.add_note("a note")
    raise error from ValueError("why")
def replace(cls):
    cls.where = lambda self: "replaced"
def base_method(x): return x.where()
def catches(f):
    try:
        f()
    except Exception as error:
        return type(error).__name__
'''


@pytest.fixture
def peer():
    """Give a trusting peer, over a worker in a thread."""
    operations = dict(OPERATIONS)
    settings = Settings(source=SOURCE, module="solved", trusts_operators=True)
    yield TrustingPeer(FakeJail(), Budget(ROOMY), settings, path="solved.py")
    reap_all()
    OPERATIONS.clear()
    OPERATIONS.update(operations)
    sys.modules.pop("solved", None)


@pytest.fixture
def get(peer):
    """Give a function that gives a member of the solution."""
    return peer.member


# Workers that end ---------------------------------------------------------


def test_what_was_imported_stands_for_the_next_workers_own(peer, get):
    place, home = get("Place"), get("HOME")
    peer.link.close()

    assert place("new").name == "new"
    assert isinstance(place("new"), place)
    assert home.where() == ["home", 1]
    assert peer.link.generation == 2


def test_an_object_of_a_worker_that_ended_is_gone(peer, get):
    lost = get("Place")("lost")
    peer.link.close()

    with pytest.raises(Stopped) as caught:
        lost.where()

    assert caught.value.cause.kind is CauseKind.KILLED


def test_what_waits_for_a_load_is_done_after_each(peer, get):
    loads = []
    peer.when_loaded.append(lambda: loads.append(peer.link.generation))

    get("HOME")
    peer.link.close()
    get("HOME")

    assert loads == [1, 2]


# Values and classes -------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Word", "abc"),
        ("Number", 7),
        ("Real", 1.5),
        ("Blob", b"xyz"),
        ("Pair", (1, 2)),
    ],
)
def test_a_class_built_on_plain_data_gives_that_data(get, name, value):
    made = get(name)(value)

    assert type(made) is get(name)
    assert made == value
    assert isinstance(made, type(value))
    assert hash(made) == hash(value)


def test_a_method_of_its_own_stands_before_the_built_in_ones(get):
    assert get("Word")("abc").shout() == "ABC!"
    assert get("Index")(b=1, a=2).first() == "b"


def test_a_class_that_is_the_same_on_both_sides_comes_back_as_itself(get):
    assert get("same")(collections.Counter) is collections.Counter
    assert get("same")(decimal.Decimal) is decimal.Decimal
    assert get("same")(int) is int
    assert get("same")(ValueError) is ValueError


def test_dicts_keep_their_order_and_their_default(get):
    ordered = collections.OrderedDict(b=1, a=2)
    default = collections.defaultdict(list, k=[1])

    found = get("same")(default)

    assert get("same")(ordered) == ordered
    assert type(get("same")(ordered)) is collections.OrderedDict
    assert found == default
    assert (type(found), found.default_factory) == (collections.defaultdict, list)


def test_a_class_that_is_only_in_the_jail_has_a_proxy(get):
    found = get("path_class")()

    assert found.__name__ == "PurePosixPath"
    assert str(found("a") / "b") == "a/b"


def test_a_generator_is_one(get):
    found = get("generate")()

    assert isinstance(found, types.GeneratorType)
    assert list(found) == [1]


def test_an_object_is_copied_in_the_jail(get):
    place = get("Place")("old")
    shallow, deep = copy.copy(place), copy.deepcopy(place)
    place.name = "new"

    assert (shallow.name, deep.name) == ("old", "old")
    assert shallow is not place


def test_numbers_and_paths_are_asked_of_the_object(get):
    place = get("Place")("there")

    assert (math.floor(place), math.ceil(place), math.trunc(place)) == (1, 2, 3)
    assert os.fspath(place) == "/there"
    assert place.__doc__ == "A place."
    assert get("Place").__doc__ == "A place."


# Members ------------------------------------------------------------------


def test_methods_are_equal_when_object_and_name_are(get):
    place = get("Place")()
    other = get("Place")()

    assert place.where == place.where
    assert place.where != other.where
    assert place.where != 3
    assert len({place.where, place.where, other.where}) == 2


def test_a_method_is_handed_over(get):
    assert get("call")(get("Place")("there").where, 5) == ["there", 5]


def test_a_method_is_looked_into(get):
    place = get("Place")("there")

    assert place.where.__defaults__ == (1,)
    assert not hasattr(place.where, "__wrapped__")


def test_a_method_that_an_object_overrides_is_its_own_until_it_is_removed(get):
    place = get("Place")("there")

    place.where = 3
    replaced = place.where
    del place.where

    assert replaced == 3
    assert place.where() == ["there", 1]


def test_the_members_of_a_class_are_those_in_the_jail(get):
    members = get("Place").__dict__

    assert {"kinds", "where", "__len__"} <= set(members)
    assert len(members) == len(list(members))
    assert members["kinds"] == ("near", "far")
    assert "__nothing__" not in members
    assert get("Place").kinds == ("near", "far")


def test_an_operator_of_a_class_is_set_on_both_sides(get):
    place = get("Place")

    place.__len__ = lambda _: 9

    assert len(place("x")) == 9
    assert get("length")(place("x")) == 9


def test_a_method_of_a_class_is_set_in_the_jail(get):
    place = get("Place")

    place.where = lambda _: "replaced"

    assert get("base_method")(place()) == "replaced"
    assert place().where() == "replaced"


def test_a_subclass_of_a_test_overrides_a_method_and_reaches_the_one_below(get):
    class Louder(get("Place")):
        volume = 3

        def where(self, more=1):
            return [*super().where(more), "!"]

    loud = Louder("there")

    assert get("base_method")(loud) == ["there", 1, "!"]
    assert loud.volume == 3
    assert get("Place")("there").where() == ["there", 1]


# Errors -------------------------------------------------------------------


def test_an_error_brings_its_cause_its_notes_and_its_attributes(get):
    with pytest.raises(KeyError) as caught:
        get("noted")()

    error = caught.value
    assert error.args == ("k",)
    assert error.__notes__ == ["a note"]
    assert error.extra == 5
    assert not hasattr(error, "_hidden")
    assert repr(error.__cause__) == "ValueError('why')"


@pytest.mark.parametrize(
    ("function", "kind"),
    [("divide", decimal.DivisionByZero), ("parse", json.JSONDecodeError)],
)
def test_an_error_of_the_standard_library_is_of_its_class(get, function, kind):
    with pytest.raises(kind) as caught:
        get(function)()

    assert type(caught.value) is kind


def test_an_exit_is_an_exit(get):
    with pytest.raises(SystemExit) as caught:
        get("leave")(3)

    assert caught.value.code == 3


def test_a_solution_cannot_skip_a_test(get):
    with pytest.raises(Exception) as caught:  # noqa: PT011 - any but the one that skips
        get("skip")()

    assert not isinstance(caught.value, unittest.SkipTest)


def test_an_error_is_a_value_too(get):
    assert repr(get("same")(ValueError("x", 1))) == "ValueError('x', 1)"
    assert str(get("own_error")()) == "mine"
    assert get("own_error")().args == ("mine",)


def test_an_error_of_a_class_that_is_unknown_here_is_no_answer(get):
    with pytest.raises(Stopped) as caught:
        get("error_of_unittest")()

    assert caught.value.cause.kind is CauseKind.BAD_REPLY


def test_an_error_of_a_test_comes_back_as_itself(get):
    class Mine(KeyError):
        pass

    error = Mine("k")

    assert get("same")(Mine) is Mine
    assert get("same")(error) is error


def test_an_error_that_cannot_be_made_again_is_an_exception_in_the_jail(get):
    def fails():
        raise UnicodeDecodeError("utf-8", b"x", 0, 1, "no")

    assert get("catches")(fails) == "Exception"
    assert repr(make_error("ZeroDivisionError", ["x"], 0)) == "ZeroDivisionError('x')"


@pytest.mark.parametrize(
    ("module", "name", "found"),
    [
        ("builtins", "ValueError", ValueError),
        ("json.decoder", "JSONDecodeError", json.JSONDecodeError),
        ("unittest.case", "SkipTest", None),
        ("numpy", "ndarray", None),
        ("builtins", "KeyboardInterrupt", None),
        ("builtins", "int", None),
        ("collections", "no.such.name", None),
    ],
)
def test_only_errors_of_the_standard_library_are_known(module, name, found):
    assert known_error(module, name) is found


def test_an_error_is_made_again_whatever_its_constructor_wants():
    error = remade(json.JSONDecodeError, ["only a text"], "")

    assert type(error) is json.JSONDecodeError
    assert error.args == ("only a text",)
    assert remade(json.JSONDecodeError, [], "a text").args == ("a text",)


# What the jail may reach --------------------------------------------------


class Probe:
    """An object of a test."""

    power = eval
    size = 3

    def __eq__(self, other):
        return isinstance(other, Probe)


def test_functions_have_names_and_objects_have_attributes(get):
    def own():
        return 1

    assert get("name_of")(own) == "own"
    assert get("read")(Probe(), "size") == 3


@pytest.mark.parametrize("name", ["power", "gi_frame", "missing"])
def test_no_attribute_leads_into_the_interpreter(get, name):
    with pytest.raises(AttributeError):
        get("read")(Probe(), name)


def test_an_object_that_cannot_be_hashed_cannot_be_hashed_in_the_jail(get):
    with pytest.raises(TypeError, match="unhashable"):
        get("hashed")(Probe())


@pytest.fixture
def exports():
    """Give exports with one object, whose number is 0."""
    exports = OpenExports("solved.py")
    exports.cell(Probe())
    return exports


@pytest.mark.parametrize("value", [eval, exec, sys, sys._getframe(), open])
def test_what_has_power_is_not_exported(exports, value):
    assert exports.cell(value) is None


@pytest.mark.parametrize("operation", ["__getattribute__", "__reduce__", "call", "nothing"])
def test_what_was_not_handed_over_is_refused(exports, operation):
    with pytest.raises(RefusedCallbackError, match=operation):
        exports.call(0, operation, [], [])


def test_a_private_name_is_no_attribute(exports):
    with pytest.raises(AttributeError, match="no attribute '__globals__'"):
        exports.call(0, "getattr", ["__globals__"], [])
    with pytest.raises(AttributeError, match="not for a solution"):
        exports.call(0, "getattr", ["power"], [])


def test_a_callback_runs_under_frames_of_the_solutions_file(exports):
    seen = []

    def look():
        frame = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename == "solved.py":
                seen.append(frame.f_code.co_name)
            frame = frame.f_back

    number = exports.cell(look)[1]
    exports.frames = ["outer", "inner"]

    exports.call(number, "call", [], [])

    assert seen == ["inner", "outer"]
    exports.frames = [7]
    with pytest.raises(RefusedCallbackError, match="without a name"):
        exports.call(number, "call", [], [])


def test_an_error_of_a_test_is_told_by_its_nearest_built_in_class(exports):
    class Mine(LookupError):
        pass

    told = exports.fault(Mine("k"))

    assert (told["name"], told["error"], told["args"]) == ("Mine", "LookupError", ["k"])
    assert exports.value(told["export"]) is Mine
    assert exports.value(-1).args == ("k",)
    assert builtin_base(Mine) == "LookupError"
    assert builtin_base(type("Odd", (), {})) == "object"


# What tests share with the jail -------------------------------------------


def test_a_patched_name_is_patched_in_the_jail_until_it_is_restored(peer, get, monkeypatch):
    monkeypatch.setattr(random, "probability", 5, raising=False)
    get("HOME")

    peer.apply("mirror", "random", "probability", lambda: 6)
    patched = random.probability
    peer.apply("restore", "random", "probability")
    peer.apply("restore", "random", "seed")

    assert type(patched).__name__ == "OpenFunction"
    assert random.probability == 5


def test_a_function_of_a_standard_module_is_run_in_the_jail(peer):
    state = random.getstate()
    try:
        peer.run("random", "seed", 12)

        assert random.random() == random.Random(12).random()
    finally:
        random.setstate(state)


def test_print_is_handed_over_when_it_is_flushed():
    told = []
    echo = Echo(told.append)

    written = echo.write("a") + echo.write("bc")
    before = list(told)
    echo.flush()
    echo.flush()

    assert (written, before, told) == (3, [], ["abc"])


def test_the_class_that_a_class_is_built_upon_is_named():
    assert base_of(collections.OrderedDict) == "OrderedDict"
    assert base_of(type("Own", (dict,), {})) == "dict"
    assert base_of(type("Own", (), {})) == ""
