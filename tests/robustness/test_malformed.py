"""What is malformed is told in one line, or graded; nothing falls over, nothing is written."""

import json
import os
import socket

import pytest
from click.testing import CliRunner
from tiny import FILES, KATA, RIGHT, RUBRIC

from graders.commands import build
from graders.commands.session import Session

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


@pytest.fixture
def kata(root, monkeypatch):
    """Give a function that runs ``kata`` in this process."""
    monkeypatch.chdir(root)
    monkeypatch.setenv("KATA_BWRAP", "0")
    monkeypatch.delenv("KATA_CATALOGUE", raising=False)

    def kata(*words):
        return CliRunner().invoke(build(), list(words), obj=Session())

    return kata


def tree(root):
    """Give everything below a folder that a grading might have changed."""
    return {
        str(path.relative_to(root)): (
            path.lstat().st_mode,
            path.lstat().st_size,
            path.lstat().st_mtime_ns,
        )
        for path in sorted(root.rglob("*"))
        if ".kata" not in path.parts and "__pycache__" not in path.parts
    }


def assert_refused(result, *words):
    """Assert one line of error and one of advice, and that nothing else was said."""
    lines = result.stderr.splitlines()
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert [line.partition(":")[0] for line in lines] == ["error", "tip"], lines
    for word in words:
        assert word in lines[0]
    assert "Traceback" not in result.stderr


# Accepted -------------------------------------------------------------------

RIGHTS = {
    "BOM": BOM + RIGHT,
    "CRLF": RIGHT.replace("\n", "\r\n"),
    "CR": RIGHT.replace("\n", "\r"),
    "BOM and CRLF": BOM + RIGHT.replace("\n", "\r\n"),
    "no last line end": RIGHT.rstrip("\n"),
    "a form feed": "\f\n" + RIGHT,
    "a coding line": "# -*- coding: utf-8 -*-\n" + RIGHT,
    "another coding line": "# -*- coding: latin-1 -*-\n" + RIGHT,
    "other alphabets": "# größe 数 \N{SNAKE}\n" + RIGHT,
    "a name in another alphabet": "größe = 2\n" + RIGHT,
    "200 KB of comments": "#" * 200_000 + "\n" + RIGHT,
    "a future import": "from __future__ import annotations\n" + RIGHT,
}


@pytest.mark.parametrize("what", RIGHTS)
def test_a_right_solution_is_right_in_any_dress(kata, root, what):
    (root / "s.py").write_bytes(RIGHTS[what].encode())

    result = kata("grade", "doubling", "--from", "s.py", "--json")

    assert (result.exit_code, json.loads(result.stdout)["earned"]) == (0, 100), result.stderr


@pytest.mark.parametrize("name", ["kata.toml", "rubric.toml"])
@pytest.mark.parametrize("dress", ["BOM", "CRLF", "both"])
def test_a_katas_files_are_read_in_any_dress(kata, root, name, dress):
    text = (BOM if dress != "CRLF" else "") + FILES[name]
    text = text.replace("\n", "\r\n") if dress != "BOM" else text
    (root / "katas" / "doubling" / name).write_bytes(text.encode())

    assert kata("show", "doubling").exit_code == 0


# Graded ---------------------------------------------------------------------

