"""``new``, ``next``, ``open``, ``reset``, ``hint``, ``explain``, ``solution``."""

from __future__ import annotations

import os
import sys

import pytest

from graders.commands.session import Doors
from tests.commands.test_listing import graded
from tests.kata_folders import RUBRIC_TOML, STUB, write_kata

NEW = """\
K-means: attempt 001, about 30 minutes
  edit   attempts/k_means/001/solution.py
  read   kata show k_means
  then   kata test, and kata grade
"""


def test_new_starts_an_attempt_and_says_what_to_do(desk) -> None:
    result = desk.run("new", "k-m")

    assert result.stdout == NEW
    assert desk.solution().read_text() == STUB


def test_new_never_touches_an_older_attempt(desk) -> None:
    desk.run("new", "k_means")
    desk.solution().write_text("mine")

    found = desk.document("new", "k_means", "--json")

    assert found == {
        "schema": "kata-new/1",
        "slug": "k_means",
        "attempt": 2,
        "folder": "attempts/k_means/002",
        "files": ["solution.py"],
    }
    assert desk.solution().read_text() == "mine"


def test_with_json_people_read_stderr(desk) -> None:
    result = desk.run("new", "k_means", "--json")

    assert result.stderr == NEW
    assert result.stdout.startswith('{\n  "schema": "kata-new/1",\n')


def test_next_starts_what_is_new(desk) -> None:
    found = desk.document("next", "--json")

    assert found == {
        "schema": "kata-next/1",
        "slug": "k_means",
        "attempt": 1,
        "folder": "attempts/k_means/001",
        "files": ["solution.py"],
        "started": True,
        "reason": "next",
    }


def test_next_names_what_is_under_way_and_makes_no_other(desk) -> None:
    desk.run("new", "k_means")

    result = desk.run("next")
    found = desk.document("next", "--json")

    assert result.stdout == (
        "You are in the middle of k_means, attempt 001.\n"
        "Type next: kata open, then kata test or kata grade\n"
    )
    assert (found["attempt"], found["started"], found["reason"]) == (1, False, "under way")
    assert not desk.solution(number=2).exists()


def test_next_starts_what_is_due(desk) -> None:
    graded(desk, "nearest_neighbors", 90, days_ago=30)

    found = desk.document("next", "--json")

    assert (found["slug"], found["started"], found["reason"]) == ("nearest_neighbors", True, "due")


def test_next_starts_afresh_when_a_graded_attempt_is_gone(desk) -> None:
    graded(desk, "k_means", 40)

    assert desk.document("next", "--json")["attempt"] == 1


def test_next_has_nothing_when_all_is_passed(desk) -> None:
    graded(desk, "k_means", 90)
    graded(desk, "nearest_neighbors", 90)

    result = desk.run("next")

    assert result.stdout == "Every kata is passed, and none is due yet.\n"
    assert desk.document("next", "--json") == {
        "schema": "kata-next/1",
        "slug": None,
        "started": False,
        "reason": "nothing is due",
    }


@pytest.mark.parametrize(
    ("environment", "editor"),
    [
        ({"VISUAL": "code --wait", "EDITOR": "nano"}, ["code", "--wait"]),
        ({"EDITOR": "'/opt/my editor'"}, ["/opt/my editor"]),
    ],
    ids=["visual_first", "quoted"],
)
def test_open_runs_the_editor_on_the_editable_files(desk, environment, editor) -> None:
    desk.run("new", "k_means")

    result = desk.run("open", env=environment)

    assert result.exit_code == 0
    assert desk.doors.asked == [("edit", [*editor, str(desk.solution())])]


def test_open_without_an_editor_says_how_to_set_one(desk) -> None:
    desk.run("new", "k_means")

    result = desk.run("open")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: neither VISUAL nor EDITOR is set\n"
        "tip: set one, as in export EDITOR=nano, or open attempts/k_means/001/solution.py "
        "yourself\n"
    )


def test_an_editor_that_does_not_start_is_told_of(desk) -> None:
    desk.run("new", "k_means")
    desk.doors.error = FileNotFoundError("no such file")

    result = desk.run("open", env={"EDITOR": "noeditor"})
    quoted = desk.run("open", env={"EDITOR": "'half"})

    assert result.exit_code == 2
    assert result.stderr == (
        'error: the editor "noeditor" does not start\n'
        "tip: set VISUAL or EDITOR to a command that opens a file\n"
    )
    assert 'error: the editor "\'half" does not start\n' in quoted.stderr


def test_an_editor_that_fails_is_told_of(desk) -> None:
    desk.run("new", "k_means")
    desk.doors.editor_code = 7

    result = desk.run("open", env={"EDITOR": "vi"})

    assert result.stderr == 'error: the editor "vi" ended with 7\ntip: try it by itself\n'
    assert result.exit_code == 2


