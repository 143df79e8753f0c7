"""
Facts about a source text, found inside a worker that never ran it.

Parsing hostile text can exhaust memory or crash the interpreter, so it happens
in the jail; only this list of facts leaves, and the judge decides by it.
"""

from __future__ import annotations

import ast
from typing import Any


def scan(source: str) -> dict[str, Any]:
    """
    Give the facts of a source text.

    Returns:
        ``imports`` (dotted module, line), ``names`` (dotted name with import
        aliases resolved, line), ``attributes`` (name, line), ``functions``
        (name, first line, lines), ``classes`` (names).

    Raises:
        SyntaxError, ValueError: The text does not compile.
    """
    tree = ast.parse(source, "solution.py")
    aliases = _aliases(tree)
    facts: dict[str, Any] = {
        "imports": [],
        "names": [],
        "attributes": [],
        "functions": [],
        "classes": [],
    }
    for node in ast.walk(tree):
        _note(node, facts, aliases)
    facts["functions"].sort(key=lambda fact: -fact[2])  # the longest of a name is the one to know
    return {kind: _first_of_each(found) for kind, found in facts.items()}


def _first_of_each(found: list[Any]) -> list[Any]:
    """Drop what was said before, so that a long file makes a short list."""
    seen: dict[str, Any] = {}
    for fact in found:
        seen.setdefault(fact if isinstance(fact, str) else fact[0], fact)
    return list(seen.values())


def _aliases(tree: ast.AST) -> dict[str, str]:
    aliases = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                bound = name.asname or name.name.partition(".")[0]
                aliases[bound] = name.name if name.asname else bound
        elif isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                aliases[name.asname or name.name] = f"{node.module}.{name.name}"
    return aliases


def _note(node: ast.AST, facts: dict[str, Any], aliases: dict[str, str]) -> None:
    if isinstance(node, ast.Import):
        facts["imports"] += [[name.name, node.lineno] for name in node.names]
    elif isinstance(node, ast.ImportFrom):
        module = "." * node.level + (node.module or "")
        facts["imports"].append([module, node.lineno])
        facts["imports"] += [[f"{module}.{name.name}", node.lineno] for name in node.names]
        facts["names"] += [[f"{module}.{name.name}", node.lineno] for name in node.names]
    elif isinstance(node, ast.Attribute):
        facts["attributes"].append([node.attr, node.lineno])
        dotted = _dotted(node, aliases)
        if dotted:
            facts["names"].append([dotted, node.lineno])
    elif isinstance(node, ast.Name):
        facts["names"].append([aliases.get(node.id, node.id), node.lineno])
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        facts["functions"].append([node.name, node.lineno, lines])
    elif isinstance(node, ast.ClassDef):
        facts["classes"].append(node.name)


def _dotted(node: ast.Attribute, aliases: dict[str, str]) -> str:
    parts = [node.attr]
    value: ast.expr = node.value
    while isinstance(value, ast.Attribute):
        parts.append(value.attr)
        value = value.value
    if not isinstance(value, ast.Name):
        return ""
    parts.append(aliases.get(value.id, value.id))
    return ".".join(reversed(parts))
