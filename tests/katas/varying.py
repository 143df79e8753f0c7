"""The same solution, written by somebody else: other names, another layout, no comments."""

import ast

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def vary(source: str) -> str:
    """Rename the variables of every function, drop the docstring, and lay the text out anew."""
    tree = ast.parse(source)
    if ast.get_docstring(tree):
        del tree.body[0]
    for node in ast.walk(tree):
        if isinstance(node, _FUNCTIONS):
            _rename(node)
    return f"# by somebody else\n\n\n{ast.unparse(tree)}\n"


def _rename(function: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    nodes = list(ast.walk(function))
    arguments = {node.arg for node in nodes if isinstance(node, ast.arg)}
    stored = {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    elsewhere = {
        name for node in nodes if isinstance(node, ast.Global | ast.Nonlocal) for name in node.names
    }
    elsewhere |= {
        node.name for node in nodes if isinstance(node, (*_FUNCTIONS, ast.ClassDef))
    }
    own = {name for name in stored - arguments - elsewhere if not name.startswith("my_")}
    for node in nodes:
        if isinstance(node, ast.Name) and node.id in own:
            node.id = f"my_{node.id}"
