"""Every ``--json`` prints the document that ``docs/json.md`` describes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from graders.commands import TABLE, build
from graders.commands.session import Session

PAGE = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
COMMANDS = {
    "kata-list/1": ["list"],
    "kata-show/1": ["show", "k_means"],
    "kata-new/1": ["new", "k_means"],
    "kata-next/1": ["next"],
    "kata-test/1": ["test"],
    "kata-report/1": ["grade"],
    "kata-hint/1": ["hint"],
    "kata-explain/1": ["explain", "correct"],
    "kata-reset/1": ["reset", "--yes"],
    "kata-doctor/1": ["doctor"],
    "kata-isolate/1": ["isolate", "test_x.py", "--solution", "x.py"],
    "kata-proof/1": ["dev", "check", "--jobs", "1", "--seeds", "1"],
}

# Needs a fork: tests/test_submitting.py runs it.
ELSEWHERE = {"kata-submit/1": ["submit"]}


def section(schema: str) -> str:
    return PAGE.split(f"## {schema}\n")[1].split("\n## ")[0]


def keys(document: object) -> set[str]:
    """Give the keys of a document and of the rows in its lists."""
    if isinstance(document, list):
        return set().union(*map(keys, document))
    if not isinstance(document, dict):
        return set()
    rows = (value for value in document.values() if isinstance(value, list))
    return set(document).union(*map(keys, rows))


@pytest.fixture
def working(desk):
    desk.run("new", "k_means")
    Path("test_x.py").touch()
    Path("x.py").touch()
    test = SimpleNamespace(id="test_x.py::test_a", outcome="passed", cause=None)
    desk.doors.isolation = SimpleNamespace(tests=(test,), sandbox="landlock+seccomp")
    desk.doors.findings = [SimpleNamespace(name="git", ok=True, text="found", fix="")]
    return desk


def commands(group, context):
    """Give every command with its name, those of a group too."""
    for name in TABLE:
        command = group.get_command(context, name)
        yield name, command
        for inner in getattr(command, "commands", {}).values():
            yield f"{name} {inner.name}", inner


def name_of(words: list[str]) -> str:
    return " ".join(words[:2]) if words[0] == "dev" else words[0]


def test_every_command_that_takes_json_is_on_the_page() -> None:
    group = build()
    context = click.Context(group, obj=Session())
    taking = {
        name
        for name, command in commands(group, context)
        for option in command.params
        if "--json" in option.opts
    }

    listed = dict(
        re.findall(r"^\| `kata ((?:dev )?\w+)[^`]*--json` \| `([^`]+)` \|$", PAGE, re.MULTILINE)
    )

    assert set(listed) == taking
    assert {schema: name_of(words) for schema, words in {**COMMANDS, **ELSEWHERE}.items()} == {
        schema: name for name, schema in listed.items()
    }
    assert re.findall("^## (.*)$", PAGE, re.MULTILINE) == list(listed.values())


@pytest.mark.parametrize("schema", COMMANDS)
def test_stdout_is_one_document_with_its_schema_and_people_read_stderr(working, schema) -> None:
    result = working.run(*COMMANDS[schema], "--json")

    document = json.loads(result.stdout)
    assert document["schema"] == schema
    assert result.stdout.endswith("}\n")
    if schema not in {"kata-list/1", "kata-show/1"}:  # they say nothing besides
        assert result.stderr != ""


@pytest.mark.parametrize("schema", sorted(set(COMMANDS) - {"kata-report/1"}))
def test_each_key_of_a_document_is_described(working, schema: str) -> None:
    document = json.loads(working.run(*COMMANDS[schema], "--json").stdout)
    described = set(re.findall(r"`(\w+)`", section(schema)))
    if schema == "kata-next/1":
        described |= set(re.findall(r"`(\w+)`", section("kata-new/1")))

    assert keys(document) - {"schema"} - described == set()
