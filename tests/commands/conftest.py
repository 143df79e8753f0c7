"""A repository of two katas, a command line in it, and doors that lead nowhere."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from graders.commands import build
from graders.commands.session import Doors, Session
from tests.kata_folders import KATA_TOML, write_kata
from tests.reports import report

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)
KNN_TOML = KATA_TOML.replace("K-means", "Nearest neighbours").replace("medium", "hard")


class FakeDoors(Doors):
    """Doors that give what a test put behind them, and remember what was asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.report = report(slug="k_means", attempt=1, earned=72)
        self.samples = SimpleNamespace(text="2 passed", passed=True, tier="B")
        self.isolation = SimpleNamespace(tests=(), sandbox="landlock+seccomp")
        self.findings: list[Any] = []
        self.editor_code = 0
        self.error: BaseException | None = None

    def grade(self, kata, attempt, **options):
        self._ask(("grade", kata.slug, attempt.number, attempt.files, options))
        return self.report

    def run_samples(self, kata, folder, *, sandbox):
        self._ask(("run_samples", kata.slug, folder.name, sandbox))
        return self.samples

    def isolate(self, test_file, solution, **options):
        self._ask(("isolate", test_file, solution, options))
        return self.isolation

    def diagnose(self):
        self._ask(("diagnose",))
        return self.findings

    def edit(self, words):
        self._ask(("edit", list(words)))
        return self.editor_code

    def _ask(self, what: Any) -> None:
        self.asked.append(what)
        if self.error is not None:
            raise self.error


class Desk:
    """A learner's repository with a command line in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.doors = FakeDoors()
        self.now = NOW
        (root / "pyproject.toml").write_text("")
        write_kata(root / "katas", "k_means")
        write_kata(root / "katas", "nearest_neighbors", kata=KNN_TOML)

    def run(self, *words: str, answers: str | None = None, **more: Any) -> Result:
        session = Session(self.doors, clock=lambda: self.now)
        return CliRunner().invoke(build(), list(words), obj=session, input=answers, **more)

    def document(self, *words: str, code: int = 0) -> dict[str, Any]:
        result = self.run(*words)
        assert result.exit_code == code, result.output
        found: dict[str, Any] = json.loads(result.stdout)
        return found

    def solution(self, slug: str = "k_means", number: int = 1) -> Path:
        return self.root / "attempts" / slug / f"{number:03}" / "solution.py"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "KATA_CATALOGUE", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return Desk(tmp_path)
