"""firstline run: run one policy of a scenario and show every measure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from results.reading.by import By
from tui.command_line.options import (
    ByCut,
    Changes,
    ChartNames,
    Days,
    Format,
    FormatChoice,
    Measures,
    NoCharts,
    Output,
    PrecisionText,
    Quiet,
    Replications,
    Resume,
    Save,
    ScenarioName,
    Scheduler,
    Seed,
    Traces,
    Workers,
)

EXAMPLES = """\b
Examples:
  firstline run retail-complaints --policy empowered
  firstline run retail-complaints --by reason --measures asa,fcr
  firstline run my-centre.toml --intervals --format csv > intervals.csv
  firstline run my-centre.toml -n 1 --traces
"""


def run(  # noqa: PLR0913 - an option each
    scenario: ScenarioName,
    *,
    policy: Annotated[
        str | None, typer.Option(metavar="NAME", help="The policy to run. Default: the baseline.")
    ] = None,
    replications: Replications = None,
    precision: PrecisionText = None,
    days: Days = None,
    changes: Changes = None,
    seed: Seed = None,
    workers: Workers = None,
    scheduler: Scheduler = None,
    measures: Measures = None,
    by: ByCut = None,
    intervals: Annotated[
        bool, typer.Option("--intervals", help="Show the interval table instead of the measures.")
    ] = False,
    format_: FormatChoice = Format.TABLE,
    output: Output = Path("runs"),
    save: Save = True,
    charts: ChartNames = None,
    no_charts: NoCharts = False,
    traces: Traces = False,
    resume: Resume = None,
    quiet: Quiet = False,  # noqa: ARG001 - the console asks for it
) -> None:
    """Run one policy and show every measure.

    Figures are means over the replications with their 95 % intervals. With --intervals, they are
    shown by time of day.
    """
    from scenarios.policies.policy_set import PolicySet
    from tui.command_line import parsed_options
    from tui.command_line.answers.comparison_answer import Shown
    from tui.command_line.answers.policy_answer import answer, answer_by_interval
    from tui.command_line.batch import Batch, Keeping
    from tui.command_line.finishing import carry_out, conclude, end
    from tui.command_line.workers_asked import workers_asked

    if intervals and by is By.CAUSE:
        raise typer.BadParameter(
            "has no intervals: leave out --intervals.", param_hint="--by cause"
        )
    keeping = Keeping(output, save=save, traces=traces, resume=resume)
    shown = Shown(parsed_options.parse_measures(measures, by), by, format_)
    wanted = parsed_options.parse_charts(charts, no_charts, by)
    half_widths = parsed_options.parse_precision(precision, replications)
    parsed_options.refuse_lonely_difference(half_widths, 1)
    scene = parsed_options.load_scenario(scenario, changes, days, [policy] if policy else [])
    chosen = parsed_options.parse_policy(scene, policy)
    centre = PolicySet.of(scene)
    name, file = parsed_options.stem_of(scenario), parsed_options.file_of(scenario)
    with workers_asked(workers, scheduler) as pool:
        batch = Batch(name, centre, [chosen], replications, half_widths, seed, workers, file, pool)
        over = carry_out(batch, keeping)
        write = answer_by_interval if intervals else answer
        conclude(over, lambda files: write(over, shown, files), format_, charts=wanted)
    end(over)
