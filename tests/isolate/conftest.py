"""The suites are run by test_isolate.py, jailed and plain; pytest does not collect them here."""

collect_ignore = ["suites"]
