"""firstline compare: run the policies of a scenario and say what each of them changes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from tui.command_line.options import (
    ByCut,
    Changes,
    ChartNames,
    Counterfactually,
    Days,
    Format,
    FormatChoice,
    Measures,
    NoCharts,
    Output,
    PolicyList,
    PrecisionText,
    Quiet,
    Replications,
    Resume,
    Save,
    ScenarioName,
    Scheduler,
    Seed,
    Traces,
    Why,
    WhyReplications,
    WhyRuns,
    Workers,
)
from tui.terminal.lists import listed

EXAMPLES = """\b
Examples:
  firstline compare retail-complaints
  firstline compare retail-complaints --policies ask-the-boss,empowered -n 30
  firstline compare my-centre.toml --precision asa=5,fcr_complaints=0.01
  firstline compare my-centre.toml --set groups.front_line.absence=0.1
  firstline compare my-centre.toml --set 'groups.front_line.heads*=1.1'
  firstline compare textbook --format json > answer.json
  firstline compare retail-complaints --against empowered
  firstline compare retail-complaints --rank fcr_complaints
  firstline compare retail-complaints --why empowered
  firstline compare retail-complaints --why empowered --counterfactual
  firstline compare retail-complaints --sensitivity
  firstline compare my-centre.toml --uncertain
  firstline compare retail-complaints -n 2 --traces
  cat my-centre.toml | firstline compare - --quiet
"""


Uncertain = Annotated[
    int | None,
    typer.Option(
        "--uncertain",
        metavar="[N]",
        min=2,
        help="Also draw N centres (100 without a number) that fit what is known: figures of "
        "[uncertain] and assumptions of the register within their ranges. Says in how many of them "
        "a policy is better, and what is chance.",
    ),
]


class Comparing(TyperCommand):
    """A command with an option that may stand alone or be followed by a number."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the usual number of centres where ``--uncertain`` has none."""
        found = []
        for one, following in zip(args, [*args[1:], ""], strict=True):
            found.append(one)
            if one == "--uncertain" and not following.isdecimal():
                found.append("100")
        parsed: list[str] = super().parse_args(ctx, found)
        return parsed


def compare(  # noqa: PLR0913 - an option each
    scenario: ScenarioName,
    *,
    policies: PolicyList = None,
    replications: Replications = None,
    precision: PrecisionText = None,
    days: Days = None,
    changes: Changes = None,
    seed: Seed = None,
    workers: Workers = None,
    scheduler: Scheduler = None,
    measures: Measures = None,
    sensitive: Annotated[
        bool,
        typer.Option(
            "--sensitivity",
            help="Also run a sensitivity analysis: repeat with each assumption at the low and high "
            "end of its range.",
        ),
    ] = False,
    sensitive_of: Annotated[
        str | None,
        typer.Option(
            "--sensitivity-of",
            metavar="MEASURE",
            help="The same, for this measure instead of the first in the verdict that differs.",
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="POLICY",
            help="Set the others against this policy instead of the baseline, in table and "
            "sentences; the run folder keeps the baseline.",
        ),
    ] = None,
    uncertain: Uncertain = None,
    rank: Annotated[
        str | None,
        typer.Option(
            "--rank",
            metavar="MEASURE",
            help="Also put the policies in the order of this measure, and say which of them cannot "
            "be told apart.",
        ),
    ] = None,
    why: Why = None,
    counterfactual: Counterfactually = False,
    why_runs: WhyRuns = None,
    why_replications: WhyReplications = None,
    by: ByCut = None,
    format_: FormatChoice = Format.TABLE,
    output: Output = Path("runs"),
    save: Save = True,
    charts: ChartNames = None,
    no_charts: NoCharts = False,
    traces: Traces = False,
    resume: Resume = None,
    quiet: Quiet = False,  # noqa: ARG001 - the console asks for it
) -> None:
    """Compare the policies of a scenario: waits, complaints, cost.

    Every policy meets the same customers. The result is a table with intervals, a sentence for
    each policy, charts and a run folder. With --sensitivity or --uncertain and --format csv, the
    rows are those of that analysis.
    """
    from results.comparison.compare import against as set_against
    from results.comparison.compare import compare as compared
    from scenarios.policies.policy_set import PolicySet
    from tui.command_line import parsed_options
    from tui.command_line.answers.comparison_answer import Further, Shown, answer, ranked_by
    from tui.command_line.batch import Batch, Keeping
    from tui.command_line.counterfactual import Asked, CounterfactualQuestion, explain
    from tui.command_line.finishing import carry_out, conclude, end
    from tui.command_line.sensitivity import SensitivityQuestion
    from tui.command_line.uncertain import CentresQuestion
    from tui.command_line.workers_asked import workers_asked

    keeping = Keeping(output, save=save, traces=traces, resume=resume)
    shown = Shown(parsed_options.parse_measures(measures, by), by, format_)
    wanted = parsed_options.parse_charts(charts, no_charts, by)
    half_widths = parsed_options.parse_precision(precision, replications)
    scene = parsed_options.load_scenario(scenario, changes, days, listed(policies))
    chosen = parsed_options.parse_policies(scene, policies)
    rival = parsed_options.parse_against(scene, chosen, against)
    explained = parsed_options.parse_why(scene, chosen, rival, why)
    centre = PolicySet.of(scene)
    ranked = parsed_options.parse_rank(rank, len(chosen or centre.under))
    parsed_options.refuse_lonely_difference(half_widths, len(chosen or centre.under))
    with workers_asked(workers, scheduler) as pool:
        centres = CentresQuestion.of(uncertain, resume, centre, chosen, pool or workers)
        name, file = parsed_options.stem_of(scenario), parsed_options.file_of(scenario)
        batch = Batch(name, centre, chosen, replications, half_widths, seed, workers, file, pool)
        question = SensitivityQuestion.of(
            sensitive_of or sensitive, centre, chosen, pool or workers
        )
        asked = Asked(counterfactual, why_runs, why_replications)
        split = CounterfactualQuestion.of(asked, batch, rival, explained, pool or workers)
        over = carry_out(batch, keeping, question=question, centres=centres)
        experiment, comparison = over.experiment, over.comparison
        if rival is not None:
            experiment = set_against(experiment, rival)
            comparison = compared(experiment)
        if explained is not None:
            over = explain(over, experiment, comparison, explained, split)
        further = Further(
            over.sensitivity,
            over.why,
            ranked_by(experiment, ranked),
            over.compared_centres(rival),
        )
        conclude(
            over,
            lambda files: answer(experiment, comparison, shown, files, further),
            format_,
            charts=wanted,
        )
    end(over)
