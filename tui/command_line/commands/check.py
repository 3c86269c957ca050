"""firstline check: everything that is wrong with a scenario, and whether it does what it should."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tui.command_line.options import (
    Changes,
    Days,
    Format,
    FormatChoice,
    PolicyList,
    Quiet,
    Replications,
    ScenarioName,
    Seed,
    Workers,
)

if TYPE_CHECKING:
    from tui.command_line.answers.check_report import CheckReport
    from tui.command_line.expecting import Expecting

EXAMPLES = """\b
Examples:
  firstline check my-centre.toml
  firstline check retail-complaints --set groups.front_line.authority=nobody
  firstline check my-centre.toml --format json
  firstline check my-centre.toml --run -n 20
  cat my-centre.toml | firstline check -
"""


def check(  # noqa: PLR0913 - an option each
    scenario: ScenarioName,
    *,
    run: Annotated[
        bool,
        typer.Option("--run", help="Also run it and check what [expect] says about the measures."),
    ] = False,
    policies: PolicyList = None,
    replications: Replications = None,
    days: Days = None,
    changes: Changes = None,
    seed: Seed = None,
    workers: Workers = None,
    format_: FormatChoice = Format.TABLE,
    quiet: Quiet = False,  # noqa: ARG001 - the console asks for it
) -> None:
    """Check a scenario and show what each policy changes.

    All problems are listed, each with its place, the rule and the nearest known name. The exit
    code is 3 when the scenario cannot be run; warnings do not count.

    With --run, the policies that [expect] names are run and each expectation is checked: exit
    code 0 when all hold, 1 when one does not hold, 4 when none fails but one is not known yet at
    this number of replications. Nothing is stored.
    """
    from tui.command_line.answers.check_report import CheckReport
    from tui.terminal.environment import typed
    from tui.terminal.exits import ExitCode

    asked = {
        "--policies": policies,
        "--replications": replications,
        "--days": days,
        "--seed": seed,
        "--workers": typed(workers),
    }
    for option, given in asked.items():
        if given is not None and not run:
            raise typer.BadParameter("only applies with --run.", param_hint=option)
    changed = [*(changes or []), *([] if days is None else [f"horizon.days={days}"])]
    report = CheckReport.of(scenario, changed)
    if report.scenario is None or not run:
        _write(report, format_)
    if report.scenario is None:
        raise typer.Exit(ExitCode.BAD_SCENARIO)
    if run:
        from tui.command_line.expecting import Expecting
        from tui.command_line.parsed_options import parse_policies

        chosen = parse_policies(report.scenario, policies)
        _check_by_running(report, Expecting(chosen, replications, seed, workers), format_)


def _write(report: CheckReport, format_: Format) -> None:
    from tui.command_line.answers.check_report import COLUMNS
    from tui.terminal.machine import write_csv, write_json

    if format_ is Format.JSON:
        write_json(report.as_data())
    elif format_ is Format.CSV:
        write_csv(report.rows(), COLUMNS)
    else:
        report.print()


def _check_by_running(report: CheckReport, expecting: Expecting, format_: Format) -> None:
    from tui.command_line.answers.expectations import NOTHING, expectation_rows, print_expectations
    from tui.command_line.expecting import code_of
    from tui.terminal.console import data
    from tui.terminal.machine import write_csv, write_json

    assert report.centre is not None, "what cannot be used is not run"
    if format_ is Format.TABLE:
        report.print_in_brief(report.centre)
    experiment, found = expecting.run(report.centre)
    if format_ is Format.JSON:
        ran = {} if experiment is None else {"seed": experiment.seed, "state": experiment.state}
        write_json(report.as_data() | {"expectations": expectation_rows(found), **ran})
    elif format_ is Format.CSV:
        write_csv(expectation_rows(found))
    elif experiment is None:
        data().print(NOTHING, soft_wrap=True)
    else:
        print_expectations(found, experiment)
    raise typer.Exit(code_of(experiment, found))
