"""Where policies break: a cell for each policy under each stress, coloured by what holds there."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from results.charts import sheets, style
from results.charts.lettering import as_written, mark
from results.comparison.estimate import Estimate
from results.errors import writing
from results.expectations import Outcome
from results.measures.registry import MEASURES
from results.reading import format as words
from results.reading.names import titles_together
from results.reading.within import within
from results.stress.stress import AS_IT_IS
from results.stress.stress_test import BOUND, TARGET, Cell, StressTest
from scenarios.answer_targets import answer_targets
from scenarios.shares import percent_as_given

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STRESS = "where-policies-break"
"""The name of the picture's file."""

_NAMES_IN, _ROW_IN, _HEADS_IN = 2.0, 0.62, 0.65
_GAP = 0.04
_COLOURS: Mapping[Outcome, str] = {
    "holds": "#CFEBDF",
    "does_not_hold": "#F7C9AE",
    "not_known": "#ECECEC",
}
_SIGNS: Mapping[Outcome, str] = {"holds": "✓", "does_not_hold": "✗", "not_known": "?"}
_MOST_NAMED = 3


def draw_stress(
    test: StressTest, folder: Path, formats: Sequence[str] = ("png", "svg")
) -> list[Path]:
    """Draw a stress test into a folder.

    Args:
        test: with at least one replication.
        folder: for the files; made when it is not there.
        formats: ``png`` and ``svg``, or one of them.

    Returns:
        The files that were written.

    Raises:
        ExperimentError: a file cannot be written.
    """
    with as_written(), writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        return sheets.save(draw(test), folder, STRESS, formats)


def draw(test: StressTest) -> Figure:
    """A row for each policy, a column for each stress; policies as they are come first."""
    body = _HEADS_IN + _ROW_IN * len(test.policies)
    page = sheets.sheet(message(test), _notes(test), body)
    grid = page.grid(left_in=_NAMES_IN, right_in=0.3, top_in=_HEADS_IN, bottom_in=0.0)
    axes = page.figure.add_subplot(grid[0])
    style.plain(axes)
    axes.set_xlim(-0.5, len(test.columns) - 0.5)
    axes.set_ylim(len(test.policies) - 0.5, -0.5)
    titles = [style.wrapped(_whole(test.titles[column]), 13, 3) for column in test.columns]
    axes.set_xticks(range(len(titles)), titles)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    names = [style.wrapped(test.title_of(policy), 20, 3) for policy in test.policies]
    axes.set_yticks(range(len(names)), names)
    for row, policy in enumerate(test.policies):
        for column, stress in enumerate(test.columns):
            _draw_cell(axes, test, column, row, test.cells[policy, stress])
        _frame_first(axes, test, row, policy)
    axes.axvline(0.5, color=style.BASELINE, linewidth=0.9, linestyle=(0, (5, 4)))
    return page.figure


def _draw_cell(axes: Axes, test: StressTest, column: int, row: int, cell: Cell) -> None:
    from matplotlib.patches import Rectangle

    outcome = cell.outcome
    axes.add_patch(
        Rectangle(
            (column - 0.5 + _GAP, row - 0.5 + _GAP),
            *(1.0 - 2 * _GAP, 1.0 - 2 * _GAP),
            color=_COLOURS[outcome] if cell.levels else "white",
            linewidth=0,
            gid=mark("cell", f"{cell.policy}.{cell.stress or 'as-it-is'}"),
        )
    )
    value, below = _written(test, cell)
    sign = f" {_SIGNS[outcome]}" if cell.levels else ""
    for text, up, size, weight in (
        (f"{value}{sign}", -0.13, style.LETTER_PT, "bold" if cell.broken else "normal"),
        (below, 0.2, style.SMALL_PT, "normal"),
    ):
        axes.text(
            *(column, row + up, text),
            size=size,
            weight=weight,
            ha="center",
            va="center",
            color=style.INK,
        )


def _frame_first(axes: Axes, test: StressTest, row: int, policy: str) -> None:
    """Draw a frame around the stress under which a policy breaks first."""
    from matplotlib.patches import Rectangle

    first = test.first_to_break(policy)
    if first is not None:
        left = test.columns.index(first.stress) - 0.5 + _GAP
        sides = (1.0 - 2 * _GAP, 1.0 - 2 * _GAP)
        gid = mark("first", policy)
        frame = Rectangle((left, row - 0.5 + _GAP), *sides, fill=False, color=style.INK, gid=gid)
        frame.set_linewidth(1.6)
        axes.add_patch(frame)


def _whole(title: str) -> str:
    """A title whose number is not parted from its sign."""
    return title.replace(" %", "\N{NO-BREAK SPACE}%")


