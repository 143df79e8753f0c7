"""Run an existing test file, unchanged, against a solution that stays in the jail."""

from graders.isolation.running import IsolationReport, isolate

__all__ = ["IsolationReport", "isolate"]
