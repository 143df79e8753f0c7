"""``kata dev seal`` and ``kata dev unseal``, as an author types them."""

import shutil

import pyrage
import pytest

from graders.commands.sealing import seal_command, unseal_command


@pytest.fixture
def author(desk, monkeypatch):
    """Give a desk of two katas with a class's key."""
    for name in ("KATA_AGE_KEY", "KATA_AGE_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    made = desk.run("dev", "seal", "k_means", "--new-key", "class.key")
    assert made.exit_code == 0, made.output
    assert made.stdout.splitlines()[1:] == [
        "Keep class.key to yourself, and never commit it.",
        "k_means: sealed",
    ]
    monkeypatch.setenv("KATA_AGE_KEY_FILE", str(desk.root / "class.key"))
    return desk


def is_open(desk, slug):
    return (desk.root / "katas" / slug / "hidden").is_dir()


def test_an_author_seals_all_and_opens_one(author):
    sealing = author.run("dev", "seal")
    opening = author.run("dev", "unseal", "k_m")

    assert (sealing.exit_code, opening.exit_code) == (0, 0)
    assert sealing.stdout == "k_means: unchanged\nnearest_neighbors: sealed\n"
    assert opening.stdout == "k_means: open\n"
    assert "Do not commit an open hidden/" in opening.stderr
    assert is_open(author, "k_means")
    assert not is_open(author, "nearest_neighbors")


def test_an_author_rotates_the_key(author):
    (author.root / "katas" / ".age-recipients").unlink()

    result = author.run("dev", "seal", "k_means", "--new-key", "next.key")
    old = author.run("dev", "unseal", "k_means")
    new = author.run("dev", "unseal", "k_means", env={"KATA_AGE_KEY_FILE": "next.key"})

    assert "k_means: sealed again, to other keys\n" in result.stdout
    assert old.exit_code == 2
    assert old.stderr.splitlines()[0] == (
        "error: katas/k_means/hidden.age: is sealed to another key than yours"
    )
    assert new.stdout == "k_means: open\n"


def test_one_that_cannot_be_sealed_stops_no_other(author):
    shutil.rmtree(author.root / "katas" / "nearest_neighbors" / "hidden")

    result = author.run("dev", "seal", "nearest", "k_means")

    assert result.exit_code == 2
    assert result.stdout == "k_means: unchanged\n"
    assert result.stderr.splitlines() == [
        "error: katas/nearest_neighbors: there is nothing to seal",
        "tip: name a kata that has a hidden/",
    ]


def test_a_recipient_may_be_typed(author):
    other = pyrage.x25519.Identity.generate()

    result = author.run("dev", "seal", "nearest", "--to", str(other.to_public()), "--keep")

    assert result.stdout == "nearest_neighbors: sealed\n"
    assert is_open(author, "nearest_neighbors")


def test_without_recipients_it_says_how_to_name_one(author):
    (author.root / "katas" / ".age-recipients").unlink()

    result = author.run("dev", "seal", "nearest")

    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "error: katas/.age-recipients: there is no recipient to seal to",
        "tip: name one with --to age1..., or one a line in .age-recipients",
    ]
    assert is_open(author, "nearest_neighbors")


def test_without_the_key_nothing_is_opened(author, monkeypatch):
    monkeypatch.delenv("KATA_AGE_KEY_FILE")

    result = author.run("dev", "unseal")

    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "error: there is no key to open it with",
        "tip: set KATA_AGE_KEY_FILE to the file that holds the key",
    ]


def test_a_folder_that_cannot_be_written_is_told(author):
    (author.root / "katas" / "nearest_neighbors" / "hidden.age").mkdir()

    result = author.run("dev", "seal", "nearest")

    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "error: katas/nearest_neighbors: cannot be read or written: Is a directory",
        "tip: look at its rights, and the room left",
    ]
    assert is_open(author, "nearest_neighbors")


def test_an_open_catalogue_holds_nothing_to_open(author):
    author.run("dev", "unseal")

    result = author.run("dev", "unseal")

    assert (result.exit_code, result.stdout) == (0, "There is none to work on.\n")


def test_no_option_takes_a_secret():
    options = {
        name
        for command in (seal_command, unseal_command)
        for p in command.params
        for name in p.opts
    }

    assert options - {"words"} <= {
        *("--to", "--keep", "--already-public", "--new-key"),
        *("--katas", "--color", "--verbose"),
    }
