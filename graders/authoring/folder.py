"""What can be seen in a kata's folder without running anything."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from graders.authoring.assertions import weak_assertions
from graders.authoring.finding import Found
from graders.authoring.seeded import KEYS, Seeded, solutions
from graders.model.kata import Kata
from graders.model.proof import SeededKind
from graders.workspace import read_hints

LEAST = {SeededKind.REFERENCE: 2, SeededKind.WRONG: 3}
_HINTS = 3
_LONG_LINE = 20
# Everything that may lie in a kata's folder.
_LISTED = (
    *("README.md", "kata.toml", "rubric.toml", "stub.py", "stub_*", "hints.md", "test_sample.py"),
    *("hidden/*.py", "hidden/editorial.md", "hidden/signatures.json"),
    *("hidden.age", "hidden.sha256"),
    *(f"hidden/{kind.value}/*.py" for kind in list(SeededKind)[1:]),
)


def folder_findings(kata: Kata) -> Iterator[Found]:
    """Give everything in a kata's folder that breaks a rule, in the order of the files."""
    at = f"{kata.folder.parent.name}/{kata.slug}"
    yield from _unlisted(kata, at)
    yield from _unwritten(kata, at)
    yield from _stub(kata, at)
    yield from _hints(kata, at)
    yield from _too_few(kata, at)
    for solution in solutions(kata):
        yield from _docstring(solution, kata)
    yield from _sentences(kata, at)
    for path in sorted((kata.folder / "hidden").glob("test_*.py")):
        where = f"{at}/hidden/{path.name}"
        try:
            yield from weak_assertions(_text(path), where)
        except SyntaxError as error:
            yield Found(f"does not compile: line {error.lineno}", where, "mend that line")


def _unlisted(kata: Kata, at: str) -> Iterator[Found]:
    listed = (*_LISTED, *kata.about.editable)
    for path in sorted(kata.folder.rglob("*")):
        name = path.relative_to(kata.folder).as_posix()
        if path.is_dir() or "__pycache__" in name:
            continue
        if not any(_fits(name, pattern) for pattern in listed):
            yield Found("does not belong in a kata's folder", f"{at}/{name}", "take it out")


def _fits(name: str, pattern: str) -> bool:
    return name.count("/") == pattern.count("/") and fnmatch(name, pattern)


def _unwritten(kata: Kata, at: str) -> Iterator[Found]:
    """Give what is left to write, as ``kata dev new`` leaves it."""
    names = ("README.md", "hints.md", "kata.toml", "rubric.toml", "hidden/editorial.md")
    for name in names:
        path = kata.folder / name
        if not path.is_file():
            yield Found("is missing", f"{at}/{name}", "write it")
        elif "TODO" in _text(path):
            yield Found("still says TODO", f"{at}/{name}", "write that part")


def _stub(kata: Kata, at: str) -> Iterator[Found]:
    text = _text(kata.folder / "stub.py")
    if "TODO" not in text:
        fix = "leave the learner a # TODO where the work is"
        yield Found("has no TODO", f"{at}/stub.py", fix)
    if "raise NotImplementedError" not in text:
        fix = "raise NotImplementedError where the work is: the report knows the stub by it"
        yield Found("does not raise NotImplementedError", f"{at}/stub.py", fix)


def _hints(kata: Kata, at: str) -> Iterator[Found]:
    where = f"{at}/hints.md"
    hints = read_hints(kata)
    if len(hints) != _HINTS:
        fix = "write three: ## Hint 1, ## Hint 2, ## Hint 3"
        yield Found(f"has {len(hints)} hints, not {_HINTS}", where, fix)
    for path in sorted((kata.folder / "hidden" / "reference").glob("*.py")):
        lines = {line.strip() for line in _text(path).splitlines()}
        for number, hint in enumerate(hints, 1):
            shown = [line for line in sorted(lines) if len(line) >= _LONG_LINE and line in hint]
            for line in shown:
                what = f"hint {number} gives a line of {path.name} away: {line}"
                yield Found(what, where, "ask a question that leads there instead")


def _too_few(kata: Kata, at: str) -> Iterator[Found]:
    counts = dict.fromkeys(SeededKind, 0)
    for solution in solutions(kata):
        counts[solution.kind] += 1
    for kind, least in LEAST.items():
        if counts[kind] < least:
            what = f"{counts[kind]} solutions, and {least} are the least"
            yield Found(what, f"{at}/hidden/{kind.value}", "add one that differs from the others")


def _docstring(solution: Seeded, kata: Kata) -> Iterator[Found]:
    if solution.kind in (SeededKind.STUB, SeededKind.REFERENCE):
        return
    missing = [key for key in KEYS if not solution.said.get(key)]
    if missing:
        fix = "begin the file with a docstring of Mistake:, Fails:, Say: and Ask:"
        yield Found(f"its docstring does not say {', '.join(missing)}", solution.where, fix)
        return
    ids = [criterion.id for criterion in kata.rubric.criterion]
    if solution.said["Fails"] not in ids:
        fix = f"name one of {', '.join(ids)}"
        yield Found(f"Fails: {solution.said['Fails']} is no criterion", solution.where, fix)


def _sentences(kata: Kata, at: str) -> Iterator[Found]:
    """Hold the sentences that tests claim to prove against the statement."""
    statement = _spaced(_text(kata.folder / "README.md"))
    paths = [kata.folder / "test_sample.py", *sorted((kata.folder / "hidden").glob("test_*.py"))]
    for path in paths:
        where = f"{at}/{path.relative_to(kata.folder).as_posix()}"
        try:
            marks = list(_marks(path))
        except SyntaxError:
            continue  # told elsewhere
        for test, line, sentences, is_spec in marks:
            for sentence in sentences:
                if _spaced(sentence) not in statement:
                    what = f'line {line} states what the statement does not say: "{sentence}"'
                    yield Found(what, where, "quote README.md word for word")
            if is_spec and not sentences:
                fix = 'add @pytest.mark.states("the sentence of README.md that it holds")'
                yield Found(f"{test} is spec and states nothing", where, fix)


def _marks(path: Path) -> Iterator[tuple[str, int, list[str], bool]]:
    """Give each test: its name, its line, the sentences it states, whether it is spec."""
    for node in ast.walk(ast.parse(_text(path))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            sentences, is_spec = [], False
            for mark in node.decorator_list:
                named = mark.func if isinstance(mark, ast.Call) else mark
                name = ast.unparse(named).rpartition(".")[2]  # some files give it a short name
                is_spec = is_spec or name == "spec"
                if isinstance(mark, ast.Call) and name == "states":
                    sentences += [str(a.value) for a in mark.args if isinstance(a, ast.Constant)]
            yield node.name, node.lineno, sentences, is_spec


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
