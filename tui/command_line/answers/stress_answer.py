"""The answer of a stress test: tables and sentences for people, rows for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rich.table import Table
from rich.text import Text

from results.comparison.estimate import Estimate
from results.expectations import Checked, bound_words, part_words
from results.measures.registry import MEASURES
from results.reading.notation import Notation, row_notation
from results.reading.shown_better_or_worse import MARKS, shown_effect
from results.reading.within import within
from results.stress.stress import AS_IT_IS
from results.stress.stress_test import BOUND, COMPARED, TARGET, Cell, StressTest
from results.stress.words import sentences
from scenarios.answer_targets import answer_targets
from scenarios.shares import percent_as_given
from tui.command_line.answers.comparison_answer import print_files, print_titled
from tui.command_line.answers.plain_table import plain_table
from tui.command_line.options import Format
from tui.terminal.console import data, tell
from tui.terminal.machine import write_csv, write_json
from tui.terminal.run_files import NOTHING_KEPT, RunFiles
from tui.terminal.titles import broken

SIGNS = {"holds": "✓", "does_not_hold": "✗", "not_known": "?"}
_STYLES = {"holds": "green", "does_not_hold": "red", "not_known": ""}
_NAME, _CELL = 19, 9
"""Columns of a policy's name and of a cell: seven of them fit into 80."""

Written = Callable[[Cell], Text]


def answer(test: StressTest, format_: Format, kept: RunFiles | None) -> None:
    """Write the answer to stdout.

    Args:
        test: with at least one replication.
        format_: of the answer.
        kept: where the run is; None when it is not kept, or not yet.
    """
    if format_ is Format.CSV:
        write_csv(stress_rows(test))
    elif format_ is Format.JSON:
        write_json(stress_data(test, kept))
    else:
        _print(test)
        print_files(kept)


def _print(test: StressTest) -> None:
    scenario, count = test.plan.scenario, test.replications
    days = scenario.horizon.days
    data().print(
        f"{scenario.title or 'Scenario'} under stress: {count} "
        f"{'replication' if count == 1 else 'replications'} of {days} "
        f"{'day' if days == 1 else 'days'}, seed {test.seed}",
        style="bold",
    )
    data().print()
    for stress in test.plan.stresses:
        tell(f"{stress.title}: {stress.about}", mark="• ")
    for stress in test.plan.missing:
        tell(f"{stress.title}: left out. {stress.about}", mark="• ", style="dim")
    for name in _measured(test):
        print_titled(_title(test, name), _table(test, _bound_cell(test, name)))
    for measure in COMPARED:
        if any(cell.levels[measure].n for cell in test.cells.values() if cell.levels):
            title = f"{MEASURES[measure].title}: as it is, and how many points more or less"
            print_titled(title, _table(test, _compared_cell(test, measure)))
    data().print()
    tell(_legend(test), style="dim")
    data().print()
    for said in sentences(test).values():
        tell(said, mark="• ")


def _measured(test: StressTest) -> list[str]:
    """The bounds of which anything was measured."""
    bounds = [one for cell in test.cells.values() for one in cell.bounds if one.found.n]
    return [name for name in test.expected if any(one.name == name for one in bounds)]


def _title(test: StressTest, name: str) -> str:
    """What a bound is about; the policies may have bounds of their own."""
    found = [one for cell in test.cells.values() for one in cell.bounds if one.name == name]
    one = found[0].expectation
    written = bound_notation(test, name)
    bounds = dict.fromkeys(bound_words(each.expectation, written) for each in found)
    target = name == TARGET
    time = within(answer_targets(test.plan.scenario))
    where = f" within {time}" if target else f" ({part})" if (part := part_words(one)) else ""
    what = f"{MEASURES[one.measure].title}{where}, {' or '.join(bounds)}"
    return what if target else f"{name}: {what}"


def _table(test: StressTest, written: Written) -> Table:
    table = plain_table()
    table.add_column("", width=_NAME)
    # A number and its sign stay together.
    titles = [test.titles[column].replace(" %", "\N{NO-BREAK SPACE}%") for column in test.columns]
    headers = [broken(title, _CELL) for title in titles]
    lines = max(map(len, headers))
    for header in headers:
        text = "\n".join([""] * (lines - len(header)) + header)
        table.add_column(text, justify="right", width=_CELL)
    for policy in test.policies:
        cells = [written(test.cells[policy, column]) for column in test.columns]
        if any(cells):
            table.add_row("\n".join(broken(test.title_of(policy), _NAME)), *cells)
    return table


def bound_notation(test: StressTest, name: str) -> Notation:
    """How the numbers of a bound are written in every cell."""
    found = [one for cell in test.cells.values() for one in cell.bounds if one.name == name]
    known = [level for one in found for level in _levels(one)]
    return row_notation(known, [], MEASURES[found[0].expectation.measure].unit, test.currency)


def _levels(one: Checked) -> Iterator[float]:
    yield one.found.mean
    yield from filter(None, (one.expectation.at_least, one.expectation.at_most))


