"""Why a policy differs, for people and programs: the parts of its difference, which add up."""

from __future__ import annotations

from typing import Any

from rich.table import Table

from results.why.account import Accounting
from results.why.counterfactual import Counterfactual, GameName
from results.why.counterfactual_table import counterfactual_data
from results.why.counterfactual_words import (
    LEGENDS,
    QUESTIONS,
    WHOLE,
    order_note,
    sentences,
    title,
    whole,
)
from results.why.counterfactual_words import rows as rows_of_split
from results.why.game import Game
from results.why.rows import legend, rows
from results.why.table import accounting_rows
from results.why.words import why_differs
from tui.command_line.answers.plain_table import plain_table
from tui.terminal.console import data, tell
from tui.terminal.titles import broken

_PART, _POLICY, _SPLIT = 35, 12, 50
"""Columns of the screen for a part, for the amounts under a policy, and for a part of a game."""


def print_why(found: Accounting) -> None:
    """Print the accounts of a difference, and the sentence that they come to."""
    console = data()
    console.print(f"\n{why_differs(found)}", style="bold")
    console.print()
    console.print(_table(found))
    console.print()
    tell(legend(found), style="dim")
    console.print()
    tell(found.sentence, mark="• ")
    if found.counterfactual is not None:
        for name, game in found.counterfactual.each():
            _print_game(found.counterfactual, name, game)


def _print_game(found: Counterfactual, name: GameName, game: Game) -> None:
    """Print the parts of each main measure, and what they come to."""
    console = data()
    console.print(f"\n{QUESTIONS[name].format(policy=found.title)}", style="bold")
    console.print()
    console.print(_game_table(found, game))
    console.print()
    tell(LEGENDS[name], style="dim")
    if note := order_note(found):
        tell(note, style="dim")
    console.print()
    for sentence in sentences(found, name, game):
        tell(sentence, mark="• ")


def _game_table(found: Counterfactual, game: Game) -> Table:
    table = plain_table()
    table.add_column("", width=_SPLIT)
    for name in ("difference", "±", *(["± orders"] if found.orders else [])):
        table.add_column(name, justify="right")
    splits = [split for measure in found.measures if (split := game.split(measure)) is not None]
    for number, split in enumerate(splits):
        if number:
            table.add_row()
        table.add_row(title(found, split.measure), style="bold")
        if found.replications < found.of:
            table.add_row(whole(found, split), style="dim")
        for part, *cells, of_orders in rows_of_split(found, split):
            shown = (*cells, *([of_orders] if found.orders else []))
            table.add_row(f"  {part}", *shown, style="bold" if part == WHOLE else "")
    return table


def why_data(found: Accounting) -> dict[str, Any]:
    """The same for programs."""
    split = found.counterfactual
    return {
        "policy": found.policy,
        "against": found.baseline,
        "sentence": found.sentence,
        "replications": found.replications,
        "claims": found.claims,
        "accounting": accounting_rows([found]),
        **({"counterfactual": counterfactual_data(split)} if split is not None else {}),
    }


def _table(found: Accounting) -> Table:
    table = plain_table()
    table.add_column("", width=_PART)
    names = [broken(name, _POLICY) for name in (found.baseline_title, found.title)]
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