def test_the_real_door_runs_an_editor() -> None:
    assert Doors().edit([sys.executable, "-c", "raise SystemExit(5)"]) == 5


def test_reset_asks_puts_the_stub_back_and_keeps_the_file(desk) -> None:
    desk.run("new", "k_means")
    desk.solution().write_text("mine")

    result = desk.run("reset", answers="y\n")

    kept = desk.solution().with_name("solution.py.1.bak")
    assert result.stderr == (
        "Put the stub back in k_means, attempt 001? Your file is kept. [y/N]: y\n"
    )
    assert result.stdout.endswith(
        "The stub is back; your file is now attempts/k_means/001/solution.py.1.bak\n"
    )
    assert (desk.solution().read_text(), kept.read_text()) == (STUB, "mine")


@pytest.mark.parametrize("answers", ["n\n", "\n"], ids=["no", "enter"])
def test_reset_changes_nothing_without_a_yes(desk, answers: str) -> None:
    desk.run("new", "k_means")
    desk.solution().write_text("mine")

    result = desk.run("reset", answers=answers)

    assert result.stdout.endswith("Nothing was changed.\n")
    assert result.exit_code == 0
    assert desk.solution().read_text() == "mine"


def test_reset_without_anybody_to_ask_changes_nothing(desk) -> None:
    desk.run("new", "k_means")
    desk.solution().write_text("mine")

    result = desk.run("reset")

    assert result.exit_code == 130
    assert desk.solution().read_text() == "mine"


def test_reset_with_yes_does_not_ask(desk) -> None:
    desk.run("new", "k_means")

    found = desk.document("reset", "--yes", "--json")

    assert found == {
        "schema": "kata-reset/1",
        "slug": "k_means",
        "attempt": 1,
        "copy": "attempts/k_means/001/solution.py.1.bak",
    }


def test_reset_of_a_lost_file_keeps_nothing(desk) -> None:
    desk.run("new", "k_means")
    desk.solution().unlink()

    result = desk.run("reset", "--yes")

    assert result.stdout == "The stub is back; there was no file to keep.\n"
    assert desk.solution().read_text() == STUB


def test_hints_are_revealed_one_by_one_and_the_last_stays(desk) -> None:
    desk.run("new", "k_means")

    shown = [desk.run("hint").stdout for _ in range(4)]

    assert shown == [
        "Hint 1 of 3 for k_means\n\nWhat is the mean of a group?\n",
        "Hint 2 of 3 for k_means\n\nWhich mean is nearest?\n",
        "Hint 3 of 3 for k_means\n\nRepeat until nothing moves.\n",
        "Hint 3 of 3 for k_means\n\nRepeat until nothing moves.\n",
    ]


def test_a_hint_as_json(desk) -> None:
    desk.run("new", "k_means")

    assert desk.document("hint", "--json") == {
        "schema": "kata-hint/1",
        "slug": "k_means",
        "attempt": 1,
        "hint": 1,
        "hints": 3,
        "text": "What is the mean of a group?",
    }


EXPLAINED = RUBRIC_TOML.replace(
    'id = "scales"',
    'explain = """\nTwice the points,\ntwice the time.\n\nNo more."""\nid = "scales"',
)


def test_explain_says_what_a_criterion_asks_for(desk) -> None:
    write_kata(desk.root / "katas", "told", rubric=EXPLAINED)

    result = desk.run("explain", "sc", "told")

    assert result.stdout == (
        "Scales linearly: 40 points of told\n"
        "\n"
        "Twice the points, twice the time.\n"
        "\n"
        "No more.\n"
        "\n"
        "The kinds of situation that count, with equal shares:\n"
        "  - more and more points\n"
        "\n"
        "It counts once these pass: correct\n"
    )


def test_explain_does_with_what_the_author_wrote(desk) -> None:
    rules = RUBRIC_TOML.replace('kind = "complexity"', 'kind = "static"').split(
        "situations = { gr"
    )[0]
    write_kata(desk.root / "katas", "short", rubric=rules)

    assert desk.run("explain", "scales", "short").stdout == (
        "Scales linearly: 40 points of short\n\nIt counts once these pass: correct\n"
    )


def test_explain_as_json_leaves_the_check_s_options_out(desk) -> None:
    desk.run("new", "k_means")

    found = desk.document("explain", "correct", "--json")

    assert found == {
        "schema": "kata-explain/1",
        "slug": "k_means",
        "criterion": {
            "id": "correct",
            "title": "Assigns correctly",
            "kind": "tests",
            "points": 60,
            "requires": [],
            "situations": {"one": "one cluster", "many": "many clusters"},
            "explain": "",
            "next_step": "",
        },
    }


