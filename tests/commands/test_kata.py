"""The command line as a whole: help, errors, colours, encodings, exit codes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner

from graders.commands import SECTIONS, TABLE, build
from graders.commands.screen import columns
from graders.commands.session import Session
from graders.errors import CannotGrade, CatalogueError, KataError


def kata(*words: str, **more) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from cli import main; main()", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


def test_every_command_is_in_the_help_with_its_own_first_line() -> None:
    group = build()
    context = click.Context(group, obj=Session())

    found = {name: group.get_command(context, name) for name in group.list_commands(context)}

    said = {name: command.help.strip().splitlines()[0].strip() for name, command in found.items()}
    assert said == {name: place.summary for name, place in TABLE.items()}
    assert sum(map(len, SECTIONS.values())) == len(TABLE)


def test_every_option_and_argument_is_explained() -> None:
    group = build()
    context = click.Context(group, obj=Session())

    dumb = [
        f"{name} {option.name}"
        for name in TABLE
        for option in group.get_command(context, name).params
        if isinstance(option, click.Option) and not option.help
    ]

    assert dumb == []


def test_help_fits_80_columns_and_names_each_command(desk) -> None:
    result = desk.run("--help")

    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert all(f"\n  {name} " in result.stdout for name in TABLE)


@pytest.mark.parametrize("name", [*TABLE, "dev schema"])
def test_each_command_has_help(desk, name: str) -> None:
    result = desk.run(*name.split(), "--help")

    assert result.exit_code == 0
    assert "--katas DIR" in result.stdout


def test_the_version_is_told(desk) -> None:
    assert desk.run("--version").stdout == "kata 0.1.0\n"


@pytest.mark.parametrize(
    ("words", "error", "tip"),
    [
        (["grad"], 'there is no command "grad"', 'did you mean "grade"?'),
        (["zzz"], 'there is no command "zzz"', "see kata --help"),
        (["list", "--jsn"], 'there is no option "--jsn"', 'did you mean "--json"?'),
        (["--zzz"], 'there is no option "--zzz"', "see kata --help"),
        (["new"], "Missing argument 'SLUG'", "see kata new --help"),
        (
            ["grade", "--attempt", "x"],
            "Invalid value for '--attempt': 'x' is not a valid integer range",
            "see kata grade --help",
        ),
        (
            ["grade", "--seed", "a b"],
            "Invalid value for --seed: use letters, digits, _ and -, at most 128",
            "see kata grade --help",
        ),
        (
            ["--color", "red", "list"],
            "Invalid value for '--color': 'red' is not one of 'auto', 'always', 'never'",
            "see kata --help",
        ),
        (["new", "zz"], 'there is no kata "zz"', "see them all: kata list"),
        (["new", "k_mean_s"], 'there is no kata "k_mean_s"', 'did you mean "k_means"?'),
        (
            ["list", "--katas", "nowhere"],
            'there is no folder "nowhere"',
            "give --katas (or KATA_CATALOGUE) a folder that holds katas",
        ),
        (["test"], "you have no attempt yet", "start one: kata next, or kata new SLUG"),
        (
            ["test", "k_means"],
            "you have no attempt at k_means yet",
            "start one: kata new k_means",
        ),
    ],
    ids=lambda value: "_".join(value) if isinstance(value, list) else None,
)
def test_a_wrong_word_gets_an_error_a_tip_and_exit_2(desk, words, error: str, tip: str) -> None:
    result = desk.run(*words)

    assert result.stderr == f"error: {error}\ntip: {tip}\n"
    assert result.stdout == ""
    assert result.exit_code == 2


def test_outside_a_repository_the_way_in_is_told(desk, tmp_path_factory, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))

    result = desk.run("list")

    assert result.exit_code == 2
    assert result.stderr == (
        "error: no kata repository here or in any folder above\n"
        "tip: change into your copy of the repository, or name a catalogue with --katas DIR\n"
    )


def test_all_problems_of_a_kata_are_told_at_once(desk) -> None:
    rubric = desk.root / "katas" / "k_means" / "rubric.toml"
    rubric.write_text(rubric.read_text().replace("points = 60", "points = 50"))
    (desk.root / "katas" / "k_means" / "stub.py").unlink()

    result = desk.run("new", "k_means")

    assert result.exit_code == 2
    assert "error: katas/k_means/rubric.toml: points sum to 90, not 100\n" in result.stderr
    assert "tip: give the missing 10 points to a criterion\n" in result.stderr
    assert "error: katas/k_means/stub.py: is missing\n" in result.stderr


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (
            CannotGrade("the jail did not start", fix="kata doctor"),
            3,
            "error: the jail did not start\ntip: kata doctor\n",
        ),
        (KataError("odd", where="a/b"), 2, "error: a/b: odd\n"),
        (
            CatalogueError([KataError("one", where="a"), KataError("two", where="b", fix="c")]),
            2,
            "error: a: one\nerror: b: two\ntip: c\n",
        ),
        (
            ValueError("what\nis this"),
            70,
            (
                "error: internal error, ValueError: what\n"
                "tip: run it again with --verbose, and report what it shows\n"
            ),
        ),
        (
            RuntimeError(),
            70,
            (
                "error: internal error, RuntimeError\n"
                "tip: run it again with --verbose, and report what it shows\n"
            ),
        ),
        (KeyboardInterrupt(), 130, "\nstopped\n"),
        (KataError("a\x1b[2J ::error::b"), 2, "error: a\\x1b[2J : :error: :b\n"),
    ],
    ids=["cannot_grade", "kata", "catalogue", "internal", "mute", "ctrl_c", "hostile"],
)
def test_each_error_has_its_exit_code_and_lines(desk, error, code: int, text: str) -> None:
    desk.doors.error = error

    result = desk.run("doctor")

    assert (result.exit_code, result.stderr, result.stdout) == (code, text, "")


@pytest.mark.parametrize("words", [["--verbose", "doctor"], ["doctor", "--verbose"]])
def test_a_traceback_is_shown_with_verbose_only(desk, words) -> None:
    desk.doors.error = ValueError("what")

    result = desk.run(*words)

    assert result.stderr.startswith("Traceback (most recent call last):\n")
    assert "ValueError: what\nerror:" in result.stderr.replace("\n\n", "\n")
    assert result.exit_code == 70


@pytest.mark.parametrize(
    ("words", "environment", "is_colored"),
    [
        (["list"], {}, False),
        (["--color", "always", "list"], {}, True),
        (["list", "--color", "always"], {}, True),
        (["--color", "always", "list", "--color", "never"], {}, False),
        (["list", "--color", "always"], {"NO_COLOR": "1"}, True),
        (["list", "--color", "always"], {"TERM": "dumb"}, True),
    ],
    ids=["piped", "before", "after", "the_last_wins", "asked_for", "asked_for_dumb"],
)
def test_colour_is_there_when_asked_for(desk, words, environment, *, is_colored: bool) -> None:
    result = desk.run(*words, env=environment)

    assert ("\x1b[" in result.stdout) is is_colored


@pytest.mark.parametrize(
    ("environment", "expected"),
    [({}, None), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, None), ({"TERM": "dumb"}, False)],
    ids=["terminal_decides", "no_color", "empty_no_color", "dumb"],
)
def test_on_a_terminal_the_environment_can_refuse_colour(
    monkeypatch, environment, expected
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert Session().use_color is expected


def test_an_error_is_coloured_when_asked_for(desk) -> None:
    result = desk.run("--color", "always", "new", "zz")

    assert "\x1b[31m\x1b[1merror\x1b[0m: there is no kata" in result.stderr


def test_an_encoding_without_the_signs_gets_simpler_ones(desk) -> None:
    readme = desk.root / "katas" / "k_means" / "README.md"
    readme.write_text("n \u2264 10\u2026 \u6f22", encoding="utf-8")

    shown = [
        kata("show", "k_means", env={**os.environ, "PYTHONIOENCODING": encoding}).stdout
        for encoding in ("ascii", "latin-1", "utf-8")
    ]

    assert [text.splitlines()[2] for text in shown] == [
        "n <= 10... ?",
        "n <= 10... ?",
        "n \u2264 10\u2026 \u6f22",
    ]


def test_the_catalogue_comes_from_the_option_before_the_environment(desk) -> None:
    for name in ("one", "two", "three"):
        (desk.root / name).mkdir()
    (desk.root / "katas" / "k_means").rename(desk.root / "one" / "k_means")
    environment = {"KATA_CATALOGUE": "two"}

    before = desk.run("--katas", "one", "list", "--json", env=environment)
    after = desk.run("--katas", "three", "list", "--katas", "one", "--json", env=environment)
    only = desk.run("list", "--json", env=environment)

    assert ['"slug": "k_means"' in shown.stdout for shown in (before, after, only)] == [
        True,
        True,
        False,
    ]


def test_a_foreign_catalogue_works_outside_a_repository(
    desk, tmp_path_factory, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    katas = str(desk.root / "katas")

    listed = desk.run("--katas", katas, "list")
    left = list(Path().iterdir())
    started = desk.run("--katas", katas, "new", "k_means")

    assert "k_means" in listed.stdout
    assert left == []
    assert started.exit_code == 0
    assert Path("attempts/k_means/001").is_dir()


def test_real_exit_codes_reach_the_shell(desk) -> None:
    assert kata("list").returncode == 0
    assert kata("lst").returncode == 2
    assert kata("solution", "k_means").returncode == 1


def test_a_closed_pipe_is_no_traceback(desk) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-c", "from cli import main; main()", "list"]

    with os.fdopen(writer, "wb") as closed:
        found = subprocess.run(command, stdout=closed, stderr=subprocess.PIPE, check=False)

    assert found.stderr == b""
    assert found.returncode == 1


def test_ctrl_c_at_a_question_exits_130_and_changes_nothing(desk) -> None:
    desk.run("new", "k_means")
    before = desk.solution().read_text()
    command = [sys.executable, "-c", "from cli import main; main()", "reset"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as asking:
        assert asking.stderr is not None
        asked = asking.stderr.read(len("Put the stub back"))
        time.sleep(0.05)
        asking.send_signal(signal.SIGINT)
        rest = asking.stderr.read()

    assert asked == b"Put the stub back"
    assert rest.endswith(b"stopped\n")
    assert asking.returncode == 130
    assert desk.solution().read_text() == before


def test_simpler_signs_are_used_in_place(desk) -> None:
    readme = desk.root / "katas" / "k_means" / "README.md"
    readme.write_text("n \u2264 10", encoding="utf-8")

    runner = CliRunner(charset="latin-1")

    assert "n <= 10" in runner.invoke(build(), ["show", "k_means"]).stdout


def test_a_group_can_be_run_from_python(desk) -> None:
    session = Session(desk.doors)

    assert build().main(["doctor"], "kata", standalone_mode=False, obj=session) == 0
    assert build().get_command(click.Context(build()), "nothing") is None


@pytest.mark.parametrize(
    ("words", "offered"),
    [(["new"], ["k_means"]), (["--katas", "nowhere", "new"], [])],
    ids=["here", "no_catalogue"],
)
def test_slugs_are_offered_to_the_shell(desk, words, offered) -> None:
    complete = BashComplete(build(), {"obj": Session(desk.doors)}, "kata", "_KATA_COMPLETE")

    found = complete.get_completions(words, "k_")

    assert [item.value for item in found] == offered


def test_the_screen_is_as_wide_as_the_terminal_up_to_100_columns(monkeypatch) -> None:
    leader, follower = os.openpty()
    shown = []
    with os.fdopen(follower, "w") as terminal:
        monkeypatch.setattr("sys.stdout", terminal)
        for width in (72, 300):
            termios.tcsetwinsize(follower, (24, width))
            shown.append(columns())
        monkeypatch.undo()
    os.close(leader)

    assert shown == [72, 100]
    assert columns() == 80


def test_a_terminal_that_does_not_tell_its_width_has_80_columns(monkeypatch, tmp_path) -> None:
    with (tmp_path / "file").open("w") as file:
        told = SimpleNamespace(isatty=lambda: True, fileno=file.fileno)
        monkeypatch.setattr("sys.stdout", told)
        width = columns()
        monkeypatch.undo()

    assert width == 80
