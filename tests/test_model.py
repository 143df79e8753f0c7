from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import pytest
from kata_folders import make_kata, make_rubric

from graders.errors import (
    AttemptError,
    CannotGrade,
    CatalogueError,
    GraderError,
    KataError,
    LedgerError,
    UsageError,
)
from graders.model.attempt import Attempt
from graders.model.limits import Limits
from graders.model.result import Cause, CauseKind


def attempt(**files: str) -> Attempt:
    return Attempt(slug="k_means", number=1, files=files, folder=Path())


def test_a_digest_follows_names_and_contents_only() -> None:
    here = Attempt(slug="k_means", number=1, files={"a": "1", "b": "2"}, folder=Path("here"))
    there = Attempt(slug="k_means", number=9, files={"b": "2", "a": "1"}, folder=Path("there"))

    assert here.digest == there.digest
    length = b"\0\0\0\0\0\0\0\1"
    framed = length + b"a" + length + b"1" + length + b"b" + length + b"2"
    assert here.digest == hashlib.sha256(framed).hexdigest()


@pytest.mark.parametrize(
    "other",
    [attempt(a="12", b=""), attempt(a1="", b="2"), attempt(a="1"), attempt(a="1", b="\ud800")],
    ids=["text moved on", "text moved into a name", "a file less", "a lone surrogate"],
)
def test_other_files_have_another_digest(other: Attempt) -> None:
    assert other.digest != attempt(a="1", b="2").digest


def test_a_rubric_finds_its_criteria_by_id() -> None:
    rubric = make_rubric(("basics", 60), ("scales", 40))

    assert rubric.named("scales").points == 40
    with pytest.raises(KeyError, match="speed"):
        rubric.named("speed")


@pytest.mark.parametrize("noun", [make_kata(), make_rubric(("a", 100)), Limits(), attempt()])
def test_nouns_do_not_change(noun: msgspec.Struct) -> None:
    field = msgspec.structs.fields(noun)[0].name

    with pytest.raises(AttributeError, match="immutable type"):
        setattr(noun, field, None)


def test_what_a_cause_does_not_know_is_left_out_of_the_report() -> None:
    cause = Cause(kind=CauseKind.RAISED, error="TypeError")

    assert msgspec.json.encode(cause) == b'{"kind":"raised","error":"TypeError"}'


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [
        (KataError, 2),
        (UsageError, 2),
        (AttemptError, 2),
        (LedgerError, 2),
        (CannotGrade, 3),
        (GraderError, 3),
    ],
)
def test_the_class_of_an_error_says_whose_turn_it_is(
    error: type[KataError], exit_code: int
) -> None:
    raised = error("is missing", where="kata.toml", fix="add it")

    assert str(raised) == "kata.toml: is missing"
    assert str(error("is missing")) == "is missing"
    assert (raised.what, raised.where, raised.fix) == ("is missing", "kata.toml", "add it")
    assert raised.exit_code == exit_code


def test_a_catalogues_error_counts_what_it_does_not_show() -> None:
    one, two = KataError("first", where="a", fix="do"), KataError("second", where="b")

    assert str(CatalogueError([one])) == "a: first"
    assert str(CatalogueError([one, two])) == "a: first (and 1 more)"
    assert CatalogueError([one, two]).fix == "do"
    assert CatalogueError([one, two]).problems == (one, two)
