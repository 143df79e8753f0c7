"""``kata dev new``, ``check`` and ``mutants``, as an author types them."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def author(desk):
    """Give a desk whose catalogue holds one scaffolded kata alone."""
    for folder in (desk.root / "katas").iterdir():
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        folder.rmdir()
    result = desk.run("dev", "new", "k_medians", "--section", "coding")
    assert result.exit_code == 0, result.output
    assert "Type next: kata dev check k_medians" in result.stdout
    return desk


def write_all(desk):
    for path in (desk.root / "katas").rglob("*"):
        if path.is_file() and path.name != "stub.py":
            path.write_text(path.read_text().replace("TODO: ", ""))


def test_an_author_from_scaffold_to_proof(author):
    first = author.run("dev", "check", "k_medians", "--seeds", "1", "--jobs", "1")

    assert first.exit_code == 1
    assert "problem: katas/k_medians/README.md: still says TODO\n  tip: " in first.stderr
    assert first.stderr.endswith("5 problems to mend\n")

    write_all(author)
    second = author.run("dev", "check", "--seeds", "1", "--jobs", "1", "--write")

    assert second.exit_code == 0
    assert "  k_medians                          9      3/3     0/0      1/1   proved" in (
        second.stdout
    )
    assert second.stderr.splitlines() == [
        "wrote katas/k_medians/hidden/signatures.json",
        "wrote docs/proof.json",
        "wrote docs/proof.html",
        "wrote docs/proof.svg",
        "wrote docs/messages.md",
    ]

    third = author.run("dev", "check", "k_medians", "--seeds", "1", "--json")
    document = json.loads(third.stdout)

    assert third.exit_code == 0
    assert document == json.loads((author.root / "docs/proof.json").read_text())
    assert document["schema"] == "kata-proof/1"
    (kata,) = document["katas"]
    assert kata["rows"][0]["cells"]["solves"] == "named"


def test_the_matrix_fits_on_a_screen(author):
    result = author.run("dev", "check", "k_medians", "--seeds", "1", "--jobs", "1")

    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "1 solves   2 errors   3 rules" in result.stdout
    rows = [line.split() for line in result.stdout.splitlines() if line.startswith("  wrong")]
    assert rows[0] == ["wrong", "forgets_to_square", "X", "-", "-"]


def test_mutants(author):
    write_all(author)

    result = author.run("dev", "mutants", "k_medians", "--most", "8", "--jobs", "1")

    assert result.exit_code == 0
    assert "mutants of with_a_loop are killed" in result.stdout
    assert "more were left out: --most " in result.stdout


def test_an_unknown_section_is_refused(desk):
    result = desk.run("dev", "new", "k_medians", "--section", "codign")

    assert result.exit_code == 2
    assert "'codign' is not one of" in result.stderr


def test_an_unknown_kata_is_refused(desk):
    result = desk.run("dev", "check", "k_meens")

    assert result.exit_code == 2
    assert "k_means" in result.stderr
