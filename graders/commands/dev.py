"""``kata dev``: for authors of katas."""

from __future__ import annotations

import click


@click.group("dev", help="For authors: schemas.")
def dev_command() -> None:
    """Hold the commands for authors."""


@dev_command.command("schema")
@click.argument("name", metavar="kata|rubric|report")
def schema_command(name: str) -> int:
    """Print a JSON Schema: of kata.toml, rubric.toml or a report."""
    from graders.catalogue.schemas import schema

    click.echo(schema(name), nl=False)
    return 0
