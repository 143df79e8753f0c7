"""``doctor``, ``isolate``, ``completion``: about this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graders.commands.grading import Patience, sandbox_option
from graders.commands.screen import say, say_json
from graders.errors import UsageError
from graders.render.plain import escape

if TYPE_CHECKING:
    from graders.commands.session import Session

SHELLS = {
    "bash": "kata completion bash > ~/.kata.bash; echo '. ~/.kata.bash' >> ~/.bashrc",
    "zsh": "kata completion zsh > ~/.kata.zsh; echo '. ~/.kata.zsh' >> ~/.zshrc",
    "fish": "kata completion fish > ~/.config/fish/completions/kata.fish",
}
OUTCOME_COLORS = {"passed": "green", "skipped": "cyan"}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (kata-doctor/1).")
@click.pass_obj
def doctor_command(session: Session, as_json: bool) -> int:  # noqa: FBT001
    """Check this machine and say how to repair it."""
    findings = session.doors.diagnose()
    for finding in findings:
        mark = click.style("ok  ", fg="green") if finding.ok else click.style("fix ", fg="red")
        say(f"{mark} {finding.name}: {escape(finding.text)}", err=as_json)
        if not finding.ok and finding.fix:
            say(f"     tip: {escape(finding.fix)}", err=as_json)
    is_sound = all(finding.ok for finding in findings)
    if as_json:
        rows = [
            {"name": found.name, "ok": found.ok, "text": found.text, "fix": found.fix}
            for found in findings
        ]
        say_json("kata-doctor/1", ok=is_sound, findings=rows)
    return 0 if is_sound else 1


@click.command("isolate")
@click.argument("test_file", metavar="TEST_FILE")
@click.option("--solution", metavar="FILE", required=True, help="The file to jail.")
@click.option("--allow-read", metavar="DIR", multiple=True, help="A folder the jail may read.")
@sandbox_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (kata-isolate/1).")
@click.pass_obj
def isolate_command(  # noqa: PLR0913 - its options
    session: Session,
    test_file: str,
    *,
    solution: str,
    allow_read: tuple[str, ...],
    sandbox: str,
    as_json: bool,
) -> int:
    """
    Run any pytest or unittest file against a jailed solution.

    The tests run unchanged; what they import from the solution's module are
    stand-ins for what lives in the jail. Exit code: 0 when none failed and one
    at least passed; 1 otherwise; 3 when they could not run.
    """
    for name in (test_file, solution):
        if not Path(name).is_file():
            raise UsageError(f'there is no file "{name}"', fix="see kata isolate --help")
    with Patience("running the tests"):
        report = session.doors.isolate(
            Path(test_file),
            Path(solution),
            allow_read=[Path(folder) for folder in allow_read],
            sandbox=sandbox,
        )
    document = isolation_document(report)
    _print_tests(document, err=as_json)
    if as_json:
        say_json("kata-isolate/1", **document)
    return 0 if document["failed"] == 0 and document["total"] > 0 else 1


def isolation_document(report: Any) -> dict[str, Any]:
    """Give ``kata-isolate/1`` without its schema key, from the report's tests."""
    rows = [
        {
            "id": test.id,
            "outcome": getattr(test.outcome, "value", test.outcome),
            "cause": test.cause,
        }
        for test in report.tests
    ]
    outcomes = [row["outcome"] for row in rows]
    passed, skipped = outcomes.count("passed"), outcomes.count("skipped")
    return {
        "tests": rows,
        "passed": passed,
        "failed": len(rows) - passed - skipped,
        "skipped": skipped,
        "total": len(rows),
        "sandbox": report.sandbox,
        "trusts": ["operators"],
    }


def _print_tests(document: dict[str, Any], *, err: bool) -> None:
    for row in document["tests"]:
        color = OUTCOME_COLORS.get(row["outcome"], "red")
        cause = f"   {escape(str(row['cause']), follows=True)}" if row["cause"] else ""
        word = click.style(f"{row['outcome']:<9}", fg=color)
        say(f"{word} {escape(row['id'], follows=True)}{cause}", err=err)
    counts = f"{document['passed']} passed, {document['failed']} failed"
    skipped = f", {document['skipped']} skipped" if document["skipped"] else ""
    say(f"{counts}{skipped}   jail: {document['sandbox']}, trusts the operators", err=err)


@click.command("completion")
@click.argument("shell", type=click.Choice(list(SHELLS)))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> int:
    """
    Print the shell completion for bash, zsh or fish.

    The script goes to stdout; stderr says how to install it.
    """
    from click import shell_completion

    completes = {
        "bash": shell_completion.BashComplete,
        "zsh": shell_completion.ZshComplete,
        "fish": shell_completion.FishComplete,
    }
    script = completes[shell](ctx.find_root().command, {}, "kata", "_KATA_COMPLETE")
    # Not source(): it starts a bash to ask for its version.
    click.echo(script.source_template % script.source_vars())
    say(f"To install it: {SHELLS[shell]}", err=True)
    return 0