@pytest.mark.parametrize(
    ("word", "error", "tip"),
    [
        ("corect", 'k_means has no criterion "corect"', 'did you mean "correct"?'),
        ("zzz", 'k_means has no criterion "zzz"', "one of: correct, scales"),
    ],
)
def test_a_criterion_that_is_not_there_is_told_of(desk, word: str, error: str, tip: str) -> None:
    result = desk.run("explain", word, "k_means")

    assert result.stderr == f"error: {error}\ntip: {tip}\n"
    assert result.exit_code == 2


def test_a_criterion_that_two_could_be_is_told_of(desk) -> None:
    write_kata(desk.root / "katas", "twins", rubric=RUBRIC_TOML.replace('"scales"', '"cost"'))

    result = desk.run("explain", "co", "twins")

    assert result.stderr == (
        'error: "co" is ambiguous: correct, cost\ntip: type a few letters more\n'
    )


def give_solution(desk) -> None:
    hidden = desk.root / "katas" / "k_means" / "hidden"
    (hidden / "reference").mkdir()
    (hidden / "reference" / "plain.py").write_text("def k_means(): ...\n")
    (hidden / "reference" / "fast.py").write_text("def k_means(): pass\n")
    (hidden / "editorial.md").write_text("Why it works.\n")


@pytest.mark.parametrize(
    ("earned", "reason"),
    [(None, "you have not been graded on it"), (72, "your best score is 72")],
    ids=["never", "below"],
)
def test_the_solution_is_kept_until_a_pass(desk, earned, reason: str) -> None:
    give_solution(desk)
    if earned is not None:
        graded(desk, "k_means", earned)

    result = desk.run("solution", "k_means")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        f"The solution of k_means is shown once you have passed; {reason}.\n"
        "Type next: kata grade k_means, or kata hint k_means\n"
    )


def test_after_a_pass_the_references_and_the_editorial_are_shown(desk) -> None:
    give_solution(desk)
    graded(desk, "k_means", 85)

    assert desk.run("solution", "k_means").stdout == (
        "# fast.py\ndef k_means(): pass\n\n# plain.py\ndef k_means(): ...\n\nWhy it works.\n"
    )


def test_a_kata_may_have_no_editorial(desk) -> None:
    give_solution(desk)
    (desk.root / "katas" / "k_means" / "hidden" / "editorial.md").unlink()
    graded(desk, "k_means", 85)

    assert desk.run("solution", "k_means").stdout.endswith("def k_means(): ...\n\n")


def test_a_sealed_solution_is_told_of(desk) -> None:
    graded(desk, "k_means", 85)

    result = desk.run("solution", "k_means")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: katas/k_means/hidden/reference: there is no reference here\ntip: it may be sealed\n"
    )


# Which attempt is meant.


def test_inside_an_attempt_the_slug_may_be_left_out(desk, monkeypatch) -> None:
    for _ in range(2):
        desk.run("new", "k_means")
    desk.run("new", "nearest_neighbors")
    monkeypatch.chdir(desk.solution(number=1).parent)

    assert desk.document("hint", "--json")["attempt"] == 1
    assert desk.document("hint", "k_means", "--json")["attempt"] == 1
    assert desk.document("hint", "near", "--json")["slug"] == "nearest_neighbors"


def test_in_a_kata_s_folder_of_attempts_the_newest_is_meant(desk, monkeypatch) -> None:
    for _ in range(2):
        desk.run("new", "k_means")
    monkeypatch.chdir(desk.solution().parent.parent)

    assert desk.document("hint", "--json")["attempt"] == 2


def test_elsewhere_the_attempt_changed_last_is_meant(desk) -> None:
    desk.run("new", "k_means")
    desk.run("new", "nearest_neighbors")
    for path in desk.solution("nearest_neighbors").parent.iterdir():
        os.utime(path, (1, 1))

    assert desk.document("hint", "--json")["slug"] == "k_means"


def test_in_an_empty_folder_of_attempts_no_attempt_is_meant(desk, monkeypatch) -> None:
    folder = desk.root / "attempts" / "k_means"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)

    assert desk.run("hint").stderr == (
        "error: you have no attempt yet\ntip: start one: kata next, or kata new SLUG\n"
    )


def test_a_folder_that_the_command_did_not_make_is_no_reason_to_stop(desk) -> None:
    (desk.root / "attempts" / "k_means" / "1").mkdir(parents=True)
    (desk.root / "attempts" / "k_means" / "\u0663").mkdir()

    result = desk.run("hint", "near")

    assert result.exit_code == 2
    assert "you have no attempt at nearest_neighbors yet" in result.stderr
    assert desk.document("new", "k_means", "--json")["attempt"] == 2
