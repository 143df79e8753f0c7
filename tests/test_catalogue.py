from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kata_folders import A_SLUG, KATA_TOML, RUBRIC_TOML, problems_of, write_kata

from graders.catalogue import Catalogue, kata_version, load_catalogue, load_kata
from graders.catalogue.fields import Place, Walk
from graders.errors import CatalogueError
from graders.model.kata import KataFile, Level, Section
from graders.model.rubric import Rubric

if TYPE_CHECKING:
    from pathlib import Path


def test_a_kata_is_loaded_with_all_that_its_files_say(tmp_path: Path) -> None:
    folder = write_kata(tmp_path / "katas")

    kata = load_kata(folder)

    assert (kata.slug, kata.folder) == ("k_means", folder)
    assert kata.about == KataFile(
        title="K-means",
        section=Section.CODING,
        level=Level.MEDIUM,
        minutes=30,
        topics=("clustering",),
        summary="Group points around means.",
    )
    assert [criterion.id for criterion in kata.rubric.criterion] == ["correct", "scales"]
    assert kata.version == kata_version(folder)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda data: b"\xef\xbb\xbf" + data, id="byte-order mark"),
        pytest.param(lambda data: data.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(
            lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"), id="both of them"
        ),
    ],
)
def test_files_from_windows_editors_are_accepted(tmp_path: Path, change) -> None:
    plain = load_kata(write_kata(tmp_path / "plain"))
    folder = write_kata(tmp_path / "katas")
    for name in ("kata.toml", "rubric.toml"):
        (folder / name).write_bytes(change((folder / name).read_bytes()))

    kata = load_kata(folder)

    assert (kata.about, kata.rubric) == (plain.about, plain.rubric)


def test_every_table_and_option_of_a_full_kata_is_accepted(tmp_path: Path) -> None:
    kata = """\
editable = ["solution.py", "design/capacity.py", "answer.md"]
packages = ["numpy"]
records = { ListNode = ["value", "next"] }

[limits]
call_cpu_seconds = 1
memory_mib = 512
threads = 2

[rules]
forbidden_imports = ["copy", "os.path"]
forbidden_names = ["numpy.linalg.lstsq"]
forbidden_methods = ["count"]
max_function_lines = 40
"""
    rubric = """\
pass_mark = 100

[[criterion]]
id = "memory"
title = "Lean"
kind = "complexity"
points = 30
situations = { large = "a large input" }
options = { method = "peak_memory", target = "n", size = 5000, limit_mib = 8 }

[[criterion]]
id = "compares"
title = "Compares little"
kind = "complexity"
points = 30
situations = { large = "a large input" }
options = { method = "comparisons", target = "n log k" }

[[criterion]]
id = "style"
title = "Plain"
kind = "static"
points = 20

[[criterion]]
id = "essay"
title = "Explained"
kind = "written"
points = 20
options = { headings = ["Trade-offs"] }
"""
    folder = write_kata(tmp_path / "katas", kata=KATA_TOML + kata, rubric=rubric)

    loaded = load_kata(folder)

    assert loaded.about.records == {"ListNode": ("value", "next")}
    assert loaded.about.limits.call_cpu_seconds == 1.0
    assert loaded.rubric.named("memory").options["limit_mib"] == 8
    with pytest.raises(KeyError, match="absent"):
        loaded.rubric.named("absent")


def test_a_catalogue_is_its_katas_by_slug(tmp_path: Path) -> None:
    root = tmp_path / "katas"
    for slug in ("valid_palindrome", "auc_roc", "k_means"):
        write_kata(root, slug)
    (root / "__pycache__").mkdir()
    (root / ".cache").mkdir()
    (root / "README.md").touch()

    catalogue = load_catalogue(root)

    assert isinstance(catalogue, Catalogue)
    assert list(catalogue) == ["auc_roc", "k_means", "valid_palindrome"]
    assert len(catalogue) == 3
    assert catalogue["k_means"].slug == "k_means"


def test_a_catalogue_need_not_be_called_katas(tmp_path: Path) -> None:
    root = tmp_path / "mine"
    (write_kata(root) / "stub.py").unlink()

    assert [where for _, where, _ in problems_of(root)] == ["mine/k_means/stub.py"]


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("kata.toml", "add it; kata dev schema says what it holds"),
        ("rubric.toml", "add it; kata dev schema says what it holds"),
        ("README.md", "write the task down in it"),
        ("stub.py", "add the file that a learner starts from"),
        ("hints.md", "add three hints, under ## Hint 1 to ## Hint 3"),
        ("test_sample.py", "add a few tests that the learner sees"),
        ("hidden", "add a folder with the hidden tests"),
    ],
)
def test_a_missing_part_is_named(tmp_path: Path, name: str, fix: str) -> None:
    folder = write_kata(tmp_path / "katas")
    part = folder / name
    shutil.rmtree(part) if part.is_dir() else part.unlink()

    assert problems_of(folder) == [("is missing", f"katas/k_means/{name}", fix)]


