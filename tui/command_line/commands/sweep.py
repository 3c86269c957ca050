"""firstline sweep: what one knob does, level by level, under every policy."""

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
    PolicyList,
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
  firstline sweep textbook groups.agents.heads=45:55:5
  firstline sweep textbook groups.agents.heads+=-4:4:2 --goal 'service_level>=0.8'
  firstline sweep retail-complaints groups.front_line.absence=0:0.2:0.05 --dry-run
  firstline sweep my-centre.toml groups.front_line.absence=0.05,0.1,0.2 --measures asa,abandonment
"""

FactorText = Annotated[
    str,
    typer.Argument(
        metavar="KEY=LEVELS",
        help="What is varied: KEY=FROM:TO:STEP, or KEY=ONE,TWO,THREE; KEY+=, -=, *= and /= change "
        "what each policy has.",
        show_default=False,
    ),
]


def sweep(  # noqa: PLR0913 - an option each
    scenario: ScenarioName,
    factor: FactorText,
    *,
    policies: PolicyList = None,
    replications: Replications = None,
    measures: StudyMeasures = None,
    goal: Annotated[
        str | None,
        typer.Option(
            "--goal",
            metavar="MEASURE>=NUMBER",
            help="Say at which level a measure is reached, service_level>=0.8 for example; <= "
            "where less is better. Shares are fractions, waits seconds.",
        ),
    ] = None,
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
    """Vary one key of the scenario and show each policy at every level.

    Every level meets the same customers, so that levels are compared replication by replication.
    The answer is a table for each measure, the level that is best and the one from which more
    brings nothing that matters, and a curve. The default of -n is 10, or fewer where that would
    take more than 300 simulations.
    """
    from results.studies.study_file import StudyFile
    from tui.command_line import parsed_options, sweeping
    from tui.command_line.batch import Batch, Keeping
    from tui.command_line.workers_asked import workers_asked

    keeping = Keeping(output, save=save, resume=resume)
    named = parsed_options.parse_measures(measures)
    wanted = sweeping.parse_charts(charts, no_charts)
    varied = sweeping.factor_of(factor)
    aimed = sweeping.goal_of(goal, varied)
    scene = parsed_options.load_scenario(scenario, changes, days)
    chosen = parsed_options.parse_policies(scene, policies)
    asked = StudyFile.of(scenario, varied, policies=chosen, measures=named, goal=aimed)
    plan = asked.plan(scene)
    name, file = f"{parsed_options.stem_of(scenario)}-sweep", parsed_options.file_of(scenario)
    with workers_asked(workers, scheduler) as pool:
        batch = Batch(name, plan.combined, None, replications, None, seed, workers, file, pool)
        sweeping.carry_out(asked, plan, batch, keeping, format_, charts=wanted, dry_run=dry_run)
