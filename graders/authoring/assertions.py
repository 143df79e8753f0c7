"""Weak assertions in hidden tests: those that let a wrong answer through."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from graders.authoring.finding import Found

# They broadcast, ignore the dtype, or take a bool for a number.
_LOOSE = {"allclose", "isclose", "array_equal", "assert_allclose", "assert_array_equal", "approx"}
_ARRAYS = {"array", "asarray", "zeros", "ones", "full", "arange", "empty", "eye", "linspace"}
_FIX = "use check.equal or check.close: they look at type, shape and dtype first"


def weak_assertions(text: str, where: str) -> Iterator[Found]:
    """
    Give the weak assertions of a test file.

    Args:
        text: The file's source; it compiles.
        where: The file, for people.
    """
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assert):
            yield from _of_assert(node, where)
        elif isinstance(node, ast.Call) and _name(node.func) in _LOOSE:
            yield _found(f"compares by {_name(node.func)}", node, where)


def _of_assert(node: ast.Assert, where: str) -> Iterator[Found]:
    for part in ast.walk(node.test):
        if not isinstance(part, ast.Compare):
            continue
        sides = [part.left, *part.comparators]
        equals = any(isinstance(op, ast.Eq | ast.NotEq) for op in part.ops)
        if equals and any(_is_float(side) for side in sides):
            yield _found("compares with a float by ==", part, where)
        elif equals and any(_is_array(side) for side in sides):
            yield _found("compares with an array by ==", part, where)
    if _is_array(node.test):
        yield _found("asserts that an array is true", node, where)


def _found(what: str, node: ast.expr | ast.stmt, where: str) -> Found:
    return Found(f"a weak assertion: line {node.lineno} {what}", where, _FIX)


def _is_float(node: ast.expr) -> bool:
    inner = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(inner, ast.Constant) and isinstance(inner.value, float)


def _is_array(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"np", "numpy"}
        and node.func.attr in _ARRAYS
    )


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
