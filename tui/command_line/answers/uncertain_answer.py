"""In how many centres that fit the figures a policy is better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from results import Comparison
from results.comparison.reported import deciding
from results.measures.registry import MEASURES
from results.uncertain.answer import Centres
from results.uncertain.table import spread_rows
from results.uncertain.words import COLUMNS, TITLE, cells, method, sentence, shown_measures
from tui.command_line.answers.plain_table import plain_table
from tui.terminal.console import data, tell


def print_centres(found: Centres, whole: Comparison, wanted: Sequence[str] | None) -> None:
    """Print a sentence and a table for each policy.

    Args:
        found: what the centres say.
        whole: the comparison as the scenario stands; its first measure that differs comes first.
        wanted: measures by name; None is the usual.
    """
    console, first = data(), deciding(whole)
    console.print(f"\n{TITLE}", style="bold")
    measures = shown_measures(found, first, wanted)
    for policy in found.policies[1:]:
        console.print()
        tell(sentence(found, policy, first), mark="• ")
        if measures:
            console.print(_table(found, policy, measures))
    console.print()
    tell(method(found), style="dim")


def uncertain_data(found: Centres, whole: Comparison) -> dict[str, Any]:
    """The same for programs."""
    first = deciding(whole)
    return {
        "centres": found.centres,
        "asked": found.asked,
        "complete": found.centres == found.asked,
        "baseline": found.policies[0],
        "sentences": {policy: sentence(found, policy, first) for policy in found.policies[1:]},
        "method": method(found),
        "figures": [asdict(one) for one in found.unknowns],
        "results": spread_rows(found),
    }


def _table(found: Centres, policy: str, measures: Sequence[str]) -> Table:
    table = plain_table(gap=2)
    table.add_column(found.title_of(policy), ratio=1)
    for head in COLUMNS:
        table.add_column(head, justify="right")
    for measure in measures:
        spread = found.spreads.get((policy, measure))
        if spread is not None:
            table.add_row(MEASURES[measure].title, *cells(spread, found.currency))
    return table
