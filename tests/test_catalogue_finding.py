from __future__ import annotations

from pathlib import Path

import pytest
from kata_folders import write_kata

import graders.catalogue
from graders.catalogue import find_root, grader_version, kata_version, resolve_slug, schema
from graders.catalogue.schemas import SCHEMAS
from graders.errors import UsageError

DOCS = Path(__file__).parent.parent / "docs" / "schema"


def change_nothing_graded(folder: Path) -> None:
    for name in ("README.md", "hints.md", "hidden/editorial.md", "hidden/signatures.json"):
        (folder / name).write_text("changed", encoding="utf-8")
    for name in ("reference", "wrong", "slow", "__pycache__"):
        (folder / "hidden" / name).mkdir()
        (folder / "hidden" / name / "a.py").write_text("changed", encoding="utf-8")
    (folder / "hidden" / "old.pyc").write_bytes(b"")


@pytest.mark.parametrize(
    "name",
    ["kata.toml", "rubric.toml", "stub.py", "test_sample.py", "hidden/test_k_means.py", "new.py"],
)
def test_a_katas_version_follows_its_graded_files(tmp_path: Path, name: str) -> None:
    folder = write_kata(tmp_path)
    before = kata_version(folder)

    change_nothing_graded(folder)
    unchanged = kata_version(folder)
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write("\n")

    assert unchanged == before
    assert kata_version(folder) != before
    assert len(before) == 64


def test_a_version_tells_names_from_contents(tmp_path: Path) -> None:
    for folder, name, text in (("one", "ab", "c"), ("two", "a", "bc")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, encoding="utf-8")

    assert kata_version(tmp_path / "one") != kata_version(tmp_path / "two")


def test_the_graders_version_follows_its_python_files(tmp_path: Path) -> None:
    package = tmp_path / "graders" / "checks"
    package.mkdir(parents=True)
    (package / "tests.py").touch()
    before = grader_version(tmp_path)

    (package / "notes.md").touch()
    unchanged = grader_version(tmp_path)
    (package / "static.py").touch()

    assert unchanged == before
    assert grader_version(tmp_path) != before


def test_the_root_is_the_nearest_whole_repository(tmp_path: Path) -> None:
    inner = tmp_path / "repo" / "attempts" / "katas" / "k_means"
    inner.mkdir(parents=True)
    (tmp_path / "repo" / "katas").mkdir()
    (tmp_path / "repo" / "pyproject.toml").touch()

    assert find_root(inner) == tmp_path / "repo"


def test_a_bare_folder_with_katas_is_a_root_too(tmp_path: Path) -> None:
    (tmp_path / "katas" / "k_means").mkdir(parents=True)

    assert find_root(tmp_path / "katas" / "k_means") == tmp_path


def test_no_repository_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        find_root(tmp_path)

    assert caught.value.what == "no kata repository here or in any folder above"
    assert caught.value.fix == (
        "change into your copy of the repository, or name a catalogue with --katas DIR"
    )


SLUGS = ["reverse_linked_list", "recommender_system", "recurrent_network", "k_means"]


@pytest.mark.parametrize(
    ("word", "slug"),
    [
        pytest.param("k_means", "k_means", id="the slug itself"),
        pytest.param("rev", "reverse_linked_list", id="a prefix of one"),
        pytest.param("K-Means", "k_means", id="hyphens and capitals"),
        pytest.param(" k ", "k_means", id="spaces around"),
    ],
)
def test_a_word_means_a_kata(word: str, slug: str) -> None:
    assert resolve_slug(word, SLUGS) == slug


def test_a_slug_that_begins_another_means_itself() -> None:
    assert resolve_slug("k_means", ["k_means", "k_means_plus"]) == "k_means"


@pytest.mark.parametrize(
    ("word", "slugs", "what", "fix"),
    [
        pytest.param(
            "rec", SLUGS, '"rec" is ambiguous: recommender_system, recurrent_network',
            "type a few letters more", id="a prefix of two",
        ),
        pytest.param(
            "a", [f"a{n}" for n in range(9)], '"a" is ambiguous: a0, a1, a2, a3, a4, a5 and 3 more',
            "type a few letters more", id="a prefix of many",
        ),
        pytest.param(
            "kmeans", SLUGS, 'there is no kata "kmeans"', 'did you mean "k_means"?', id="a slip",
        ),
        pytest.param(
            "sorting", SLUGS, 'there is no kata "sorting"', "see them all: kata list",
            id="a word like none",
        ),
        pytest.param("", SLUGS, 'there is no kata ""', "see them all: kata list", id="nothing"),
    ],
)  # fmt: skip
def test_a_word_that_means_no_kata_is_told(
    word: str, slugs: list[str], what: str, fix: str
) -> None:
    with pytest.raises(UsageError) as caught:
        resolve_slug(word, slugs)

    assert (caught.value.what, caught.value.fix) == (what, fix)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_in_the_repository_is_current(name: str) -> None:
    file = SCHEMAS[name][0]

    assert (DOCS / file).read_bytes() == schema(name), (
        f"run: kata dev schema {name} > docs/schema/{file}"
    )


def test_an_unknown_schema_is_told() -> None:
    with pytest.raises(UsageError) as caught:
        schema("attempt")

    assert caught.value.what == 'there is no schema "attempt"'
    assert caught.value.fix == "one of: kata, rubric, report"


def test_the_face_offers_what_it_lists() -> None:
    for name in graders.catalogue.__all__:
        assert getattr(graders.catalogue, name).__name__ == name
    with pytest.raises(AttributeError, match="has no attribute 'katas'"):
        _ = graders.catalogue.katas
