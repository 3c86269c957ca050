"""firstline worth: how much of one knob a policy is worth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tui.command_line.options import (
    Changes,
    ChartNames,
    Days,
    DryRun,
    Format,
    FormatChoice,
    NoCharts,
    Output,
    Quiet,
    Replications,
    Resume,
    Save,
    ScenarioName,
    Scheduler,
    Seed,
    StudyMeasures,
    Workers,
)

EXAMPLES = """\b
Examples:
  firstline worth textbook two-more-agents groups.agents.heads+=0:4:1
  firstline worth retail-complaints empowered groups.front_line.heads+=0:10:2
  firstline worth my-centre.toml decide-alone groups.front_line.heads+=0:4:1 --measures asa
"""


def worth(  # noqa: PLR0913 - an option each
    scenario: ScenarioName,
    policy: Annotated[str, typer.Argument(metavar="POLICY", help="Whose worth is asked.")],
    factor: Annotated[
        str,
        typer.Argument(
            metavar="KEY=LEVELS",
            help="The knob of the baseline: KEY=FROM:TO:STEP, or KEY+=FROM:TO:STEP.",
            show_default=False,
        ),
    ],
    *,
    replications: Replications = None,
    measures: StudyMeasures = None,
    days: Days = None,
    changes: Changes = None,
    seed: Seed = None,
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
    """Say at which level of one knob the baseline does as well as a policy.

    The knob of the baseline is turned level by level, and the policy stays as it is; all of them
    meet the same customers. For each measure the level is named at which the baseline comes to
    the policy's value, with its interval, or that no level does.
    """
    from results.studies.study_file import StudyFile
    from tui.command_line import parsed_options, sweeping
    from tui.command_line.batch import Batch, Keeping
    from tui.command_line.workers_asked import workers_asked

    keeping = Keeping(output, save=save, resume=resume)
    named = parsed_options.parse_measures(measures)
    wanted = sweeping.parse_charts(charts, no_charts)
    varied = sweeping.ascending(sweeping.factor_of(factor), "KEY=LEVELS")
    scene = parsed_options.load_scenario(scenario, changes, days)
    parsed_options.parse_rival(scene, policy)
    asked = StudyFile.of(scenario, varied, measures=named, worth=policy)
    plan = asked.plan(scene)
    name, file = f"{parsed_options.stem_of(scenario)}-worth", parsed_options.file_of(scenario)
    with workers_asked(workers, scheduler) as pool:
        batch = Batch(name, plan.combined, None, replications, None, seed, workers, file, pool)
        sweeping.carry_out(asked, plan, batch, keeping, format_, charts=wanted, dry_run=dry_run)
