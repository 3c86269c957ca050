"""firstline study: a study file, run, told and drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tui.command_line.options import (
    ChartNames,
    DryRun,
    Format,
    FormatChoice,
    NoCharts,
    Output,
    Quiet,
    Replications,
    Resume,
    Save,
    Scheduler,
    Workers,
)

EXAMPLES = """\b
Examples:
  firstline study heads-and-authority.toml --dry-run
  firstline study heads-and-authority.toml
  firstline study heads-and-authority.toml --format csv > points.csv
A study file:
  scenario = "retail-complaints"
  policies = ["ask-the-boss", "empowered"]
  replications = 5
  [[factors]]
  key = "groups.front_line.absence"
  range = "0:0.2:0.05"
  [[factors]]
  key = "reasons.damaged_item.volume.factor *="
  levels = [0.9, 1.0, 1.1]
"""


def study(  # noqa: PLR0913 - an option each
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A study in TOML.")],
    *,
    replications: Replications = None,
    workers: Workers = None,
    scheduler: Scheduler = None,
    format_: FormatChoice = Format.TABLE,
    output: Output = Path("runs"),
    save: Save = True,
    charts: ChartNames = None,
    no_charts: NoCharts = False,
    resume: Resume = None,
    dry_run: DryRun = False,
    quiet: Quiet = False,  # noqa: ARG001 - the console asks for it
) -> None:
    """Run a study: every policy at every point of several factors, with the same customers.

    The answer is a tidy table of all points (study.parquet and study.csv in the run folder), a
    table for each measure, and pictures: a curve for one factor, a map and main effects for more,
    and waits, first contact and money of all points together.
    """
    from results.studies.read import read_study
    from tui.command_line import parsed_options, sweeping
    from tui.command_line.batch import Batch, Keeping
    from tui.command_line.workers_asked import workers_asked

    keeping = Keeping(output, save=save, resume=resume)
    wanted = sweeping.parse_charts(charts, no_charts)
    asked = read_study(file)
    scene = asked.load_scenario()
    parsed_options.parse_policies(scene, ",".join(asked.policies) if asked.policies else None)
    plan = asked.plan(scene)
    count = replications or asked.replications
    with workers_asked(workers, scheduler) as pool:
        batch = Batch(file.stem, plan.combined, None, count, None, asked.seed, workers, "", pool)
        sweeping.carry_out(asked, plan, batch, keeping, format_, charts=wanted, dry_run=dry_run)
