"""A small kata that is proved, to be broken in one place at a time."""

import shutil

import pytest

from graders.authoring.scaffolding import scaffold
from graders.catalogue import load_kata

TODO = "TODO: "


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """Give the folder of a scaffolded kata whose author has written every part."""
    catalogue = tmp_path_factory.mktemp("catalogue") / "katas"
    catalogue.mkdir()
    folder = scaffold(catalogue, "sum_squares", section="coding")
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "stub.py":
            path.write_text(path.read_text().replace(TODO, ""))
    return folder


@pytest.fixture
def folder(written, tmp_path):
    """Give a copy that a test may change."""
    copy = tmp_path / "katas" / "sum_squares"
    shutil.copytree(written, copy)
    return copy


@pytest.fixture
def kata(folder):
    return load_kata(folder)
