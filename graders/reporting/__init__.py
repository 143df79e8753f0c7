"""The report of one grading: put together in safe words, and read back with care."""

from __future__ import annotations

from graders.reporting.assembling import assemble
from graders.reporting.parsing import check_report, parse_report

__all__ = ["assemble", "check_report", "parse_report"]
