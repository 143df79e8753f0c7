"""``kata show``: a kata's task, rubric and limits."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import click

from graders.commands.options import slug_argument
from graders.commands.screen import columns, say, say_json
from graders.render.prose import reflow
from graders.workspace.reading import read_text

if TYPE_CHECKING:
    from graders.commands.session import Session
    from graders.model.kata import Kata


@click.command("show")
@slug_argument(required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (kata-show/1).")
@click.pass_obj
def show_command(session: Session, word: str, as_json: bool) -> int:  # noqa: FBT001
    """Show a kata's task, rubric and limits."""
    kata = session.load(session.resolve(word))
    task = read_text(kata.folder / "README.md", missing="add it to the kata")
    if as_json:
        say_json("kata-show/1", **_document(kata, task))
        return 0
    about = kata.about
    say(f"{kata.slug}: {about.section.value}, {about.level.value}, {about.minutes} minutes")
    say()
    say(reflow(task.rstrip(), columns()))
    say()
    _print_rubric(kata)
    say()
    say(f"Type next: kata new {kata.slug}")
    return 0


def _print_rubric(kata: Kata) -> None:
    rubric, width = kata.rubric, columns()
    say(f"Rubric: 100 points, {rubric.pass_mark} to pass")
    for criterion in rubric.criterion:
        say(f"  {criterion.points:>3}  {criterion.title} ({criterion.id})")
        for text in criterion.situations.values():
            say(
                textwrap.fill(text, width, initial_indent=" " * 7 + "- ", subsequent_indent=" " * 9)
            )
    say()
    for label, text in _conditions(kata):
        say(textwrap.fill(f"{label}: {text}", width, subsequent_indent="  "))


def _conditions(kata: Kata) -> list[tuple[str, str]]:
    limits, rules = kata.about.limits, kata.about.rules
    lines = [
        ("Limits", f"{limits.call_cpu_seconds:g} s a call, {limits.memory_mib} MiB"),
        ("You edit", ", ".join(kata.about.editable)),
        ("Packages", ", ".join(kata.about.packages)),
        ("Take first", ", ".join(kata.about.requires)),
        ("Not to import", ", ".join(rules.forbidden_imports)),
        ("Not to use", ", ".join([*rules.forbidden_names, *_methods(rules.forbidden_methods)])),
        ("Longest function", f"{rules.max_function_lines} lines" * bool(rules.max_function_lines)),
    ]
    return [(label, text) for label, text in lines if text]


def _methods(names: tuple[str, ...]) -> list[str]:
    return [f".{name}" for name in names]


def _document(kata: Kata, task: str) -> dict[str, Any]:
    import msgspec

    return {
        "slug": kata.slug,
        "version": kata.version,
        "about": msgspec.to_builtins(kata.about),
        "rubric": msgspec.to_builtins(kata.rubric),
        "task": task,
    }
