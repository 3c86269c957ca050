"""The answer to a comparison: a table and sentences for people, rows for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.table import Table

from results import Comparison, Experiment
from results.comparison.ranking import Ranking, ranking
from results.formulas.cross_check import cross_checks
from results.reading.by import By
from results.reading.names import names_to_type
from results.reading.parts import compared
from results.reading.table import NET, left_out_of_net, legend, sections, title_in
from results.sensitivity.swings import Sensitivity
from results.sensitivity.table import TYPES as SENSITIVITY_TYPES
from results.sensitivity.table import sensitivity_rows
from results.why.account import Accounting
from results.why.counterfactual_table import counterfactual_rows
from results.why.table import accounting_rows
from tui.command_line.answers.comparison_data import comparison_rows, json_of
from tui.command_line.answers.comparison_table import tables
from tui.command_line.answers.cross_check_table import next_to_the_formula
from tui.command_line.answers.ranking_answer import print_ranking, ranking_data
from tui.command_line.answers.sensitivity_answer import print_sensitivity, sensitivity_data
from tui.command_line.answers.why_answer import print_why, why_data
from tui.command_line.options import Format
from tui.terminal.console import data, tell
from tui.terminal.machine import write_csv, write_json
from tui.terminal.run_files import RunFiles


@dataclass(frozen=True)
class Shown:
    """What is to be shown of an experiment."""

    measures: Sequence[str] | None
    """By name; None is the headline in a table, everything in data."""
    by: By | None
    format: Format


def answer(
    experiment: Experiment,
    whole: Comparison,
    shown: Shown,
    kept: RunFiles | None,
    sensitivity: Sensitivity | None = None,
    why: Accounting | None = None,
    ranked: str | None = None,
) -> None:
    """Write the answer to stdout.

    Args:
        experiment: with at least one replication under every policy.
        whole: its comparison over the whole centre and all measures.
        shown: what of it.
        kept: where the run is; None when it is not kept.
        sensitivity: what the answer depends on; None when nobody asked.
        why: what the difference of a policy is made of; None when nobody asked.
        ranked: the measure in whose order the policies are put; None when nobody asked.
    """
    order = ranking(experiment, ranked) if ranked is not None else None
    asked = Further(sensitivity, why, order)
    comparisons = compared(experiment, shown.measures, shown.by)
    if shown.format is Format.CSV:
        _write_csv(comparisons, asked)
    elif shown.format is Format.JSON:
        found = json_of(experiment, whole, comparison_rows(comparisons), kept)
        write_json({**found, **asked.data})
    else:
        data().print(heading(experiment), style="bold")
        print_tables(experiment, comparisons, shown.measures, claims=len(whole.claims))
        _sentences(experiment, whole)
        _print_further(whole, asked)
        print_files(kept)


@dataclass(frozen=True)
class Further:
    """What was asked besides the comparison; None where nobody asked."""

    sensitivity: Sensitivity | None
    why: Accounting | None
    ranking: Ranking | None

    @property
    def data(self) -> dict[str, Any]:
        """The same for programs, what was asked alone."""
        found: dict[str, Any] = {}
        if self.sensitivity is not None:
            found["sensitivity"] = sensitivity_data(self.sensitivity)
        if self.why is not None:
            found["why"] = why_data(self.why)
        if self.ranking is not None:
            found["ranking"] = ranking_data(self.ranking)
        return found


def _write_csv(comparisons: Sequence[Comparison], asked: Further) -> None:
    if asked.sensitivity is not None:
        write_csv(sensitivity_rows(asked.sensitivity), SENSITIVITY_TYPES)
    elif asked.why is not None:
        split = asked.why.counterfactual
        write_csv(counterfactual_rows(split) if split else accounting_rows([asked.why]))
    elif asked.ranking is not None:
        write_csv(ranking_data(asked.ranking))
    else:
        write_csv(comparison_rows(comparisons))


def _print_further(whole: Comparison, asked: Further) -> None:
    if asked.ranking is not None:
        title = title_in(whole, asked.ranking.measure)
        print_ranking(asked.ranking, whole.titles, title, whole.currency)
    if asked.why is not None:
        print_why(asked.why)
    if asked.sensitivity is not None:
        print_sensitivity(asked.sensitivity)


def heading(experiment: Experiment) -> str:
    """What was run, in one line."""
    scenario, count = experiment.scenario, len(experiment.replications)
    days = scenario.horizon.days
    return (
        f"{scenario.title or 'Scenario'}: {count} {'replication' if count == 1 else 'replications'}"
        f" of {days} {'day' if days == 1 else 'days'}, seed {experiment.seed}"
    )


def print_tables(
    experiment: Experiment,
    comparisons: Sequence[Comparison],
    measures: Sequence[str] | None,
    *,
    claims: int | None = None,
) -> None:
    """Print what was compared, and what its signs mean.

    Args:
        experiment: that was compared.
        comparisons: of the whole, or of each part.
        measures: by name; None is the headline.
        claims: among how many the sentences below are decided; None is those of the first.
    """
    console = data()
    for title, rows in sections(comparisons, measures, experiment.scenario):
        for table in tables(rows, comparisons[0].titles, console.width):
            print_titled(title, table)
    console.print()
    tell(legend(comparisons[0], differences=True, claims=claims), style="dim")
    to_type = names_to_type(comparisons[0].titles)
    if to_type and len(comparisons[0].policies) > 1:
        tell(to_type, style="dim")
    if measures is not None and NET in measures:
        tell(left_out_of_net(experiment), style="dim")


def print_titled(title: str, table: Table) -> None:
    """Print a table under its title, apart from what was printed before."""
    console = data()
    console.print()
    if title:
        console.print(title, style="bold")
    console.print(table)


def print_files(kept: RunFiles | None) -> None:
    """Print where the run, its report and its charts are; lines stay whole."""
    if kept is not None:
        data().print(f"\n{kept.in_words()}", soft_wrap=True)


def _sentences(experiment: Experiment, whole: Comparison) -> None:
    console = data()
    verdicts = whole.verdicts
    console.print()
    for sentence in (*verdicts.values(), *([verdicts.overall] if verdicts.overall else [])):
        tell(sentence, mark="• ")
    for part in next_to_the_formula(experiment, cross_checks(experiment)):
        console.print()
        if isinstance(part, str):
            tell(part)
        else:
            console.print(part)
