"""firstline check: everything that is wrong with a scenario, at once."""

from __future__ import annotations

import typer

from tui.command_line.options import Changes, Format, FormatChoice, Quiet, ScenarioName

EXAMPLES = """\b
Examples:
  firstline check my-centre.toml
  firstline check retail-complaints --set groups.front_line.authority=nobody
  firstline check my-centre.toml --format json
  cat my-centre.toml | firstline check -
"""


def check(
    scenario: ScenarioName,
    changes: Changes = None,
    format_: FormatChoice = Format.TABLE,
    quiet: Quiet = False,  # noqa: ARG001 - whoever says something asks for it
) -> None:
    """Check a scenario and say what each policy changes.

    All problems are told at once, each with its place, the rule and the nearest known name. The
    exit code is 3 when the scenario cannot be used; doubts do not count.
    """
    from tui.answers.findings import Findings
    from tui.answers.machine import write_csv, write_json
    from tui.command_line.exits import ExitCode

    findings = Findings.of(scenario, changes or [])
    if format_ is Format.JSON:
        write_json(findings.as_data())
    elif format_ is Format.CSV:
        write_csv(findings.rows())
    else:
        findings.print()
    if findings.problems:
        raise typer.Exit(ExitCode.BAD_SCENARIO)
