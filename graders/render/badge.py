"""A score as a badge: a picture of its own, and the document that shields.io draws one from."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from graders.model.score import Standing
from graders.render.environment import environment, visible

if TYPE_CHECKING:
    from graders.model.report import Report

_SIGN = 7  # pixels of a sign at 11 px in Verdana, on average; textLength makes up the rest
_PADDING = 10
_MOST_SIGNS = 60


class Shade(NamedTuple):
    """A colour, by the name that shields.io has for it and as the picture has it."""

    name: str
    rgb: str


SHADES = {
    Standing.PASSED: Shade("brightgreen", "#2d7d32"),
    Standing.FAILED: Shade("orange", "#b45309"),
    Standing.UNDECIDED: Shade("blue", "#1d5fa8"),
    Standing.VOID: Shade("lightgrey", "#6b7280"),
}


def picture(report: Report) -> str:
    """Give the badge as SVG that needs nothing from anywhere."""
    label, message = html.escape(_label(report)), _message(report)
    return (
        environment()
        .get_template("badge.svg.j2")
        .render(
            label=label,
            message=message,
            left=_width(_label(report)),
            right=_width(message),
            padding=_PADDING,
            rgb=SHADES[report.standing].rgb,
        )
    )


def endpoint(report: Report) -> bytes:
    """Give the JSON document that ``https://img.shields.io/endpoint`` reads."""
    document = {
        "schemaVersion": 1,
        "label": _label(report),
        "message": _message(report),
        "color": SHADES[report.standing].name,
    }
    return msgspec.json.encode(document) + b"\n"


def _label(report: Report) -> str:
    return visible(report.slug)[:_MOST_SIGNS]


def _message(report: Report) -> str:
    return "not graded" if report.earned is None else f"{report.earned} / {report.possible}"


def _width(text: str) -> int:
    return _SIGN * len(text) + 2 * _PADDING
