"""What the answer depends on, for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.table import Table

from results.measures.registry import MEASURES
from results.sensitivity.swings import Sensitivity, Swing, notation_of
from results.sensitivity.table import sensitivity_rows
from tui.command_line.answers.plain_table import plain_table
from tui.terminal.console import data, tell

_SHOWN = 5


def print_sensitivity(found: Sensitivity) -> None:
    """Print for each policy what moves its difference most, and whether its verdict stands."""
    console = data()
    title = MEASURES[found.measure].title
    console.print(f"\nWhat the answer depends on: {title.lower()}", style="bold")
    for policy, swings in found.swings.items():
        moving = [swing for swing in swings if swing.span > 0.0]
        console.print()
        tell(found.verdicts[policy], mark="• ")
        if moving:
            console.print(_table(moving[:_SHOWN], found))
    if found.replications:
        console.print()
        tell(_legend(found), style="dim")


def sensitivity_data(found: Sensitivity) -> dict[str, Any]:
    """The same for programs."""
    return {
        "measure": found.measure,
        "replications": found.replications,
        "planned": found.planned,
        "complete": found.complete,
        "left_alone": found.levers,
        "verdicts": dict(found.verdicts),
        "results": sensitivity_rows(found),
    }


def _table(swings: Sequence[Swing], found: Sensitivity) -> Table:
    unit = MEASURES[found.measure].unit
    table = plain_table(gap=2)
    table.add_column("What is varied", ratio=1)
    table.add_column("Range")
    table.add_column("Low end", justify="right")
    table.add_column("High end", justify="right")
    table.add_column("")
    for swing in swings:
        table.add_row(
            swing.assumption.title,
            swing.assumption.written(swing.low, swing.high),
            *(
                notation_of(swing, unit, found.currency).change(there.estimate.mean)
                for there in (swing.at_low, swing.at_high)
            ),
            "turns" if swing.turned_at else "",
        )
    return table


def _legend(found: Sensitivity) -> str:
    stopped = "" if found.complete else f" of {found.planned} planned, interrupted"
    levers = (
        f" Left alone, because the policies differ in it: {', '.join(found.levers)}."
        if found.levers
        else ""
    )
    base = found.called(found.policies[0])
    return (
        f"Differences from {base} with one of them at either end of its range, over"
        f" {found.replications} replications{stopped}, with the same customers.{levers}"
    )
