"""
Cut out of GitHub's OpenAPI description what is used here.

    npm pack @octokit/openapi && tar xf octokit-openapi-*.tgz
    python tests/github/openapi/slicing.py package/generated/api.github.com.json

writes ``github.json`` beside this file. Words are left out, and examples but for those that the
loopback server builds its answers from.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

SLICE = Path(__file__).parent / "github.json"
OPERATIONS = {
    "/user": ("get",),
    "/repos/{owner}/{repo}": ("get",),
    "/repos/{owner}/{repo}/pulls": ("get", "post"),
    "/repos/{owner}/{repo}/pulls/{pull_number}": ("get",),
    "/repos/{owner}/{repo}/issues/{issue_number}/comments": ("get", "post"),
    "/repos/{owner}/{repo}/issues/comments/{comment_id}": ("patch", "delete"),
    "/repos/{owner}/{repo}/statuses/{sha}": ("post",),
}
EXAMPLES = (
    "full-repository-default-response",
    "issue-comment",
    "private-user-response-with-public-profile-information",
    "pull-request",
    "status",
)
_WORDS = {"description", "example", "examples", "externalDocs", "summary", "title", "x-github"}
_BY_NAME = {"properties", "schemas", "parameters", "responses", "headers"}


def cut(whole: dict) -> dict:
    """Give the slice: our operations, and what they refer to."""
    paths = {
        path: {method: _without_words(whole["paths"][path][method]) for method in methods}
        for path, methods in OPERATIONS.items()
    }
    components: dict = {"examples": {}}
    _collect(paths, whole["components"], components)
    for name in EXAMPLES:
        components["examples"][name] = whole["components"]["examples"][name]
    return {
        "openapi": whole["openapi"],
        "info": {key: whole["info"][key] for key in ("title", "version", "license")},
        "servers": whole["servers"],
        "paths": paths,
        "components": {
            kind: dict(sorted(parts.items())) for kind, parts in sorted(components.items())
        },
    }


def _collect(node, source: dict, found: dict) -> None:
    if isinstance(node, list):
        for item in node:
            _collect(item, source, found)
    if not isinstance(node, dict):
        return
    reference = node.get("$ref")
    if isinstance(reference, str):
        _, _, kind, name = reference.split("/")
        parts = found.setdefault(kind, {})
        if name not in parts:
            parts[name] = _without_words(source[kind][name])
            _collect(parts[name], source, found)
    for value in node.values():
        _collect(value, source, found)


def _without_words(node, parent: str = ""):
    """Leave out what only people read; names of fields may be the same words, and stay."""
    if isinstance(node, list):
        return [_without_words(item) for item in node]
    if not isinstance(node, dict):
        return node
    if parent in _BY_NAME:
        return {key: _without_words(value, "named") for key, value in node.items()}
    kept = {key: _without_words(value, key) for key, value in node.items() if key not in _WORDS}
    if "content" in node or "headers" in node or set(node) == {"description"}:
        kept["description"] = ""  # a response must have one
    return kept


if __name__ == "__main__":
    sliced = cut(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    SLICE.write_text(json.dumps(sliced, indent=1) + "\n", encoding="utf-8")
    print(f"{SLICE}: {SLICE.stat().st_size:,} bytes")
