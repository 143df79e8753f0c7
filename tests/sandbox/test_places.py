"""What a worker may read."""

import sys
import sysconfig
from pathlib import Path

import pytest

from graders.errors import CannotGrade
from graders.sandbox.places import package_path, readable

STDLIB = sysconfig.get_path("stdlib")


def test_the_standard_library_is_readable_but_not_what_is_installed_beside_it():
    places = readable([])

    assert f"{STDLIB}/json" in places
    assert f"{STDLIB}/site-packages" not in places
    assert f"{STDLIB}/ctypes" not in places
    assert STDLIB not in places
    assert len(set(places)) == len(places)


def test_a_forbidden_module_is_not_readable():
    open_, closed = set(readable([])), set(readable([], forbidden=["heapq", "json.decoder"]))

    assert open_ - closed == {
        path for path in open_ if Path(path).name.partition(".")[0] in ("heapq", "_heapq")
    }


def test_a_named_package_is_readable_with_its_libraries():
    import numpy

    home = Path(numpy.__file__).parent

    places = readable(["numpy"])

    assert {str(home), str(home.parent / "numpy.libs")} <= set(places)
    assert readable(["numpy"], forbidden=["numpy"]) == readable([], forbidden=["numpy"])


def test_a_single_file_is_a_package_too(tmp_path, monkeypatch):
    (tmp_path / "lone_file.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)

    assert str(tmp_path / "lone_file.py") in readable(["lone_file"])
    assert package_path(["lone_file", "lone_file"]) == [str(tmp_path)]


@pytest.mark.parametrize("name", ["nothing_like_it", "", "sys"])
def test_a_package_that_is_not_there_is_told_with_a_remedy(name):
    with pytest.raises(CannotGrade) as caught:
        readable([name]) if name != "sys" else package_path(["nothing.like.it"])

    assert caught.value.where == sys.executable
    assert caught.value.fix.startswith("python -m pip install ")


def test_a_library_folder_that_is_missing_is_passed_over(monkeypatch):
    monkeypatch.setattr(sysconfig, "get_path", lambda _: "/nowhere/at/all")
    monkeypatch.setattr(sysconfig, "get_config_var", lambda _: None)

    assert not any(place.startswith("/nowhere") for place in readable([]))