def _written(test: StressTest, cell: Cell) -> tuple[str, str]:
    """The service level of a cell, and below it the margin or the expectations that are broken."""
    if not cell.levels:
        return words.UNDEFINED, "not possible"
    level, measure, nearest = cell.levels[BOUND], MEASURES[BOUND], cell.nearest
    if not level.n and nearest is not None:
        level, measure = nearest.found, MEASURES[nearest.expectation.measure]
    value = words.value(level.mean, measure.unit, test.currency)
    named = [one.name for one in cell.broken if one.name != TARGET]
    if not named:
        return value, _margin(level, measure.unit)
    more = f" and {len(named) - 1} more" if len(named) > 1 else ""
    return value, style.wrapped(named[0], 20 - len(more), 1) + more


def _margin(level: Estimate, unit: str) -> str:
    return "" if math.isnan(level.half_width) else words.margin(level.half_width, unit, level.mean)


def message(test: StressTest) -> str:
    """Which policies hold under most stresses, in one sentence."""
    count = len(test.columns) - 1
    holding = _counted(test, "holds")
    most = max(holding.values())
    stresses = f"{count} {'stress' if count == 1 else 'stresses'}"
    if all(test.cells[policy, AS_IT_IS].broken for policy in test.policies):
        return _short_as_it_is(test)
    if not most:
        return _breaking(test, stresses)
    best = [policy for policy, held in holding.items() if held == most]
    said = f"{_named(test, best)} {'holds' if len(best) == 1 else 'hold'}"
    if most == count:
        return f"{said} under every one of {stresses}"
    if any(_counted(test, "not_known").values()):
        said = f"{_named(test, best)} {'is' if len(best) == 1 else 'are'} known to hold"
    return f"{said} under {most} of {stresses}, no policy under more"


def _breaking(test: StressTest, stresses: str) -> str:
    """What can be said where no policy is known to hold under any stress."""
    breaking = _counted(test, "does_not_hold")
    fewest = min(breaking.values())
    if fewest == len(test.columns) - 1:
        return f"Every policy breaks under every one of {stresses}"
    if fewest:
        return f"No policy holds under any of {stresses}; each breaks under at least {fewest}"
    never = [policy for policy, broken in breaking.items() if not broken]
    said = f"{_named(test, never)} {'is' if len(never) == 1 else 'are'}"
    return f"{said} not seen to break under any of {stresses}, nor known to hold"


def _short_as_it_is(test: StressTest) -> str:
    """What can be said where every policy misses something even without stress."""
    firsts = [first.stress for p in test.policies if (first := test.first_to_break(p)) is not None]
    alone = len(test.policies) == 1
    who = test.called(test.policies[0]) if alone else "Every policy"
    said = f"{who} falls short"
    if len(set(firsts)) != 1 or len(firsts) < len(test.policies):
        return f"{said} even as it is"
    return f"{said} even as it is, and furthest under {test.titles[firsts[0]]}"


def _counted(test: StressTest, outcome: Outcome) -> dict[str, int]:
    """Under how many stresses each policy has an outcome."""
    return {
        policy: sum(cell.outcome == outcome for cell in test.stressed(policy))
        for policy in test.policies
    }


def _named(test: StressTest, policies: Sequence[str]) -> str:
    if len(policies) > _MOST_NAMED:
        return f"{len(policies)} policies"
    return titles_together(map(test.title_of, policies))


def _notes(test: StressTest) -> list[str]:
    scenario = test.plan.scenario
    targets = scenario.targets
    interval = (
        f" with its {percent_as_given(test.confidence)} interval" if test.replications > 1 else ""
    )
    expected = len(test.expected) > 1
    also = ", and every expectation of the policy" if expected else ""
    named = "; an expectation that does not hold is named" if expected else ""
    if any(cell.levels[BOUND].n for cell in test.cells.values() if cell.levels):
        what = f"Service level{interval}; the target is {words.share(targets.service_level)} "
        what += f"within {within(answer_targets(scenario))}"
    else:
        what = f"The measure whose bound is nearest{interval}"
    framed = any(test.first_to_break(policy) for policy in test.policies)
    frame = " Framed: the stress under which a policy falls furthest short." if framed else ""
    reading = (
        f"{what}. ✓ it holds{also}. ✗ it does not, beyond chance{named}. ? not known at this "
        f"number of replications.{frame}"
    )
    count, days = test.replications, scenario.horizon.days
    source = " · ".join(
        (
            scenario.title or "Scenario without a title",
            f"{count} replication{'s' if count > 1 else ''} of {days} day{'s' if days > 1 else ''}",
            f"seed {test.seed}",
            "the same customers in every cell",
        )
    )
    abouts = [f"{one.title}: {one.about}" for one in test.plan.stresses]
    return [reading, *abouts, source + ("" if test.complete else f" · {test.state}")]
