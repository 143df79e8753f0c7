"""``kata dev``: for authors of katas."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graders.commands.screen import columns, say
from graders.commands.sealing import seal_command, unseal_command
from graders.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graders.authoring.checking import Checked
    from graders.authoring.finding import Found
    from graders.commands.session import Session
    from graders.model.matrix import KillMatrix

SECTIONS = ("coding", "design", "domain", "behavioural")
_FEW_SEEDS = 5


@click.group("dev", help="For authors: scaffold, prove and describe katas.")
def dev_command() -> None:
    """Hold the commands for authors."""


dev_command.add_command(seal_command)
dev_command.add_command(unseal_command)


@dev_command.command("schema")
@click.argument("name", metavar="kata|rubric|report")
def schema_command(name: str) -> int:
    """Print a JSON Schema: of kata.toml, rubric.toml or a report."""
    from graders.catalogue.schemas import schema

    click.echo(schema(name), nl=False)
    return 0


@dev_command.command("new")
@click.argument("slug")
@click.option("--section", type=click.Choice(SECTIONS), required=True, help="Where it belongs.")
@click.option("--title", help="Its title; else made of the slug.")
@click.pass_obj
def new_command(session: Session, slug: str, section: str, title: str | None) -> int:
    """Scaffold a kata; kata dev check then says what is left to write."""
    from graders.authoring.scaffolding import scaffold

    folder = scaffold(session.catalogue, slug, section=section, title=title)
    say(f"{folder.parent.name}/{folder.name} is a kata that works, with TODOs where yours begins.")
    say(f"Type next: kata dev check {slug}")
    return 0


@dev_command.command("check")
@click.argument("words", metavar="[SLUG]...", nargs=-1)
@click.option(
    "--seeds",
    type=click.IntRange(1, 1000),
    default=_FEW_SEEDS,
    show_default=True,
    help="Test seeds to grade each solution with; 50 for a kata that changed.",
)
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes; else one a core.")
@click.option("--write", is_flag=True, help="Write signatures, and the pages under docs/.")
@click.option("--fresh", is_flag=True, help="Grade again what was proved before.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (kata-proof/1).")
@click.pass_obj
def check_command(  # noqa: PLR0913 - its options
    session: Session,
    words: tuple[str, ...],
    *,
    seeds: int,
    jobs: int | None,
    write: bool,
    fresh: bool,
    as_json: bool,
) -> int:
    """
    Prove katas: the stub fails, references earn all, every wrong solution is killed.

    Grades everything that lies in a kata's hidden/ folder, in the jail. What was
    proved before and did not change is not graded again. Exit code: 0 proved,
    1 something is to be mended.
    """
    from graders.authoring.checking import Options, check
    from graders.authoring.tabulating import tabulate
    from graders.model.matrix import ProofDocument
    from graders.render.progress import bar

    folders = _folders(session, words)
    memory = session.root / ".kata" / "proofs"
    with bar("proving") as progress:
        options = Options(seeds, jobs or os.cpu_count() or 1, memory, is_fresh=fresh)
        checked = check(folders, options, progress)
    matrices = [tabulate(c, seeds=seeds) for c in checked]
    document = ProofDocument(katas=tuple(matrices))
    if as_json:
        click.echo(document.to_json(), nl=False)
    if write:
        _write(session, checked, document, is_whole=not words)
    findings = [f for c in checked for f in c.findings if not (write and f.is_warning)]
    _tell(matrices, with_matrices=bool(words), err=as_json)
    _tell_findings(findings)
    return 0 if all(c.is_proved for c in checked) else 1


def _folders(session: Session, words: Sequence[str]) -> list[Path]:
    from graders.catalogue.loading import kata_folders

    if words:
        return [session.catalogue / session.resolve(word) for word in dict.fromkeys(words)]
    return [session.catalogue / slug for slug in kata_folders(session.catalogue)]


def _write(
    session: Session, checked: Sequence[Checked], document: object, *, is_whole: bool
) -> None:
    """Write what the check found out: signatures, and for a whole catalogue the pages."""
    from graders.authoring.publishing import write_pages, write_signatures
    from graders.model.matrix import ProofDocument

    assert isinstance(document, ProofDocument)
    written = [path for c in checked if (path := write_signatures(c))]
    if is_whole and session.katas is None:
        written += write_pages(session.root / "docs", document)
    for path in written:
        say(f"wrote {os.path.relpath(path, session.root)}", err=True)


def _tell(matrices: Sequence[KillMatrix], *, with_matrices: bool, err: bool) -> None:
    from graders.render.matrix import matrix_text, summary_text

    for matrix in matrices if with_matrices else ():
        if matrix.rows:
            say(matrix_text(matrix, width=columns()), err=err)
    say(summary_text(matrices).rstrip(), err=err)


def _tell_findings(findings: Sequence[Found]) -> None:
    for found in sorted(findings, key=lambda found: found.is_warning):
        label = "note" if found.is_warning else "problem"
        say(f"{label}: {found.where}: {found.what}\n  tip: {found.fix}", err=True)
    problems = sum(not found.is_warning for found in findings)
    if problems:
        say(f"{problems} problem{'s' * (problems != 1)} to mend", err=True)


@dev_command.command("mutants")
@click.argument("word", metavar="SLUG")
@click.option("--reference", metavar="NAME", help="Which reference to change; else the first.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes; else one a core.")
@click.option(
    "--most", type=click.IntRange(1), default=200, show_default=True, help="Mutants at most."
)
@click.pass_obj
def mutants_command(
    session: Session, word: str, *, reference: str | None, jobs: int | None, most: int
) -> int:
    """
    Change a reference in small ways, and list the changes that no test notices.

    Advice, not a verdict: some changes leave a solution right.
    """
    from graders.authoring.mutating import mutants
    from graders.render.progress import bar

    folder = session.catalogue / session.resolve(word)
    with bar("changing") as progress:
        found = mutants(
            folder,
            reference=reference,
            jobs=jobs or os.cpu_count() or 1,
            most=most,
            progress=progress,
        )
    for survivor in found.survivors:
        say(f"{survivor.where}\n{survivor.diff}")
    killed = found.total - len(found.survivors)
    say(f"{killed} of {found.total} mutants of {found.reference} are killed")
    if found.left_out:
        say(f"{found.left_out} more were left out: --most {found.total + found.left_out}")
    if not found.total:
        raise UsageError("there is nothing to change", fix="name another --reference")
    return 0
