"""The options that every command takes, before or after its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from graders.errors import KataError

if TYPE_CHECKING:
    from collections.abc import Callable

Command = TypeVar("Command", bound="Callable[..., Any]")

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


def slug_argument(*, required: bool) -> Callable[[Command], Command]:
    """Give the argument ``word`` that names a kata; shells complete it."""
    metavar = "SLUG" if required else "[SLUG]"
    return click.argument("word", metavar=metavar, required=required, shell_complete=_complete)


def _complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    try:
        slugs = [entry.slug for entry in ctx.find_root().obj.entries()]
    except KataError:
        return []  # no place for a message
    return [slug for slug in slugs if slug.startswith(incomplete)]


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