BROKEN = {
    "NUL": ("x = 1\0\n", 0),
    "only NULs": ("\0" * 50, 0),
    "half a function": ("x = 1\ndef double(:\n", 2),
    "an open bracket": ("x = [1,\n", 1),
    "an open text": ("x = 1\ny = 'abc\n", 2),
    "an open long text": ('x = """abc\n', 1),
    "tabs and spaces": ("def double(n):\n\tx = 1\n        return x\n", 3),
    "no indentation": ("def double(n):\nreturn n\n", 2),
    "too much indentation": ("x = 1\n    y = 2\n", 2),
    "a return outside": ("x = 1\nreturn x\n", 2),
    "5000 parentheses": ("x = " + "(" * 5000 + ")" * 5000 + "\n", 0),
    "5000 lists open": ("x = " + "[" * 5000 + "\n", 0),
    "a line of 200 KB": ("x = " + "1+" * 100_000 + "1\n", 0),
    "5000 minus signs": ("x = " + "-" * 5000 + "1\n", 0),
    "a long number": ("x = " + "9" * 6000 + "\n", 1),
    "a stray character": ("x = 1\ny = 2 €\n", 2),
    "Python 2": ("print 'a'\n", 1),
    "a merge conflict": ("x = 1\n<<<<<<< HEAD\n", 2),
    "an unknown name": ("x = 1\nboom\n", 2),
    "an import that is not there": ("import no_such_thing\n", 1),
    "an import of a package that is not given": ("x = 1\nimport pandas\n", 2),
    "an exit": ("raise SystemExit(0)\n", 1),
    "nothing at all": ("", -1),
    "white space": (" \n\t\n", -1),
    "a comment": ("# later\n", -1),
    "prose": ("I do not know how to do this.\n", 1),
    "JSON": ('{"a": null}\n', 1),
    "double is a number": ("double = 5\n", -1),
    "double takes nothing": ("def double():\n    return 1\n", -1),
    "double gives itself": ("def double(n):\n    return double\n", -1),
    "double is a class": (
        "class double:\n    def __init__(self, n): pass\n    def __eq__(self, o): return True\n",
        -1,
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_text_that_is_no_solution_is_graded_with_0(kata, root, what):
    text, line = BROKEN[what]
    (root / "s.py").write_bytes(text.encode())
    before = tree(root)

    result = kata("grade", "doubling", "--from", "s.py", "--json")

    report = json.loads(result.stdout)
    assert (result.exit_code, report["earned"], report["standing"]) == (1, 0, "failed"), (
        result.stderr
    )
    assert {c["outcome"] for c in report["criteria"]} <= {
        "failed",
        "errored",
        "timed_out",
        "skipped",
    }
    assert tree(root) == before
    if line > 0:
        assert f"line {line}" in report["criteria"][0]["feedback"]
    if line >= 0:
        assert (
            "loaded" in report["criteria"][0]["feedback"]
            or "exit" in report["criteria"][0]["feedback"]
        )


# Refused --------------------------------------------------------------------


def _socket(path):
    end = socket.socket(socket.AF_UNIX)
    end.bind(os.path.relpath(path))
    end.close()


SHAPES = {
    "missing": lambda path: None,
    "a directory": lambda path: path.mkdir(),
    "a FIFO": os.mkfifo,
    "a socket": _socket,
    "a link out": lambda path: path.symlink_to("/etc/hostname"),
    "a link to a right solution": lambda path: path.symlink_to(path.parents[3] / "right.py"),
    "a dangling link": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to("solution.py"),
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "10 MB": lambda path: path.write_bytes(b"#" * 10_000_000),
    "a byte above the size cap": lambda path: path.write_bytes(b"#" * (256 * 1024 + 1)),
    "undecodable at 5": lambda path: path.write_bytes(b"x = '\xff'\n"),
    "undecodable at 0": lambda path: path.write_bytes(b"\xfe\xff\x00x"),
    "UTF-16": lambda path: path.write_bytes("x = 1".encode("utf-16")),
    "cut within a character": lambda path: path.write_bytes("x = 'ü'".encode()[:6]),
    "a surrogate in UTF-8": lambda path: path.write_bytes(b"x = '\xed\xa0\x80'"),
    "an overlong NUL": lambda path: path.write_bytes(b"x = '\xc0\x80'"),
    "a picture": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n\0"),
}


@pytest.mark.parametrize("way", ["attempt", "--from a folder", "--from the file"])
@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_no_text_file_is_refused(kata, root, shape, way):
    assert kata("new", "doubling").exit_code == 0
    path = root / "attempts" / "doubling" / "001" / "solution.py"
    path.unlink()
    SHAPES[shape](path)
    before = tree(root)
    if way == "attempt":
        words = []
    else:
        words = ["--from", str(path if way.endswith("file") else path.parent)]
    if shape == "a directory" and way.endswith("file"):
        (path / "inner").mkdir()
        before = tree(root)

    result = kata("grade", "doubling", *words)

    offset = {"undecodable at 5": ["offset 5"], "undecodable at 0": ["offset 0"]}.get(shape, [])
    assert_refused(result, *offset)
    assert tree(root) == before


TOML = {
    "no TOML": "this is not TOML",
    "a key without value": "title =",
    "an open text": 'title = "Doubl',
    "an open bracket": "title = [1, 2",
    "the same key twice": 'title = "a"\ntitle = "b"',
    "a bare NUL": "title = \0",
    "a strange escape": 'title = "\\q"',
    "a table in a key": "[title\n",
    "JSON": '{"title": "a"}',
    "deep brackets": "title = " + "[" * 5000,
    "undecodable": b'title = "\xff"',
    "UTF-16": "title = 1".encode("utf-16"),
    "a binary": bytes(range(256)),
}


@pytest.mark.parametrize("name", ["kata.toml", "rubric.toml"])
@pytest.mark.parametrize("what", TOML)
def test_a_file_that_is_no_toml_is_refused(kata, root, name, what):
    content = TOML[what]
    path = root / "katas" / "doubling" / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = tree(root)

    result = kata("grade", "doubling", "--from", "right.py")

    assert_refused(result, f"katas/doubling/{name}")
    assert tree(root) == before


@pytest.mark.parametrize("name", ["kata.toml", "rubric.toml", "README.md", "hints.md", "stub.py"])
@pytest.mark.parametrize("shape", ["missing", "a directory", "a dangling link"])
def test_a_part_of_a_kata_that_is_no_file_is_refused(kata, root, name, shape):
    path = root / "katas" / "doubling" / name
    path.unlink()
    SHAPES[shape](path)

    assert_refused(kata("grade", "doubling", "--from", "right.py"), f"katas/doubling/{name}")


WRONG = {
    "an unknown key": (KATA + "\n[rules]\nforbiden = 1\n", RUBRIC),
    "points that are text": (KATA, RUBRIC.replace("60", '"60"')),
    "points beyond 100": (KATA, RUBRIC.replace("60", "61")),
    "negative points": (KATA, RUBRIC.replace("60", "-60")),
    "an infinite limit": (KATA.replace("0.5", "inf"), RUBRIC),
    "a limit that is no number": (KATA.replace("0.5", "nan"), RUBRIC),
    "an unknown kind": (KATA, RUBRIC.replace('"static"', '"statik"')),
    "a circle of requirements": (
        KATA,
        RUBRIC.replace("situations = { small", 'requires = ["rules"]\nsituations = { small'),
    ),
    "an editable file outside": (
        KATA.replace("[limits]", 'editable = ["../x.py"]\n[limits]'),
        RUBRIC,
    ),
    "no criterion": (KATA, "pass_mark = 80\n"),
    "an empty file": ("", RUBRIC),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_kata_that_contradicts_itself_is_refused_without_a_traceback(kata, root, what):
    folder = root / "katas" / "doubling"
    for name, text in zip(("kata.toml", "rubric.toml"), WRONG[what], strict=True):
        (folder / name).write_text(text)

    result = kata("grade", "doubling", "--from", "right.py")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: katas/doubling/")
    assert "Traceback" not in result.stderr


def test_the_malformed_inputs_are_a_hundred_or_more():
    inputs = len(BROKEN) + len(RIGHTS) + 6 + 3 * len(SHAPES) + 2 * len(TOML) + 15 + len(WRONG)

    assert inputs >= 100
