"""Help with a kata: ``hint``, ``explain``, ``solution``."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from graders.commands.current import target
from graders.commands.options import slug_argument
from graders.commands.practise import needed_attempt
from graders.commands.screen import columns, say, say_json
from graders.errors import KataError, UsageError
from graders.render.prose import reflow
from graders.workspace import attempt_folder, read_hints, reveal_hint
from graders.workspace.reading import read_text

if TYPE_CHECKING:
    from graders.commands.session import Session
    from graders.model.rubric import Criterion, Rubric


@click.command("hint")
@slug_argument(required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (kata-hint/1).")
@click.pass_obj
def hint_command(session: Session, word: str | None, as_json: bool) -> int:  # noqa: FBT001
    """
    Reveal the next hint; hints are counted.

    After the last one, the last is shown again.
    """
    meant = target(session, word)
    number = needed_attempt(meant)
    kata = session.load(meant.slug)
    place, text = reveal_hint(attempt_folder(session.root, kata.slug, number), kata)
    total = len(read_hints(kata))
    say(f"Hint {place} of {total} for {kata.slug}", err=as_json)
    say(err=as_json)
    say(reflow(text, columns()), err=as_json)
    if as_json:
        told = {"slug": kata.slug, "attempt": number, "hint": place}
        say_json("kata-hint/1", **told, hints=total, text=text)
    return 0


@click.command("explain")
@click.argument("name", metavar="CRITERION")
@slug_argument(required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (kata-explain/1).")
@click.pass_obj
def explain_command(session: Session, name: str, word: str | None, as_json: bool) -> int:  # noqa: FBT001
    """Say what a criterion asks for."""
    kata = session.load(target(session, word).slug)
    criterion = _criterion(kata.rubric, name, kata.slug)
    say(f"{criterion.title}: {criterion.points} points of {kata.slug}", err=as_json)
    if criterion.explain:
        say(err=as_json)
        say(reflow(criterion.explain.strip(), columns()), err=as_json)
    if criterion.situations:
        say(err=as_json)
        say("The kinds of situation that count, with equal shares:", err=as_json)
        for text in criterion.situations.values():
            line = textwrap.fill(text, columns(), initial_indent="  - ", subsequent_indent="    ")
            say(line, err=as_json)
    if criterion.requires:
        say(err=as_json)
        say(f"It counts once these pass: {', '.join(criterion.requires)}", err=as_json)
    if as_json:
        import msgspec

        told = msgspec.to_builtins(criterion)
        del told["options"]
        say_json("kata-explain/1", slug=kata.slug, criterion=told)
    return 0


def _criterion(rubric: Rubric, word: str, slug: str) -> Criterion:
    """Give the criterion that a word means: its id, or the only one that it begins."""
    from graders.catalogue.finding import did_you_mean

    wanted = word.lower().replace("-", "_")
    names = [criterion.id for criterion in rubric.criterion]
    matches = [wanted] if wanted in names else [name for name in names if name.startswith(wanted)]
    if len(matches) == 1:
        return rubric.named(matches[0])
    if matches and wanted:
        fix = "type a few letters more"
        raise UsageError(f'"{word}" is ambiguous: {", ".join(matches)}', fix=fix)
    near = did_you_mean(wanted, names) or f"one of: {', '.join(names)}"
    raise UsageError(f'{slug} has no criterion "{word}"', fix=near)


@click.command("solution")
@slug_argument(required=True)
@click.pass_obj
def solution_command(session: Session, word: str) -> int:
    """Show reference and editorial, once you have passed."""
    kata = session.load(session.resolve(word))
    best = session.ledger.summaries().get(kata.slug)
    if best is None or not best.passes:
        score = f"your best score is {best.best}" if best else "you have not been graded on it"
        say(f"The solution of {kata.slug} is shown once you have passed; {score}.", err=True)
        say(f"Type next: kata grade {kata.slug}, or kata hint {kata.slug}", err=True)
        return 1
    hidden = kata.folder / "hidden"
    references = sorted((hidden / "reference").glob("*.py"))
    if not references:
        where = f"{kata.folder.parent.name}/{kata.slug}/hidden/reference"
        raise KataError("there is no reference here", where=where, fix="it may be sealed")
    for path in references:
        say(click.style(f"# {path.name}", bold=True))
        say(read_text(path, missing="add it to the kata").rstrip())
        say()
    if (hidden / "editorial.md").is_file():
        editorial = read_text(hidden / "editorial.md", missing="add it to the kata")
        say(reflow(editorial.rstrip(), columns()))
    return 0
