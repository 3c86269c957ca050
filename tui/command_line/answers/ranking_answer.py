"""A ranking of policies by one measure: a table and a sentence for people, rows for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from results.comparison.ranking import Ranking
from results.reading.ranking import ranking_note, ranking_sentence, rows_of
from tui.command_line.answers.plain_table import plain_table
from tui.terminal.console import data, tell


def print_ranking(
    found: Ranking, titles: Mapping[str, str], measure_title: str, currency: str
) -> None:
    """Print the order of the policies, and which of them cannot be told apart.

    Args:
        found: the ranking.
        titles: of the policies.
        measure_title: of the measure in this scenario.
        currency: of money.
    """
    table = plain_table(2)
    for name in ("rank", "", "value", "±", "from the first", "±", "not told apart from"):
        right = name not in ("", "not told apart from")
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    for row in rows_of(found, titles, currency):
        own, gap = row.margin.removeprefix("±"), row.behind_margin.removeprefix("±")
        table.add_row(row.rank, row.title, row.value, own, row.behind, gap, row.alike)
    console = data()
    console.print()
    console.print(f"In the order of: {measure_title}", style="bold")
    console.print(table)
    console.print()
    tell(ranking_sentence(found, titles, measure_title), mark="• ")
    tell(ranking_note(found), style="dim")


def ranking_data(found: Ranking) -> list[dict[str, Any]]:
    """The places for programs, the best mean first."""
    return [
        {
            "measure": found.measure,
            "policy": one.policy,
            "mean": one.mean.mean,
            "low": one.mean.low,
            "high": one.mean.high,
            "behind_first": one.behind.mean,
            "behind_first_low": one.behind.low,
            "behind_first_high": one.behind.high,
            "best_rank": one.best,
            "worst_rank": one.worst,
            "not_told_apart_from": list(one.alike),
        }
        for one in found.places
    ]
