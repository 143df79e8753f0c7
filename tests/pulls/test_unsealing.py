"""The step that holds the key: it opens what a pull request needs, in a folder of the job."""

import shutil
import stat

import msgspec
import pyrage
import pytest

from graders.catalogue import load_kata
from graders.errors import CannotGrade
from graders.model.submission import Fetched, Pull, Submission
from graders.pulls.fetching import FETCHED
from graders.pulls.unsealing import discard, kata_folder, unseal
from graders.sealing import Recipients, read_key, seal
from tests.kata_folders import write_kata

IDENTITY = pyrage.x25519.Identity.generate()
SECRET = str(IDENTITY)
PULL = Pull(repository="a/b", number=7, head_sha="a" * 40, base_ref="main", user_id=1, login="ada")


@pytest.fixture
def catalogue(tmp_path):
    """Give katas of main: one open, two sealed."""
    recipients = Recipients([str(IDENTITY.to_public())], where="--to")
    for slug in ("open_kata", "one_sealed", "other_sealed"):
        folder = write_kata(tmp_path / "katas", slug)
        if slug != "open_kata":
            seal(folder, recipients, key=read_key({"KATA_AGE_KEY": SECRET}))
    return tmp_path / "katas"


@pytest.fixture
def work(tmp_path):
    """Give a function that writes what was fetched, and gives the job's folder."""

    def work(*slugs):
        folder = tmp_path / "work"
        folder.mkdir(exist_ok=True)
        found = tuple(Submission(slug=slug, attempt=1, files={}) for slug in slugs)
        fetched = Fetched(pull=PULL, submissions=found)
        (folder / FETCHED).write_bytes(msgspec.json.encode(fetched))
        return folder

    return work


def test_only_what_is_needed_is_opened(catalogue, work, monkeypatch):
    monkeypatch.setenv("KATA_AGE_KEY", SECRET)
    folder = work("open_kata", "one_sealed")

    assert unseal(folder, catalogue) == ["one_sealed"]

    assert kata_folder(folder, catalogue, "open_kata") == catalogue / "open_kata"
    assert kata_folder(folder, catalogue, "other_sealed") == catalogue / "other_sealed"
    plain = load_kata(kata_folder(folder, catalogue, "one_sealed"))
    assert plain.folder == folder / "unsealed" / "one_sealed"
    assert plain.version == load_kata(catalogue / "one_sealed").version
    assert not plain.is_sealed
    assert stat.S_IMODE((folder / "unsealed").stat().st_mode) == 0o700
    assert not (catalogue / "one_sealed" / "hidden").exists()


def test_nothing_is_left_when_it_is_discarded(catalogue, work, monkeypatch):
    monkeypatch.setenv("KATA_AGE_KEY", SECRET)
    folder = work("one_sealed")
    unseal(folder, catalogue)

    discard(folder)
    discard(folder)

    assert [path.name for path in folder.iterdir()] == [FETCHED]


def test_what_an_earlier_push_opened_is_made_anew(catalogue, work, monkeypatch):
    monkeypatch.setenv("KATA_AGE_KEY", SECRET)
    unseal(work("one_sealed"), catalogue)

    opened = unseal(work("other_sealed"), catalogue)

    assert opened == ["other_sealed"]
    assert [path.name for path in (work("other_sealed") / "unsealed").iterdir()] == opened


def test_an_open_catalogue_needs_no_key(catalogue, work):
    folder = work("open_kata")

    assert unseal(folder, catalogue) == []
    assert not (folder / "unsealed").exists()


def test_without_the_key_it_says_what_the_owner_has_to_do(catalogue, work):
    folder = work("one_sealed")

    with pytest.raises(CannotGrade) as caught:
        unseal(folder, catalogue)

    assert str(caught.value) == "KATA_AGE_KEY: one_sealed is sealed, and there is no key"
    assert caught.value.fix == (
        "give the environment that grades pull requests the secret KATA_AGE_KEY"
    )
    assert not (folder / "unsealed").exists()


def test_one_that_does_not_open_leaves_nothing_open(catalogue, work, monkeypatch):
    monkeypatch.setenv("KATA_AGE_KEY", SECRET)
    shutil.copy(catalogue / "one_sealed" / "kata.toml", catalogue / "other_sealed" / "hidden.age")
    folder = work("one_sealed", "other_sealed")

    with pytest.raises(CannotGrade, match="is damaged, or no file"):
        unseal(folder, catalogue)

    assert not (folder / "unsealed").exists()


def test_a_slug_that_main_does_not_know_is_passed_over(catalogue, work, monkeypatch):
    monkeypatch.setenv("KATA_AGE_KEY", SECRET)

    assert unseal(work("no_kata"), catalogue) == []
