"""A class's repository on disk, with the branch that its scores go to."""

import os
import subprocess

import pytest


@pytest.fixture
def bare(tmp_path):
    """Give an empty bare repository that leaves contents out when asked to."""
    folder = tmp_path / "class.git"
    subprocess.run(["git", "init", "-q", "--bare", "--template=", folder], check=True)
    with (folder / "config").open("a") as config:
        config.write("[uploadpack]\n\tallowFilter = true\n")  # as GitHub does
    return folder


@pytest.fixture(autouse=True)
def a_clean_runner(monkeypatch):
    """Take the settings of the machine that runs the tests away."""
    for name in list(os.environ):
        if name.startswith(("KATA_", "GITHUB_", "GIT_")):
            monkeypatch.delenv(name)
