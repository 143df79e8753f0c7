"""
The command line: one table of commands, each imported when it is typed.

``kata --help`` reads the table only; a test holds each line against the
command's own help.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from graders.commands.options import common_options
from graders.commands.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence


class Place(NamedTuple):
    """Where a command lives, and the line about it in ``kata --help``."""

    module: str
    summary: str


SECTIONS: dict[str, dict[str, Place]] = {
    "Practise": {
        "next": Place("practise", "Start whatever is due or next for you."),
        "new": Place("practise", "Start a fresh attempt in attempts/SLUG/NNN."),
        "open": Place("practise", "Open the current attempt in $VISUAL or $EDITOR."),
        "test": Place("grading", "Run the sample tests on the current attempt."),
        "grade": Place("grading", "Grade an attempt against the rubric, in the sandbox."),
        "submit": Place("submit", "Open or update a pull request with this attempt."),
        "hint": Place("advice", "Reveal the next hint; hints are counted."),
        "explain": Place("advice", "Say what a criterion asks for."),
        "solution": Place("advice", "Show reference and editorial, once you have passed."),
        "reset": Place("practise", "Put the stub back; your file is kept as a copy."),
    },
    "Look around": {
        "list": Place("listing", "List katas with your best score and what is due."),
        "show": Place("showing", "Show a kata's task, rubric and limits."),
        "report": Place("reports", "Write a score report (md, html, json, txt, svg)."),
    },
    "Machine and authors": {
        "doctor": Place("machine", "Check this machine and say how to repair it."),
        "isolate": Place("machine", "Run any pytest or unittest file against a jailed solution."),
        "completion": Place("machine", "Print the shell completion for bash, zsh or fish."),
        "ci": Place("ci", "The steps of the grading workflows."),
        "dev": Place("dev", "For authors: scaffold, prove and describe katas."),
    },
}
TABLE = {name: place for section in SECTIONS.values() for name, place in section.items()}


class KataGroup(click.Group):
    """The ``kata`` command itself; commands return their exit code or ``None`` for 0."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's
        """Give the commands in the order of the help."""
        return list(TABLE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command, and give it the options that all have."""
        if cmd_name not in TABLE:
            return None
        name = f"{__name__}.{TABLE[cmd_name].module}"
        __import__(name)
        command: click.Command = getattr(sys.modules[name], f"{cmd_name}_command")
        _add_common(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name the nearest one."""
        if args[0] not in TABLE and not args[0].startswith("-"):
            raise click.NoSuchCommand(args[0], possibilities=TABLE, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the table, without importing any command."""
        widest = max(map(len, TABLE))
        for title, commands in SECTIONS.items():
            rows = [(f"{name:<{widest}}", place.summary) for name, place in commands.items()]
            with formatter.section(title):
                formatter.write_dl(rows)

    # Click's own signature is a set of overloads.
    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        *,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> int:
        """Run the command line; every error becomes two lines and an exit code."""
        session = extra.setdefault("obj", Session())
        try:
            code: object = super().main(args, prog_name, standalone_mode=False, **extra)
        except Exception as error:  # noqa: BLE001 - the last place; failing says what it was
            from graders.commands.failing import tell

            code = tell(error, session)
        status = code if isinstance(code, int) else 0
        if standalone_mode:
            sys.exit(status)
        return status


def _add_common(command: click.Command) -> None:
    known = {option.name for option in command.params}
    command.params += [option for option in common_options() if option.name not in known]
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _add_common(inner)


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - Click's call
    if wanted:
        from importlib.metadata import version

        click.echo(f"kata {version('ml-interview-katas')}")
        ctx.exit()


def _columns() -> int:
    """Give the width of the help; asked here, for Click's own way imports a lot."""
    try:
        return max(60, min(os.get_terminal_size().columns, 100)) - 2
    except OSError:
        return 78


def build() -> KataGroup:
    """Make the ``kata`` command."""
    version = click.Option(
        ["--version"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_show_version,
        help="Show the version and exit.",
    )
    return KataGroup(
        "kata",
        callback=_home,
        params=[*common_options(), version],
        invoke_without_command=True,
        subcommand_metavar="COMMAND [WORDS]...",
        context_settings={"terminal_width": _columns(), "help_option_names": ["-h", "--help"]},
        help="Practise machine-learning interview questions; a jail keeps the score honest.\n\n"
        "Type kata alone to see what is due and what to type next.",
    )


@click.pass_context
def _home(ctx: click.Context) -> int:
    if ctx.invoked_subcommand is not None:
        return 0
    from graders.commands.home import home

    return home(ctx.obj)
