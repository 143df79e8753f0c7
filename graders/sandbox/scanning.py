"""
Facts about a source text, found inside a worker that never ran it.

Parsing hostile text can exhaust memory or crash the interpreter, so it happens
in the jail; only this list of facts leaves, and the judge decides by it.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Sequence
from typing import Any

_BUILTINS = frozenset(vars(builtins))
# Their variables are not those of the function around them.
_SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def scan(source: str) -> dict[str, Any]:
    """
    Give the facts of a source text.

    Returns:
        ``imports`` (dotted module, line), ``names`` (dotted name with import
        aliases resolved, line), ``attributes`` (name, line), ``captures`` (attribute that a class
        pattern reads, line), ``functions``
        (name, first line, lines), ``classes`` (names).

    Raises:
        SyntaxError, ValueError: The text does not compile.
    """
    tree = ast.parse(source, "solution.py")
    reader = _Reader(tree)
    reader.visit(tree)
    facts = reader.facts
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


class _Reader(ast.NodeVisitor):
    """
    Notes the facts of a tree, and knows which names are a function's own variables.

    A variable that is called ``code`` or ``input`` is neither the module nor the
    builtin; one that a function binds cannot be either of them inside it.
    """

    def __init__(self, tree: ast.Module) -> None:
        self._aliases = _aliases(tree)
        self._own: list[set[str]] = []
        self._takes_all = any(
            alias.name == "*"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        )
        self.facts: dict[str, list[Any]] = {
            kind: []
            for kind in ("imports", "names", "attributes", "captures", "functions", "classes")
        }

    def visit_Import(self, node: ast.Import) -> None:
        self.facts["imports"] += [[name.name, node.lineno] for name in node.names]

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = "." * node.level + (node.module or "")
        self.facts["imports"].append([module, node.lineno])
        dotted = [[f"{module}.{name.name}", node.lineno] for name in node.names]
        self.facts["imports"] += dotted
        self.facts["names"] += dotted

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.facts["attributes"].append([node.attr, node.lineno])
        first, rest = _parts(node)
        known = self._known(first) if first else ""
        if known:
            self.facts["names"].append([".".join([known, *rest]), node.lineno])
        self.generic_visit(node)

    def visit_MatchClass(self, node: ast.MatchClass) -> None:
        # A pattern such as object(sort=found) reads an attribute too.
        self.facts["attributes"] += [[name, node.lineno] for name in node.kwd_attrs]
        self.facts["captures"] += [[name, node.lineno] for name in node.kwd_attrs]
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        known = self._known(node.id)
        if known:
            self.facts["names"].append([known, node.lineno])

    def _known(self, name: str) -> str:
        """Give what a name may stand for: an import or a builtin; nothing for a variable."""
        if any(name in own for own in self._own):
            return ""
        if name in self._aliases:
            return self._aliases[name]
        is_open = self._takes_all or name in _BUILTINS or name.startswith("__")
        return name if is_open else ""

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.facts["classes"].append(node.name)
        self.generic_visit(node)  # a class's own names hide nothing: see the lookup rules

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        self.facts["functions"].append([node.name, node.lineno, lines])
        for part in (*node.decorator_list, node.returns):
            if part is not None:
                self.visit(part)
        self._within(node, node.body)

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815 - the visitor's own spelling

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._within(node, [node.body])

    def _within(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, body: Sequence[ast.AST]
    ) -> None:
        self.visit(node.args)  # defaults and annotations belong to the outside
        own = {arg.arg for arg in ast.walk(node.args) if isinstance(arg, ast.arg)}
        self._own.append(_bound(body, own))
        for part in body:
            self.visit(part)
        self._own.pop()


def _bound(body: Sequence[ast.AST], own: set[str]) -> set[str]:
    """Give the variables of a function: what it binds itself, not by an import."""
    outside: set[str] = set()
    left = list(body)
    while left:
        node = left.pop()
        if isinstance(node, ast.Global | ast.Nonlocal):
            outside.update(node.names)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            outside.update(name.asname or name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            own.add(node.id)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            own.add(node.name)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            own.add(node.name)
        elif not isinstance(node, _SCOPES):
            left += ast.iter_child_nodes(node)
    return own - outside


def _parts(node: ast.Attribute) -> tuple[str, list[str]]:
    """Give the first name of a dotted one and the rest; no first name for other expressions."""
    rest = [node.attr]
    value: ast.expr = node.value
    while isinstance(value, ast.Attribute):
        rest.insert(0, value.attr)
        value = value.value
    return (value.id if isinstance(value, ast.Name) else ""), rest