def _bound_cell(test: StressTest, name: str) -> Written:
    number = bound_notation(test, name)

    def written(cell: Cell) -> Text:
        one = next((each for each in cell.bounds if each.name == name), None)
        if one is None:
            return Text("")
        value = number.value(one.found.mean)
        sign = SIGNS[one.outcome] if one.found.n else " "
        return _two_lines(value, sign, _STYLES[one.outcome], one.found, number)

    return written


def _compared_cell(test: StressTest, measure: str) -> Written:
    unit = MEASURES[measure].unit
    there = [cell for cell in test.cells.values() if cell.levels]
    known = [cell.levels[measure].mean for cell in there]
    told = [cell.shifts[measure] for cell in there if measure in cell.shifts]
    clear = [one.estimate.mean for one in told if shown_effect(one, unit) != "unclear"]
    number = row_notation(known, clear, unit, test.currency)

    def written(cell: Cell) -> Text:
        if not cell.levels:
            return Text("")
        if cell.stress == AS_IT_IS:
            level = cell.levels[measure]
            return _two_lines(number.value(level.mean), " ", "", level, number)
        shift = cell.shifts[measure]
        size = number.change(shift.estimate.mean).removesuffix(" points")
        effect = shown_effect(shift, unit)
        style = "red" if effect == "worse" else ""
        return _two_lines(size, MARKS[effect], style, shift.estimate, number)

    return written


def _two_lines(value: str, sign: str, style: str, found: Estimate, written: Notation) -> Text:
    margin = written.margin(found.half_width)
    return Text(f"{value} {sign}", style).append(f"\n{margin}  ", "dim")


def _legend(test: StressTest) -> str:
    stopped = "" if test.complete else f" of {test.planned} planned, interrupted"
    if test.replications < 2:
        return "One replication: no intervals, and nothing is decided."
    interval = f"{percent_as_given(test.confidence)} interval (±)"
    return (
        f"{SIGNS['holds']} holds, {SIGNS['does_not_hold']} does not hold, {SIGNS['not_known']} not "
        f"known yet (a larger -n may decide), by the {interval} over "
        f"{test.replications} replications{stopped}. Changes are from the same policy as it is, "
        f"with the same customers: {MARKS['worse']} worse, {MARKS['better']} better beyond chance."
    )


def stress_data(test: StressTest, kept: RunFiles | None) -> dict[str, Any]:
    """Everything for programs."""
    plan = test.plan
    return {
        "scenario": plan.scenario.title,
        "days": plan.scenario.horizon.days,
        "currency": test.currency,
        "policies": test.policies,
        "confidence": test.confidence,
        "seed": test.seed,
        "replications": test.replications,
        "planned": test.planned,
        "complete": test.complete,
        "state": test.state,
        "stresses": [
            {"name": one.name, "title": one.title, "about": one.about, "left_out": not one.exists}
            for one in (*plan.stresses, *plan.missing)
        ],
        "sentences": sentences(test),
        "results": stress_rows(test),
        **(NOTHING_KEPT if kept is None else kept.as_data()),
    }


def stress_rows(test: StressTest) -> list[dict[str, Any]]:
    """A row for each policy, stress and bound or measure; numbers in the units of the measures."""
    rows = []
    for cell in test.cells.values():
        rows += [_bound_row(cell, one) for one in cell.bounds]
        rows += [_measure_row(cell, name, test.confidence) for name in COMPARED if cell.levels]
    return rows


def _bound_row(cell: Cell, one: Checked) -> dict[str, Any]:
    bound = one.expectation
    shift = cell.shifts.get(BOUND) if one.name == TARGET else None
    return _row(cell, one.name, one.found, shift.estimate if shift else None) | {
        "measure": bound.measure,
        "unit": MEASURES[bound.measure].unit,
        "by": bound.by or "all",
        "part": bound.part or "",
        "at_least": bound.at_least,
        "at_most": bound.at_most,
        "confidence": bound.confidence,
        "outcome": one.outcome,
    }


def _measure_row(cell: Cell, name: str, confidence: float) -> dict[str, Any]:
    shift = cell.shifts.get(name)
    row = _row(cell, "", cell.levels[name], shift.estimate if shift else None)
    effect = shift.effect if shift else ""
    named = {"measure": name, "unit": MEASURES[name].unit}
    return row | named | {"confidence": confidence, "outcome": effect}


def _row(cell: Cell, name: str, level: Estimate, change: Estimate | None) -> dict[str, Any]:
    return {
        "policy": cell.policy,
        "stress": cell.stress or "none",
        "expectation": name,
        "measure": "",
        "unit": "",
        "by": "all",
        "part": "",
        "at_least": None,
        "at_most": None,
        "confidence": None,
        "outcome": "",
        "mean": level.mean,
        "low": level.low,
        "high": level.high,
        "change": change.mean if change else None,
        "change_low": change.low if change else None,
        "change_high": change.high if change else None,
        "replications": level.n,
    }
