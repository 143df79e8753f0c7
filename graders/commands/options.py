"""The options that every command takes, before or after its name."""

from __future__ import annotations

from typing import Any

import click

COLORS = ("auto", "always", "never")


def common_options() -> list[click.Option]:
    """Make ``--katas``, ``--color`` and ``--verbose``; they fill in the session."""
    return [
        click.Option(
            ["--katas"],
            metavar="DIR",
            envvar="KATA_CATALOGUE",
            callback=_set_katas,
            expose_value=False,
            help="Folder of another catalogue  [env: KATA_CATALOGUE]",
        ),
        click.Option(
            ["--color"],
            type=click.Choice(COLORS),
            callback=_set_color,
            expose_value=False,
            help="When to use colour; auto: on a terminal",
        ),
        click.Option(
            ["--verbose"],
            is_flag=True,
            callback=_set_verbose,
            expose_value=False,
            help="Show the traceback of an error",
        ),
    ]


def _set_katas(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    # The environment must not win over a --katas given before the command's name.
    given = ctx.get_parameter_source("katas") is click.core.ParameterSource.COMMANDLINE
    if value and (given or ctx.obj.katas is None):
        ctx.obj.katas = value


def _set_color(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    ctx.obj.color = value or ctx.obj.color
    ctx.color = ctx.obj.use_color


def _set_verbose(ctx: click.Context, _: click.Parameter, value: Any) -> None:
    ctx.obj.verbose = bool(value) or ctx.obj.verbose
