"""firstline study: a study file, run, told and drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tui.command_line.options import (
    Charts,
    DryRun,
    Format,
    FormatChoice,
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
  key = "reasons.complaint.volume.factor *="
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
    charts: Charts = True,
    resume: Resume = None,
    dry_run: DryRun = False,
    quiet: Quiet = False,  # noqa: ARG001 - the console asks for it
) -> None:
    """Run a study: every policy at every point of several factors, with the same customers.

    The answer is a tidy table of all points (study.parquet and study.csv in the run folder), a
    table for each measure, and pictures: a curve for one factor, a map and main effects for more.
    """
    from results.studies.plan import plan_of
    from results.studies.study_file import read_study
    from scenarios.policies.policy_set import PolicySet
    from tui.command_line import parsed_options, sweeping
    from tui.command_line.batch import Batch, Keeping
    from tui.command_line.workers_asked import workers_asked

    keeping = Keeping(output, save=save, resume=resume)
    asked = read_study(file)
    chosen = None if asked.policies is None else ",".join(asked.policies)
    scene = asked.load_scenario()
    policies = parsed_options.parse_policies(scene, chosen)
    plan = plan_of(PolicySet.of(scene), asked.factors, policies=policies, points=asked.places())
    count = replications or asked.replications
    with workers_asked(workers, scheduler) as pool:
        batch = Batch(file.stem, plan.combined, None, count, None, asked.seed, workers, "", pool)
        if dry_run:
            sweeping.tell_size(plan, batch)
            return
        sweeping.carry_out(plan, batch, keeping, asked.measures, None, format_, charts=charts)
