from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from kata_folders import KATA_TOML, write_kata

from graders.catalogue import Entry, index
from graders.errors import CatalogueError

K_MEANS = Entry(
    slug="k_means",
    title="K-means",
    section="coding",
    level="medium",
    minutes=30,
    topics=("clustering",),
    summary="Group points around means.",
    pass_mark=80,
    requires=(),
    problem="",
)
HEAVY = {"msgspec", "dataclasses", "tomllib", "inspect", "pathlib", "graders.catalogue.loading"}


@pytest.fixture
def katas(tmp_path: Path) -> Path:
    root = tmp_path / "katas"
    write_kata(root, "k_means")
    write_kata(root, "auc_roc", kata='requires = ["k_means"]\n' + KATA_TOML)
    return root


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / ".kata" / "index.json"


def test_the_index_has_an_entry_for_each_kata_by_slug(katas: Path) -> None:
    assert index(katas) == [K_MEANS._replace(slug="auc_roc", requires=("k_means",)), K_MEANS]


def test_a_kata_that_does_not_load_is_listed_with_its_problem(katas: Path) -> None:
    (katas / "k_means" / "rubric.toml").unlink()
    (katas / "k_means" / "stub.py").unlink()

    entries = index(katas)

    assert entries[1] == Entry(
        slug="k_means",
        title="k_means",
        section="",
        level="",
        minutes=0,
        topics=(),
        summary="",
        pass_mark=0,
        requires=(),
        problem="katas/k_means/rubric.toml: is missing (and 1 more)",
    )


def test_the_cache_gives_the_same_entries(katas: Path, cache: Path) -> None:
    (katas / "auc_roc" / "kata.toml").unlink()

    first, second = index(katas, cache), index(katas, cache)

    assert first == second == index(katas)
    assert list(cache.parent.iterdir()) == [cache]


def test_a_warm_index_loads_nothing_heavy(katas: Path, cache: Path) -> None:
    index(katas, cache)
    program = (
        "import sys\n"
        "class At:\n"
        "    def __init__(self, path): self.path = path; self.parent = None\n"
        "    def __fspath__(self): return self.path\n"
        "from graders.catalogue import index\n"
        f"entries = index(At({str(katas)!r}), At({str(cache)!r}))\n"
        "print([entry.slug for entry in entries], *sys.modules, sep='\\n')\n"
    )

    done = subprocess.run(
        [sys.executable, "-S", "-c", program],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(Path(__file__).parent.parent)},
    )

    entries, *modules = done.stdout.splitlines()
    assert entries == "['auc_roc', 'k_means']"
    assert HEAVY.isdisjoint(modules)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("kata.toml", KATA_TOML.replace("30", "45"), id="kata.toml"),
        pytest.param("rubric.toml", "pass_mark = 1", id="rubric.toml"),
    ],
)
def test_a_changed_file_is_read_again(katas: Path, cache: Path, name: str, text: str) -> None:
    index(katas, cache)
    (katas / "k_means" / name).write_text(text, encoding="utf-8")
    os.utime(katas / "k_means" / name, ns=(1, 1))

    assert index(katas, cache) == index(katas) != [K_MEANS]


def test_new_and_removed_files_and_katas_are_noticed(katas: Path, cache: Path) -> None:
    index(katas, cache)
    (katas / "k_means" / "stub.py").unlink()
    os.utime(katas / "k_means", ns=(1, 1))
    lost = index(katas, cache)
    write_kata(katas, "valid_palindrome")
    (katas / "auc_roc").rename(katas / "_auc_roc")
    renamed = index(katas, cache)

    assert lost[1].problem == "katas/k_means/stub.py: is missing"
    assert [entry.slug for entry in renamed] == ["k_means", "valid_palindrome"]
    assert list(json.loads(cache.read_text())["katas"]) == ["k_means", "valid_palindrome"]


def test_a_removed_kata_leaves_the_cache(katas: Path, cache: Path) -> None:
    index(katas, cache)
    (katas / "auc_roc").rename(katas / "_auc_roc")

    index(katas, cache)

    assert list(json.loads(cache.read_text())["katas"]) == ["k_means"]


def test_another_catalogue_is_not_taken_from_the_cache(katas: Path, cache: Path) -> None:
    other = katas.parent / "other"
    write_kata(other, "k_means", kata=KATA_TOML.replace("K-means", "Another"))
    index(katas, cache)

    assert [entry.title for entry in index(other, cache)] == ["Another"]


def row(**changes: object) -> list[object]:
    return [*{**K_MEANS._asdict(), **changes}.values()]


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda held: None, id="null"),
        pytest.param(lambda held: [], id="a list"),
        pytest.param(lambda held: held | {"schema": "kata-index/0"}, id="another format"),
        pytest.param(lambda held: held | {"source": 0}, id="another grader"),
        pytest.param(lambda held: held | {"katas": []}, id="no katas"),
        pytest.param(lambda held: held | {"katas": {"k_means": 7}}, id="a number for a kata"),
        pytest.param(lambda held: held | {"katas": {"k_means": [[], []]}}, id="an empty row"),
        pytest.param(lambda held: held | {"katas": {"k_means": [[]]}}, id="half a pair"),
        *(
            pytest.param(
                lambda held, change=change: (
                    held | {"katas": held["katas"] | {"k_means": [[1], row(**change)]}}
                ),
                id=f"a wrong {next(iter(change))}",
            )
            for change in ({"minutes": "30"}, {"topics": [7]}, {"requires": "k_means"})
        ),
    ],
)
def test_a_corrupt_cache_is_ignored_and_mended(katas: Path, cache: Path, spoil) -> None:
    expected = index(katas, cache)
    sound = json.loads(cache.read_text())
    cache.write_text(json.dumps(spoil(sound)))

    assert index(katas, cache) == expected
    assert json.loads(cache.read_text()) == sound


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff", b"[" * 100_000], ids=["empty", "cut off", "no UTF-8", "deep"]
)
def test_a_cache_that_is_no_json_is_ignored(katas: Path, cache: Path, data: bytes) -> None:
    cache.parent.mkdir()
    cache.write_bytes(data)

    assert index(katas, cache) == index(katas)
    assert json.loads(cache.read_text())["schema"] == "kata-index/1"


def test_a_cache_that_cannot_be_written_is_ignored(katas: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()

    below_a_file = index(katas, tmp_path / "file" / "index.json")
    in_place_of_a_folder = index(katas, tmp_path / "folder")

    assert below_a_file == in_place_of_a_folder == index(katas)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder", "katas"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        index(tmp_path / "katas")

    assert str(caught.value) == "katas: there is no such folder"
    assert caught.value.fix == "name a folder of katas with --katas DIR"
