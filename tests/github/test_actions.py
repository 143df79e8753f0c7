"""What a step tells its runner, read the way the runner reads it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.errors import KataError
from graders.github.actions import (
    MAX_SUMMARY_BYTES,
    Annotation,
    Level,
    annotate,
    command,
    set_output,
    summarise,
)

HOSTILE = ["::error::x", "##[add-mask]secret", "a\r\n::set-output name=report::100", "%0A::x::"]


def outputs_of(text: str) -> dict[str, str]:
    """Read the outputs as the runner does: ``name<<end``, lines, ``end``."""
    found, lines = {}, iter(text.split("\n"))
    for line in lines:
        if not line:
            continue
        name, _, end = line.partition("<<")
        value = []
        for row in lines:
            if row == end:
                break
            value.append(row)
        else:
            raise AssertionError(f"{name} does not end")
        found[name] = "\n".join(value)
    return found


def annotation_of(line: str) -> tuple[str, dict[str, str], str]:
    """Read a command as the runner does: level, fields, message."""
    assert "\n" not in line
    assert "\r" not in line
    match = re.fullmatch(r"::(\w+)(?: ([^:]*))?::(.*)", line)
    assert match, line
    level, words, message = match.groups()
    fields = dict(word.split("=", 1) for word in (words or "").split(",") if word)
    more = {"%3A": ":", "%2C": ","}
    return level, {k: _undo(v, more) for k, v in fields.items()}, _undo(message, {})


def _undo(text: str, more: dict[str, str]) -> str:
    for code, sign in {"%0D": "\r", "%0A": "\n", **more, "%25": "%"}.items():
        text = text.replace(code, sign)
    return text


@pytest.fixture
def output(tmp_path, monkeypatch):
    path = tmp_path / "output"
    monkeypatch.setenv("GITHUB_OUTPUT", str(path))
    return path


@pytest.fixture
def summary(tmp_path, monkeypatch):
    path = tmp_path / "summary"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    return path


def test_outputs_stand_one_after_another(output):
    set_output("report", "eJyrVg==")
    set_output("katas", "two\nlines")

    assert outputs_of(output.read_text()) == {"report": "eJyrVg==", "katas": "two\nlines"}


def test_no_value_can_end_itself_or_begin_another(output):
    set_output("report", "40")
    end = output.read_text().splitlines()[-1]

    set_output("report", f"40\n{end}\nreport<<x\n100\nx")

    assert outputs_of(output.read_text())["report"].splitlines()[0] == "40"
    assert len(set(re.findall("<<(kata-.*)", output.read_text()))) == 2


@pytest.mark.parametrize("name", ["", "a b", "report=1", "a\nb", "report<<x", "1", "A"])
def test_what_is_no_name_is_no_output(output, name):
    with pytest.raises(KataError, match="no name of an output"):
        set_output(name, "x")

    assert not output.exists()


def test_outside_a_workflow_nothing_is_written(monkeypatch, tmp_path):
    monkeypatch.delenv("GITHUB_OUTPUT", raising=False)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.chdir(tmp_path)

    set_output("report", "x")
    summarise("# hello")

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path))

    with pytest.raises(KataError) as caught:
        set_output("report", "x")

    assert str(caught.value) == "GITHUB_OUTPUT: cannot be written: Is a directory"
    assert caught.value.fix == "run this as a step of a workflow, or unset the variable"


def test_summaries_follow_each_other(summary):
    summarise("# one\n\n")
    summarise("# two")

    assert summary.read_text() == "# one\n# two\n"


def test_a_summary_that_does_not_fit_is_cut_at_a_line_and_says_so(summary):
    summarise("\u2705 a line\n" * 200_000)

    text = summary.read_bytes()
    assert MAX_SUMMARY_BYTES - 20 < len(text) <= MAX_SUMMARY_BYTES
    assert text.decode().endswith("\u2705 a line\n\n*The rest did not fit.*\n")


def test_a_summary_that_just_fits_is_whole(summary):
    summarise("x" * (MAX_SUMMARY_BYTES - 1))

    assert summary.stat().st_size == MAX_SUMMARY_BYTES


def test_a_full_summary_takes_no_more(summary):
    summarise("x" * (MAX_SUMMARY_BYTES - 1))
    summarise("one more")

    assert summary.stat().st_size == MAX_SUMMARY_BYTES


def test_an_annotation_names_file_and_line():
    line = command(
        Annotation(
            level=Level.NOTICE,
            path="attempts/k_means/001/solution.py",
            line=9,
            title="Rules",
            message="uses copy.copy",
        )
    )

    assert line == (
        "::notice file=attempts/k_means/001/solution.py,line=9,title=Rules::uses copy.copy"
    )


def test_an_annotation_may_be_about_a_file_or_about_nothing():
    about_a_file = Annotation(level=Level.WARNING, path="a.py", message="too long")
    about_nothing = Annotation(level=Level.ERROR, line=3, message="could not grade")

    assert command(about_a_file) == "::warning file=a.py::too long"
    assert command(about_nothing) == "::error::could not grade"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_begins_a_command_of_its_own(text):
    line = command(Annotation(level=Level.NOTICE, path=text, line=1, title=text, message=text))

    level, fields, message = annotation_of(line)

    assert level == "notice"
    assert set(fields) == {"file", "line", "title"}
    assert "##[" not in line
    assert not any(row.lstrip().startswith("::") for row in message.splitlines())


@given(path=st.text(), title=st.text(), message=st.text())
def test_whatever_stands_in_an_annotation_it_stays_one_line(path, title, message):
    made = Annotation(level=Level.ERROR, path=path, title=title, message=message, line=4)

    line = command(made)

    level, fields, shown = annotation_of(line)
    assert level == "error"
    assert fields.get("line") == ("4" if path else None)
    assert shown.count("\n") == message.count("\n")
    assert line.encode()


def test_of_each_level_ten_are_shown_and_the_rest_is_counted(capsys):
    rows = [
        Annotation(level=level, message=f"{level} {number}")
        for level in (Level.WARNING, Level.ERROR)
        for number in range(12)
    ]

    left_out = annotate(rows)

    lines = capsys.readouterr().out.splitlines()
    assert left_out == 4
    assert len(lines) == 20
    assert lines[9:11] == ["::warning::warning 9", "::error::error 0"]


def test_annotations_can_be_said_elsewhere():
    said: list[str] = []

    annotate([Annotation(level=Level.NOTICE, message="hello")], say=said.append)

    assert said == ["::notice::hello"]
