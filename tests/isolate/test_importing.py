"""What the tests see of a solution's module, whose worker is a thread here."""

import os
import random
import sys
import types

import pytest

from graders.errors import AttemptError
from graders.isolation.importing import JailedModule, Placeholder, SolutionFinder
from graders.isolation.mirroring import mirrored
from graders.isolation.running import _importable, isolate
from graders.model.result import CauseKind
from graders.sandbox.link import Budget, Stopped
from graders.sandbox.operations import OPERATIONS
from graders.sandbox.peer import Settings
from graders.sandbox.trusting import TrustingPeer
from tests.isolate.test_in_one_process import Roommate
from tests.sandbox.fakes import ROOMY, FakeJail, reap_all

SOURCE = "import random\nLIMIT = 3\n\ndef limit():\n    return LIMIT\n\ndef draw():\n    return random.random()\n"


@pytest.fixture
def finder_of():
    """Give a function that gives the finder of a source text, and its peer."""
    before = dict(OPERATIONS)

    def finder_of(source=SOURCE):
        settings = Settings(source=source, module="thing", trusts_operators=True)
        jail = FakeJail(lambda channel: Roommate(channel).serve())
        peer = TrustingPeer(jail, Budget(ROOMY), settings, path="thing.py")
        return SolutionFinder("thing", peer, "thing.py"), peer

    yield finder_of
    reap_all()
    OPERATIONS.clear()
    OPERATIONS.update(before)
    sys.modules.pop("thing", None)


def load(finder):
    module = finder.create_module(finder.find_spec("thing"))
    finder.exec_module(module)
    return module


@pytest.fixture
def module(finder_of):
    """Give the module of the source above."""
    return load(finder_of()[0])


def test_a_name_can_be_read_set_and_removed(module):
    module.LIMIT = 5
    replaced = module.limit()
    del module.limit

    assert replaced == 5
    with pytest.raises(AttributeError):
        module.limit  # noqa: B018


def test_its_names_are_listed(module):
    names = vars(module)

    assert dir(module) == ["LIMIT", "draw", "limit", "random"]
    assert sorted(names) == dir(module)
    assert len(names) == 4
    assert (names["LIMIT"], names["__name__"]) == (3, "thing")
    assert "missing" not in names


def test_what_the_import_system_sets_stays_here(module):
    module.__package__ = "here"

    assert module.__package__ == "here"
    assert not hasattr(types.ModuleType("other"), "_peer")
    assert not hasattr(module, "__path__")


def test_another_name_is_not_found_by_it(finder_of):
    finder, _ = finder_of()

    assert finder.find_spec("json") is None
    assert finder.find_spec("thing").loader is finder


def test_imported_anew_it_is_loaded_anew(finder_of):
    finder, peer = finder_of()
    first = load(finder)
    first.LIMIT = 9

    second = load(finder)

    assert second.LIMIT == 3
    assert peer.link.generation == 2


def test_a_module_of_another_import_starts_a_worker_of_its_own(finder_of):
    finder, peer = finder_of()
    load(finder)

    finder.exec_module(JailedModule("thing", peer, "thing.py"))

    assert peer.link.generation == 2


def test_a_solution_that_does_not_load_gives_placeholders(finder_of):
    finder, _ = finder_of("raise ValueError\n")

    module = load(finder)

    assert finder.load_cause.kind is CauseKind.NOT_LOADED
    assert module.anything is Placeholder
    assert not hasattr(module, "__wrapped__")


def test_a_placeholder_stands_wherever_a_name_of_a_solution_does():
    assert Placeholder.member is Placeholder
    assert Placeholder(1, key=2) is Placeholder
    assert list(Placeholder) == []
    assert not hasattr(Placeholder, "__wrapped__")
    assert issubclass(Placeholder, Exception)


def test_a_worker_that_ends_is_told_to_who_asks(module):
    vars(module)["_peer"].link.budget.spend(wall=1e9, cpu=0.0)

    with pytest.raises(Stopped, match="budget"):
        module.limit()


def test_a_module_is_empty_until_its_worker_has_loaded(finder_of):
    finder, peer = finder_of()
    peer.link.budget.spend(wall=1e9, cpu=0.0)

    module = finder.create_module(finder.find_spec("thing"))

    assert not hasattr(module, "LIMIT")


def test_a_seed_before_there_is_a_worker_is_the_tests_alone(finder_of):
    _, peer = finder_of()
    seed, state = random.__dict__["seed"], random.getstate()
    try:
        with mirrored(peer, SOURCE):
            random.seed(12)
            during = random.__dict__["seed"]
            drawn = random.random()
    finally:
        random.setstate(state)

    assert drawn == random.Random(12).random()
    assert peer.link.generation == 0
    assert during is not seed
    assert random.__dict__["seed"] is seed
    assert type(random) is types.ModuleType


def test_modules_are_left_alone_when_a_solution_does_not_draw(finder_of):
    _, peer = finder_of("")
    seed = random.__dict__["seed"]

    with mirrored(peer, "import json, os\n"):
        during, seed_during = type(sys.modules["json"]), random.__dict__["seed"]
        sys.modules["json"].__probe__ = 1
        sys.modules["json"].probe = 2
        del sys.modules["json"].__probe__, sys.modules["json"].probe

    assert during is not types.ModuleType
    assert seed_during is seed
    assert type(os) is type(sys.modules["json"]) is types.ModuleType


def test_a_module_of_the_same_name_steps_aside(finder_of, tmp_path):
    finder, _ = finder_of()
    other = sys.modules["thing"] = types.ModuleType("thing")

    with _importable(tmp_path, finder):
        during = "thing" in sys.modules

    assert not during
    assert sys.modules["thing"] is other


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(AttemptError, match=r'there is no file ".*thing.py"'):
        isolate(tmp_path / "thing_test.py", tmp_path / "thing.py")


def test_a_file_of_many_megabytes_is_not_read(tmp_path):
    solution = tmp_path / "thing.py"
    with solution.open("wb") as file:
        file.truncate(11 << 20)

    with pytest.raises(AttemptError, match="more than 10 MiB"):
        isolate(tmp_path / "thing_test.py", solution)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    solution = tmp_path / "thing.py"
    solution.touch()

    class Unreadable(type(solution)):
        def read_bytes(self):
            raise PermissionError(13, "Permission denied")

    with pytest.raises(AttemptError, match="cannot be read: Permission denied"):
        isolate(tmp_path / "thing_test.py", Unreadable(solution))
