"""
All katas, loaded and checked.

Names load on first use: listing katas must not pay for reading them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graders.catalogue.finding import find_root, resolve_slug
    from graders.catalogue.listing import Entry, index
    from graders.catalogue.loading import Catalogue, load_catalogue, load_kata
    from graders.catalogue.schemas import schema
    from graders.catalogue.versions import grader_version, kata_version

__all__ = [
    "Catalogue",
    "Entry",
    "find_root",
    "grader_version",
    "index",
    "kata_version",
    "load_catalogue",
    "load_kata",
    "resolve_slug",
    "schema",
]

_HOMES = {
    "Catalogue": "loading",
    "Entry": "listing",
    "find_root": "finding",
    "grader_version": "versions",
    "index": "listing",
    "kata_version": "versions",
    "load_catalogue": "loading",
    "load_kata": "loading",
    "resolve_slug": "finding",
    "schema": "schemas",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
