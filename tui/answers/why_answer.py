"""Why a policy differs, for people and programs: the parts of its difference, which add up."""

from __future__ import annotations

from typing import Any

from rich.table import Table

from results.why.account import Accounting
from results.why.rows import legend, rows
from results.why.table import accounting_rows
from tui.answers.comparison_table import broken
from tui.answers.plain_table import plain_table
from tui.command_line.console import data, tell

_PART, _POLICY = 35, 12
"""Columns of the screen for a part and for the amounts under a policy."""


def print_why(found: Accounting) -> None:
    """Print the accounts of a difference, and the sentence that they come to."""
    console = data()
    console.print(f"\nWhy {found.policy} differs from {found.baseline}", style="bold")
    console.print()
    console.print(_table(found))
    console.print()
    tell(legend(found), style="dim")
    console.print()
    tell(found.sentence, mark="• ")


def why_data(found: Accounting) -> dict[str, Any]:
    """The same for programs."""
    return {
        "policy": found.policy,
        "against": found.baseline,
        "sentence": found.sentence,
        "replications": found.replications,
        "claims": found.claims,
        "accounting": accounting_rows([found]),
    }


def _table(found: Accounting) -> Table:
    table = plain_table()
    table.add_column("", width=_PART)
    names = [broken(name, _POLICY) for name in (found.baseline, found.policy)]
    lines = max(map(len, names))
    for name in (*names, ["difference"], ["±"]):
        table.add_column("\n".join([""] * (lines - len(name)) + name), justify="right")
    table.add_column("")
    for number, account in enumerate(found.accounts):
        if number:
            table.add_row()
        table.add_row(account.title, style="bold")
        for row in rows(found, account):
            cells = (row.base, row.policy, row.change, row.margin.removeprefix("±"), row.mark)
            table.add_row(f"  {row.title}", *cells, style="bold" if row.whole else "")
    return table