def test_a_file_that_is_not_utf8_is_told_with_the_byte(tmp_path: Path) -> None:
    folder = write_kata(tmp_path / "katas")
    (folder / "kata.toml").write_bytes(b'title = "K\xe4"')

    assert problems_of(folder) == [
        (
            "is not UTF-8: byte 0xe4 at offset 10",
            "katas/k_means/kata.toml",
            "save it as UTF-8",
        )
    ]


def test_a_folder_for_a_file_is_told(tmp_path: Path) -> None:
    folder = write_kata(tmp_path / "katas")
    (folder / "kata.toml").unlink()
    (folder / "kata.toml").mkdir()

    assert problems_of(folder) == [
        (
            "cannot be read: Is a directory",
            "katas/k_means/kata.toml",
            "make it a file that you may read",
        )
    ]


def test_a_folder_that_is_not_snake_case_is_told(tmp_path: Path) -> None:
    folder = write_kata(tmp_path / "katas", "K-Means")

    assert problems_of(folder) == [("the folder's name is not snake_case", "katas/K-Means", A_SLUG)]


def test_a_kata_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_kata(tmp_path / "katas" / "k_means")

    assert str(caught.value) == "katas/k_means: there is no such kata"
    assert caught.value.fix == "see them all: kata list"


def test_a_catalogue_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "katas") == [
        ("there is no such folder", "katas", "name a folder of katas with --katas DIR")
    ]


def test_all_problems_of_all_files_of_all_katas_come_at_once(tmp_path: Path) -> None:
    root = tmp_path / "katas"
    write_kata(root, "auc_roc", kata=KATA_TOML.replace("30", "3"))
    broken = write_kata(
        root,
        "k_means",
        kata=KATA_TOML.replace("title", "titel"),
        rubric=RUBRIC_TOML.replace("points = 40", "points = 4").replace("80", "0"),
    )
    (broken / "stub.py").unlink()

    with pytest.raises(CatalogueError) as caught:
        load_catalogue(root)

    assert [str(problem) for problem in caught.value.problems] == [
        "katas/auc_roc/kata.toml: minutes is 3",
        'katas/k_means/kata.toml: unknown key "titel"',
        'katas/k_means/kata.toml: missing key "title"',
        "katas/k_means/rubric.toml: pass_mark is 0",
        "katas/k_means/rubric.toml: points sum to 64, not 100",
        "katas/k_means/stub.py: is missing",
    ]
    assert str(caught.value) == "katas/auc_roc/kata.toml: minutes is 3 (and 5 more)"


def test_katas_may_require_only_katas(tmp_path: Path) -> None:
    root = tmp_path / "katas"
    write_kata(root, "auc_roc")
    write_kata(root, "broken", kata="")
    write_kata(
        root, "k_means", kata='requires = ["auc_rok", "zzz", "auc_roc", "broken"]\n' + KATA_TOML
    )

    found = [problem for problem in problems_of(root) if "requires" in problem[0]]

    where = "katas/k_means/kata.toml"
    assert found == [
        ('requires "auc_rok", which is no kata', where, 'did you mean "auc_roc"?'),
        ('requires "zzz", which is no kata', where, "see them all: kata list"),
    ]


def test_circles_of_katas_are_named_one_by_one(tmp_path: Path) -> None:
    root = tmp_path / "katas"
    circle = {"a": "c", "b": "a", "c": "b", "d": "e", "e": "d", "f": "a", "g": "g"}
    for slug, other in circle.items():
        write_kata(root, slug, kata=f'requires = ["{other}"]\n' + KATA_TOML)

    assert problems_of(root) == [
        (f"katas require each other in a circle: {path}", f"katas/{first}/kata.toml", fix)
        for path, first, fix in [
            ("a -> c -> b -> a", "a", "break the circle"),
            ("d -> e -> d", "d", "break the circle"),
            ("g -> g", "g", "break the circle"),
        ]
    ]


toml_values = st.recursive(
    st.one_of(
        st.booleans(), st.integers(-5, 120), st.floats(), st.sampled_from(["", "tests", "x"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["id", "title", "points", "memory_mib"]), inner),
    ),
    max_leaves=5,
)
good_criterion = {"id": "a", "title": "A", "kind": "tests", "points": 100}
good = {
    KataFile: {
        "title": "T", "section": "coding", "level": "easy", "minutes": 5, "topics": [],
        "limits": {"threads": 1}, "records": {"Node": ["next"]},
    },
    Rubric: {"pass_mark": 80, "criterion": [good_criterion, good_criterion]},
}  # fmt: skip


@settings(max_examples=300)
@given(st.sampled_from([KataFile, Rubric]), st.data())
def test_the_walk_finds_a_problem_exactly_where_the_model_refuses(kind, data) -> None:
    raw = msgspec.json.decode(msgspec.json.encode(good[kind]))
    table = data.draw(
        st.sampled_from([raw, *raw.get("criterion", ()), *filter(None, [raw.get("limits")])])
    )
    names = [field.name for field in msgspec.structs.fields(kind)]
    key = data.draw(st.sampled_from([*table, *names]))
    table[key] = data.draw(toml_values)
    walk = Walk()

    walk.table(raw, kind, Place())

    try:
        msgspec.convert(raw, kind)
    except msgspec.ValidationError:
        assert walk.problems
    else:
        assert not walk.problems
