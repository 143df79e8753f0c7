"""JSON Schemas of what authors write and what graders report."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from graders.errors import UsageError
from graders.model.kata import KataFile
from graders.model.report import Report
from graders.model.rubric import Rubric

if TYPE_CHECKING:
    from collections.abc import Mapping

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# Name on the command line: file in docs/schema/, title, type.
SCHEMAS: Mapping[str, tuple[str, str, type[msgspec.Struct]]] = MappingProxyType(
    {
        "kata": ("kata.schema.json", "kata.toml", KataFile),
        "rubric": ("rubric.schema.json", "rubric.toml", Rubric),
        "report": ("kata-report-1.schema.json", "kata-report/1", Report),
    }
)


def schema(name: str) -> bytes:
    """
    Give a JSON Schema as an indented document with a final newline.

    Args:
        name: ``kata``, ``rubric`` or ``report``.

    Raises:
        UsageError: There is no such schema.
    """
    if name not in SCHEMAS:
        raise UsageError(f'there is no schema "{name}"', fix=f"one of: {', '.join(SCHEMAS)}")
    _, title, kind = SCHEMAS[name]
    document = {"$schema": DIALECT, "title": title, **msgspec.json.schema(kind)}
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"
