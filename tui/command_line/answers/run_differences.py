"""Two runs, one against the other: a page for people, rows for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from results import compare
from results.comparison.compare import measures_of
from results.comparison.estimate import TOTAL
from results.comparison.two_runs import Change, notation_of
from results.measures.registry import MEASURES
from results.reading.names import pair_title
from results.reading.rows import rows_of as usual_rows
from results.reading.shown_better_or_worse import MARKS, shown_effect
from results.runs.differences import RunDifferences
from results.runs.store import Run
from scenarios.files.toml_text import shortened
from scenarios.policies.differences import Difference
from tui.command_line.answers.plain_table import plain_table
from tui.terminal.console import data, tell

COLUMNS = (
    "kind",
    "key",
    "first_policy",
    "second_policy",
    "unit",
    "first",
    "second",
    "difference",
    "low",
    "high",
    "pairs",
    "effect",
    "note",
)
"""Of the rows: a kind is scenario, origin, measure or unequal; what it has not is empty."""


def default_measures(runs: Sequence[Run], *, everything: bool) -> list[str]:
    """The measures that are laid side by side when none is named.

    Args:
        runs: that are compared.
        everything: all of them, and not only those that a manager reads first.
    """
    if everything:
        return list(measures_of(TOTAL))
    return list(usual_rows([compare(run.experiment) for run in runs]))


def rows_of(found: RunDifferences) -> list[dict[str, Any]]:
    """A row for each thing in which the runs differ, and for each measure that was compared."""
    changed = [("scenario", one) for one in found.scenario]
    changed += [("origin", one) for one in found.origin]
    rows = [_row(kind=kind, key=one.key, first=one.old, second=one.new) for kind, one in changed]
    rows += [
        _measured(pair, change) for pair, changes in found.measures.items() for change in changes
    ]
    return rows + [_row(kind="unequal", key=key, note=why) for key, why in found.unequal.items()]


def as_data(found: RunDifferences) -> dict[str, Any]:
    """The same as an object."""
    return {
        "first": str(found.first.folder),
        "second": str(found.second.folder),
        "same_customers": found.same_customers,
        "scenario": [one._asdict() for one in found.scenario],
        "origin": [one._asdict() for one in found.origin],
        "results": [
            _measured(pair, change)
            for pair, changes in found.measures.items()
            for change in changes
        ],
        "unequal": dict(found.unequal),
    }


def print_differences(found: RunDifferences) -> None:
    """Print what changed from the first run to the second."""
    console = data()
    for name, run in (("First ", found.first), ("Second", found.second)):
        console.print(f"{name}  {run.folder}", soft_wrap=True)
    console.print()
    _print_changed("Scenario", found.scenario, "The scenarios are the same.")
    _print_changed("Seed and versions", found.origin, "Seed and versions are the same.")
    for pair, changes in found.measures.items():
        console.print()
        scenarios = found.first.experiment.scenario, found.second.experiment.scenario
        console.print(pair_title(*scenarios, pair), style="bold")
        table = plain_table(2)
        for name in ("", "First", "Second", "Change"):
            table.add_column(name, justify="right" if name else "left")
        for change in changes:
            table.add_row(*_cells(change, found.second))
        console.print(table)
    console.print()
    for why in found.unequal.values():
        tell(f"Not compared: {why}.")
    customers = "One seed: the same customers." if found.same_customers else "Other customers."
    tell(
        "Change is second minus first with its 95 % interval, pair by pair of replications. "
        f"{MARKS['better']} better, {MARKS['worse']} worse; no mark: no clear change. {customers}",
        style="dim",
    )


def _print_changed(title: str, changed: tuple[Difference, ...], without: str) -> None:
    if not changed:
        tell(without)
        return
    data().print(title, style="bold")
    for one in changed:
        tell(f"{one.key}: {_shown(one.old)} → {_shown(one.new)}", mark="  ")


def _shown(value: object) -> str:
    return "left out" if value is None else shortened(value)


def _cells(change: Change, run: Run) -> Iterator[str | Text]:
    currency, unit = run.experiment.scenario.costs.currency, MEASURES[change.measure].unit
    found = change.difference.estimate
    yield MEASURES[change.measure].title
    written = notation_of(change, currency)
    yield written.value(change.first.mean)
    yield written.value(change.second.mean)
    mark = MARKS[shown_effect(change.difference, unit)]
    yield f"{written.change(found.mean)} {written.margin(found.half_width)} {mark}"


def _measured(pair: tuple[str, str], change: Change) -> dict[str, Any]:
    found = change.difference.estimate
    return _row(
        kind="measure",
        key=change.measure,
        first_policy=pair[0],
        second_policy=pair[1],
        unit=MEASURES[change.measure].unit,
        first=change.first.mean,
        second=change.second.mean,
        difference=found.mean,
        low=found.low,
        high=found.high,
        pairs=found.n,
        effect=change.difference.effect,
    )


def _row(**known: Any) -> dict[str, Any]:
    return dict.fromkeys(COLUMNS) | known
